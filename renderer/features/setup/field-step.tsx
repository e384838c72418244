import { PasswordInput, TextInput } from '@mantine/core';
import { IconCheck, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import type { SetupField } from './setup-steps';
import styles from './setup-wizard.module.css';
import { usePasteAnywhere } from './use-paste-anywhere';

interface FieldStepProps {
  readonly field: SetupField;
  /** What was typed and not kept yet. */
  readonly draft: string;
  readonly back: ReactNode;
  /** It was reached from a test, which runs again after it. */
  readonly fromTest: boolean;
  readonly onDraft: (value: string) => void;
  /** Several lines with names were pasted: a whole `.env` file. */
  readonly onEnv: (text: string) => void;
  /** Keeps what was typed and goes on; with nothing typed it only goes on. */
  readonly onNext: () => Promise<void>;
}

/** One value. It may be pasted anywhere on the screen. */
export function FieldStep({ field, draft, back, fromTest, onDraft, onEnv, onNext }: FieldStepProps) {
  const keeping = useAction(field);
  usePasteAnywhere(onDraft, onEnv);
  const Input = field.kind === 'secret' ? PasswordInput : TextInput;
  const next = (): void => keeping.run('keep', onNext);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <h1>{field.label}</h1>
      <p className={styles.help}>{field.help}</p>
      <Input
        aria-label={field.label}
        placeholder={placeholder(field)}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={4096}
        value={draft}
        onChange={(event) => onDraft(event.currentTarget.value)}
      />
      <Kept field={field} />
      <Failure words={keeping.failure} />
      <div className={styles.actions}>
        {back}
        <Button tone="primary" className={styles.next} pending={keeping.pending !== null} onClick={next}>
          {fromTest ? 'Test again' : nextWords(field, draft)}
        </Button>
      </div>
    </form>
  );
}

function placeholder({ kind, present, value }: SetupField): string {
  if (value !== null && value !== '') return value;
  if (!present) return 'Paste it here';
  return kind === 'secret' ? 'Paste a new one to replace it' : 'Entered';
}

function nextWords({ present, required }: SetupField, draft: string): string {
  if (draft.trim() !== '') return 'Keep and go on';
  return present || required ? 'Next' : 'Skip';
}

function Kept({ field }: { readonly field: SetupField }) {
  const where = field.kind === 'secret' ? 'in this computer’s keychain' : 'on this computer';
  if (field.present) {
    return (
      <p className={styles.kept} data-present>
        <IconCheck size={20} stroke={2.5} aria-hidden="true" />
        Kept {where}.
      </p>
    );
  }
  return (
    <p className={styles.kept}>
      <IconLock size={20} aria-hidden="true" />
      {field.required ? 'Missing.' : 'Not needed to start.'} It will be kept {where}
      {field.kind === 'secret' ? ' and shown to nobody.' : '.'}
    </p>
  );
}
