import { Textarea } from '@mantine/core';
import { IconCheck, IconFileText } from '@tabler/icons-react';
import { type ChangeEvent, useRef, useState } from 'react';
import type { SetupImport } from '../../../preload/contract';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Failure } from '../../ui/failure';
import styles from './import-dialog.module.css';

interface ImportDialogProps {
  /** What was pasted already. */
  readonly initial: string;
  readonly onImport: (text: string) => Promise<SetupImport>;
  readonly onClose: () => void;
}

/** Main takes no longer text. */
const LONGEST = 200_000;

/** All values at once, from the file that head office sent. The text is read here and not kept. */
export function ImportDialog({ initial, onImport, onClose }: ImportDialogProps) {
  const [text, setText] = useState(initial);
  const [result, setResult] = useState<SetupImport | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const importing = useAction(result);
  const run = (from: string): void =>
    importing.run('import', async () => {
      setResult(await onImport(from));
      setText('');
    });
  const readFile = async ({ currentTarget }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const chosen = currentTarget.files?.[0];
    // The same file may be chosen again after it was mended.
    currentTarget.value = '';
    if (chosen === undefined) return;
    if (chosen.size > LONGEST) return setUnreadable('This file is too long for a .env file. Choose another.');
    setUnreadable(null);
    run(await chosen.text());
  };
  if (result !== null) {
    return (
      <Dialog title="From the .env file" onClose={onClose}>
        <Imported result={result} />
        <div className={styles.actions}>
          <Button onClick={() => setResult(null)}>Paste another</Button>
          <Button tone="primary" className={styles.main} onClick={onClose}>
            Go on
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Paste a .env file" onClose={onClose}>
      <Textarea
        label="Tillside takes what is this restaurant’s and leaves the rest."
        placeholder="LOYVERSE_ACCESS_TOKEN_…="
        rows={7}
        maxLength={LONGEST}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <input
        ref={file}
        type="file"
        className="visually-hidden"
        aria-label="A .env file"
        tabIndex={-1}
        onChange={(event) => void readFile(event)}
      />
      <Failure words={unreadable ?? importing.failure} />
      <div className={styles.actions}>
        <Button icon={<IconFileText size={22} aria-hidden="true" />} onClick={() => file.current?.click()}>
          Choose a file…
        </Button>
        <Button
          tone="primary"
          className={styles.main}
          disabled={text.trim() === ''}
          pending={importing.pending !== null}
          onClick={() => run(text)}
        >
          Take the values
        </Button>
      </div>
    </Dialog>
  );
}

function Imported({ result: { taken, left } }: { readonly result: SetupImport }) {
  return (
    <div className={styles.result}>
      <h3>{taken.length === 0 ? 'Nothing was taken.' : `Taken (${taken.length})`}</h3>
      <ul>
        {taken.map(({ name, label }) => (
          <li key={name} data-taken>
            <IconCheck size={20} stroke={2.5} aria-hidden="true" />
            {label}
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <>
          <h3>Left out ({left.length})</h3>
          <ul>
            {left.map(({ name, words }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may be left out twice, and the list stays as it is.
              <li key={at}>
                <span>
                  <b>{name}</b>
                  {words}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
