import { IconCopy, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { SetupView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import { CheckList } from '../setup/check-list';
import type { SetupPart } from '../setup/setup-steps';
import { useSurvey } from '../setup/use-survey';
import styles from './settings-screen.module.css';

const readSetup = (): Promise<SetupView> => ask('setup:read', {});

/** Where this restaurant’s websites send orders, for whoever connects one. */
export function WebsitesSection() {
  const reading = useReading(readSetup);
  if (reading.value === null) return <Unread reading={reading} />;
  const websites = reading.value.parts.filter(({ kind }) => kind === 'website');
  if (websites.length === 0) {
    return <p className={styles.words}>No website sends orders here. Head office can add one.</p>;
  }
  return websites.map((part) => <Website key={part.key} part={part} />);
}

const ICON = { size: 20, 'aria-hidden': true } as const;

function Website({ part }: { readonly part: SetupPart }) {
  const [copied, setCopied] = useState<string | null>(null);
  const [tests, setTests] = useState(false);
  const action = useAction(copied);
  const copy = (name: string, words: string, work: () => Promise<unknown>): void => {
    setCopied(null);
    action.run(name, async () => {
      await work();
      setCopied(words);
    });
  };
  const { key } = part;
  return (
    <section className={styles.block} aria-label={part.name}>
      <h3>{part.name}</h3>
      {part.hookUrl !== null && <code className={styles.code}>{part.hookUrl}</code>}
      <div className={styles.buttons}>
        <Button
          icon={<IconCopy {...ICON} />}
          pending={action.pending === 'url'}
          disabled={part.hookUrl === null}
          onClick={() =>
            copy('url', 'Copied. Paste it on the website.', () => ask('setup:copy-url', { part: key }))
          }
        >
          Copy the address
        </Button>
        <Button
          icon={<IconLock {...ICON} />}
          pending={action.pending === 'secret'}
          onClick={() =>
            copy('secret', 'Copied. It is removed from the clipboard after a minute.', () =>
              ask('setup:copy-secret', { part: key }),
            )
          }
        >
          Copy the secret
        </Button>
        <Button disabled={tests} onClick={() => setTests(true)}>
          Test it
        </Button>
      </div>
      <p className={styles.words} role="status">
        {copied ?? 'The website needs both to send orders here.'}
      </p>
      <Failure words={action.failure} />
      {tests && <WebsiteTest part={key} />}
    </section>
  );
}

function WebsiteTest({ part }: { readonly part: string }) {
  const { survey, testing, failure, test } = useSurvey(part);
  return (
    <>
      <CheckList checks={survey?.checks ?? null} testing={testing} asking="Asking the website…" />
      <Failure words={failure} />
      <div className={styles.buttons}>
        <Button pending={testing} onClick={test}>
          Test again
        </Button>
      </div>
    </>
  );
}
