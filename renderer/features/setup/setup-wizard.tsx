import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { SetupView } from '../../../preload/contract';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { Library } from '../../ui/library';
import { CheckStep } from './check-step';
import { FieldStep } from './field-step';
import { LocationStep } from './location-step';
import { type Step, setupSteps } from './setup-steps';
import styles from './setup-wizard.module.css';
import { StepList } from './step-list';
import { useSetup } from './use-setup';

interface SetupWizardProps {
  /** Out of the set-up, with what is done kept. */
  readonly onLeave: () => void;
  readonly onFinished?: () => void;
}

/** One question a screen; what is entered stays entered, whichever way one walks. */
export function SetupWizard({ onLeave, onFinished }: SetupWizardProps) {
  const { view, failure, read, choose, keep } = useSetup();
  const [at, setAt] = useState(0);
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const steps = view === null ? [] : setupSteps(view);
  const step = steps[Math.min(at, steps.length - 1)];
  const next = (): void => setAt(at + 1);
  const back = (): void => (at === 0 ? onLeave() : setAt(at - 1));

  const keepDraft = async (name: string): Promise<void> => {
    const draft = drafts[name] ?? '';
    if (draft.trim() !== '') await keep(name, draft);
    setDrafts(({ [name]: _kept, ...others }) => others);
    next();
  };

  return (
    <Library>
      <div className={styles.wizard}>
        <StepList steps={steps} current={step} onGo={setAt} />
        <div className={styles.question}>
          {failure !== null && (
            <>
              <Failure words={failure} />
              <Button onClick={read}>Try again</Button>
            </>
          )}
          {view !== null && step !== undefined && (
            <Question
              step={step}
              view={view}
              draft={step.kind === 'field' ? (drafts[step.field.name] ?? '') : ''}
              back={
                <Button
                  icon={<IconArrowLeft size={22} aria-hidden="true" />}
                  className={styles.back}
                  onClick={back}
                >
                  Back
                </Button>
              }
              onDraft={(name, value) => setDrafts({ ...drafts, [name]: value })}
              onKeep={keepDraft}
              onChoose={async (id) => {
                await choose(id);
                next();
              }}
              onFinished={onFinished}
            />
          )}
        </div>
      </div>
    </Library>
  );
}

interface QuestionProps {
  readonly step: Step;
  readonly view: SetupView;
  readonly draft: string;
  readonly back: React.ReactNode;
  readonly onDraft: (name: string, value: string) => void;
  readonly onKeep: (name: string) => Promise<void>;
  readonly onChoose: (id: string) => Promise<void>;
  readonly onFinished: (() => void) | undefined;
}

function Question({ step, view, draft, back, onDraft, onKeep, onChoose, onFinished }: QuestionProps) {
  switch (step.kind) {
    case 'location':
      return <LocationStep view={view} back={back} onChoose={onChoose} />;
    case 'field': {
      const { field } = step;
      return (
        <FieldStep
          key={field.name}
          field={field}
          draft={draft}
          back={back}
          onDraft={(value) => onDraft(field.name, value)}
          onNext={() => onKeep(field.name)}
        />
      );
    }
    case 'check':
      return <CheckStep view={view} back={back} onFinished={onFinished} />;
  }
}
