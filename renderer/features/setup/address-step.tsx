import { PasswordInput } from '@mantine/core';
import { IconCheck, IconCopy, IconLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import relay from './relay-urls.module.css';
import type { SetupField, SetupPart } from './setup-steps';
import styles from './setup-wizard.module.css';
import { usePasteAnywhere } from './use-paste-anywhere';

interface AddressStepProps {
  readonly part: SetupPart;
  /** The secret that it signs with; `undefined` when the file names none. */
  readonly secret: SetupField | undefined;
  readonly draft: string;
  readonly back: ReactNode;
  readonly onDraft: (value: string) => void;
  readonly onEnv: (text: string) => void;
  readonly onCopySecret: () => Promise<void>;
  /** Keeps the website’s own secret, if one was typed, and goes on. */
  readonly onNext: () => Promise<void>;
}

const ICON_SIZE = 22;

/** The two things that the website needs to send orders here: the address, and a secret that both know. */
export function AddressStep(props: AddressStepProps) {
  const { part, secret, draft, back, onDraft, onEnv, onCopySecret, onNext } = props;
  const [copied, setCopied] = useState<'address' | 'secret' | null>(null);
  const action = useAction(copied);
  usePasteAnywhere(onDraft, onEnv);
  const copy = (what: 'address' | 'secret', work: () => Promise<unknown>): void => {
    setCopied(null);
    action.run(what, async () => {
      await work();
      setCopied(what);
    });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        action.run('next', onNext);
      }}
    >
      <h1>Connect {part.name}</h1>
      <p className={styles.help}>
        Give the website this address and the secret. It signs each order with the secret, so that nobody else
        can send one.
      </p>
      {part.hookUrl !== null && (
        <div className={relay.urls}>
          <code>{part.hookUrl}</code>
        </div>
      )}
      <div className={styles.copies}>
        {part.hookUrl !== null && (
          <Button
            icon={<IconCopy size={ICON_SIZE} aria-hidden="true" />}
            pending={action.pending === 'address'}
            onClick={() => copy('address', () => ask('setup:copy-url', { part: part.key }))}
          >
            Copy the address
          </Button>
        )}
        {secret !== undefined && (
          <Button
            icon={<IconLock size={ICON_SIZE} aria-hidden="true" />}
            pending={action.pending === 'secret'}
            onClick={() => copy('secret', onCopySecret)}
          >
            Copy the secret
          </Button>
        )}
      </div>
      <p className={styles.kept} data-present={copied !== null || undefined} role="status">
        {copied !== null && <IconCheck size={20} stroke={2.5} aria-hidden="true" />}
        {statusWords(copied, secret)}
      </p>
      {secret !== undefined && (
        <PasswordInput
          label="The website has a secret of its own? Paste it here"
          aria-label={secret.label}
          placeholder={secret.present ? 'Paste another one to replace it' : 'whsec_…'}
          autoComplete="off"
          spellCheck={false}
          maxLength={4096}
          value={draft}
          onChange={(event) => onDraft(event.currentTarget.value)}
        />
      )}
      <Failure words={action.failure} />
      <div className={styles.actions}>
        {back}
        <Button type="submit" tone="primary" className={styles.next} pending={action.pending === 'next'}>
          {draft.trim() === '' ? 'Next' : 'Keep and go on'}
        </Button>
      </div>
    </form>
  );
}

function statusWords(copied: 'address' | 'secret' | null, secret: SetupField | undefined): string {
  if (copied === 'address') return 'Copied. Paste it on the website.';
  if (copied === 'secret') return 'Copied. It is removed from the clipboard after a minute.';
  if (secret === undefined) return 'This website needs no secret.';
  return secret.present
    ? 'The secret is kept in this computer’s keychain.'
    : 'There is no secret yet. “Copy the secret” makes one.';
}
