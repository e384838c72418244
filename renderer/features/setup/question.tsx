import type { ReactNode } from 'react';
import { AddressStep } from './address-step';
import { FolderStep, KeyStep } from './backup-steps';
import { FieldStep } from './field-step';
import { FinishStep } from './finish-step';
import { LocationStep } from './location-step';
import { later } from './open-points';
import { PinStep } from './pin-step';
import { type SetupState, type Step, webhookSecret } from './setup-steps';
import { SoundStep } from './sound-step';
import { TestStep } from './test-step';
import type { Setup } from './use-setup';

interface QuestionProps {
  readonly step: Step;
  readonly state: SetupState;
  readonly setup: Setup;
  /** What was typed and not kept yet, by variable. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly fromTest: boolean;
  readonly back: ReactNode;
  readonly changeOf: (field: string) => { readonly words: string; readonly onChange: () => void } | undefined;
  readonly onDraft: (name: string, value: string) => void;
  readonly onKept: (name: string) => void;
  readonly onAdd: () => void;
  readonly onChosen: () => void;
  readonly onEnv: (text: string) => void;
  readonly onNext: () => void;
  readonly onFinished: (() => void) | undefined;
}

/** The screen of one step. */
export function Question(props: QuestionProps) {
  const { step, state, setup, drafts, fromTest, back, changeOf, onDraft, onKept, onEnv, onNext } = props;
  const keep = async (name: string): Promise<void> => {
    const draft = drafts[name] ?? '';
    if (draft.trim() !== '') {
      await setup.keep(name, draft.trim());
      onKept(name);
    }
    onNext();
  };
  const pass = (...passed: readonly string[]): void => {
    for (const id of passed) setup.pass(id);
    onNext();
  };
  switch (step.kind) {
    case 'location':
      return (
        <LocationStep
          view={state.view}
          back={back}
          onChoose={async (id) => {
            await setup.choose(id);
            props.onChosen();
          }}
          onAdd={props.onAdd}
          onNext={onNext}
        />
      );
    case 'pin':
      return (
        <PinStep
          isSet={state.manager.pin === 'set'}
          back={back}
          onSkip={() => pass(step.id)}
          onNext={onNext}
        />
      );
    case 'field': {
      const { field } = step;
      return (
        <FieldStep
          field={field}
          draft={drafts[field.name] ?? ''}
          back={back}
          fromTest={fromTest}
          onDraft={(value) => onDraft(field.name, value)}
          onEnv={onEnv}
          onNext={async () => {
            // Skipped for good; what is required is asked again.
            if (!field.required) setup.pass(step.id);
            await keep(field.name);
          }}
        />
      );
    }
    case 'address': {
      const secret = webhookSecret(state.view, step.part);
      return (
        <AddressStep
          part={step.part}
          secret={secret}
          draft={secret === undefined ? '' : (drafts[secret.name] ?? '')}
          back={back}
          onDraft={(value) => secret !== undefined && onDraft(secret.name, value)}
          onEnv={onEnv}
          onCopySecret={() => setup.copySecret(step.part.key)}
          onNext={async () => (secret === undefined ? onNext() : keep(secret.name))}
        />
      );
    }
    case 'test':
      return (
        <TestStep
          part={step.part}
          back={back}
          changeOf={changeOf}
          onTested={(good) => {
            setup.pass(step.id, good);
            setup.read();
          }}
          onNext={onNext}
        />
      );
    case 'sound':
      return (
        <SoundStep
          back={back}
          onHeard={() => {
            setup.pass(later(step.id), false);
            pass(step.id);
          }}
          onLater={() => pass(step.id, later(step.id))}
        />
      );
    case 'folder':
      return <FolderStep {...backupProps(props)} onLater={() => pass(step.id)} />;
    case 'key':
      return <KeyStep {...backupProps(props)} onLater={() => pass(step.id)} />;
    case 'finish':
      return <FinishStep state={state} back={back} changeOf={changeOf} onFinished={props.onFinished} />;
  }
}

function backupProps({ setup, state, back, onNext }: QuestionProps) {
  return { backup: state.backup, back, onBackup: setup.takeBackup, onNext };
}
