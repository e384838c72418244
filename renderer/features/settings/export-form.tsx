import { PasswordInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './settings-screen.module.css';

/** Shorter ones are guessed. */
const SHORTEST = 8;

/** One file for another computer, locked with a passphrase. */
export function ExportForm({ folder }: { readonly folder: string | null }) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [secrets, setSecrets] = useState(false);
  const [file, setFile] = useState<string | null>(null);
  const action = useAction(file);
  const long = passphrase.length >= SHORTEST;
  const same = passphrase === again;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!long || !same) return;
        setFile(null);
        action.run('export', async () => {
          const made = await ask('backup:export', { passphrase, secrets });
          setFile(made.file);
          setPassphrase('');
          setAgain('');
        });
      }}
    >
      <h3 className={styles.heading}>One file for another computer</h3>
      <p className={styles.words}>
        {folder === null
          ? 'Choose a folder for backups first: the file goes there.'
          : 'It goes into the backup folder. The passphrase opens it; without the passphrase nobody can.'}
      </p>
      <div className={styles.pair}>
        <PasswordInput
          label="Passphrase, at least 8 characters"
          autoComplete="off"
          maxLength={200}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <PasswordInput
          label="The same again"
          autoComplete="off"
          maxLength={200}
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
      </div>
      <div className={styles.group} role="radiogroup" aria-label="What is in it">
        <Content
          name="Without tokens"
          words="they are entered again there"
          on={!secrets}
          onChoose={() => setSecrets(false)}
        />
        <Content
          name="With tokens"
          words="the other computer works at once"
          on={secrets}
          onChoose={() => setSecrets(true)}
        />
      </div>
      <Failure
        words={
          again !== '' && !same && again.length >= passphrase.length
            ? 'The two passphrases are not the same.'
            : action.failure
        }
      />
      {file !== null && (
        <p className={styles.good} role="status">
          <IconCheck size={20} stroke={2.5} aria-hidden="true" />
          <span>Made: {file}</span>
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" disabled={folder === null || !long || !same} pending={action.pending !== null}>
          Make the file
        </Button>
      </div>
    </form>
  );
}

interface ContentProps {
  readonly name: string;
  readonly words: string;
  readonly on: boolean;
  readonly onChoose: () => void;
}

function Content({ name, words, on, onChoose }: ContentProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button for a finger, which a radio input is not.
    <button type="button" role="radio" className={styles.choice} aria-checked={on} onClick={onChoose}>
      <b>{name}</b>
      <span>{words}</span>
    </button>
  );
}
