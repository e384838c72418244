import { useState } from 'react';
import type { TillView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import { HookDialog } from './hook-dialog';
import styles from './settings-screen.module.css';
import { TillCard } from './till-card';
import { inOrder, movedPriorities } from './till-words';

const readTills = (): Promise<TillView[]> => ask('tills:read', {});

/** What each till does here. A change takes effect at once, and no order on its way is touched. */
export function TillsSection() {
  const reading = useReading(readTills);
  const [hook, setHook] = useState<string | null>(null);
  const { value: tills, take } = reading;
  if (tills === null) return <Unread reading={reading} />;
  const ordered = inOrder(tills);
  const move = async (key: string, by: -1 | 1): Promise<void> => {
    for (const change of movedPriorities(tills, key, by)) {
      take(await ask('tills:number', { ...change, setting: 'priority' }));
    }
  };
  return (
    <>
      <p className={styles.words}>
        A change counts at once, on this computer only. Orders on their way go on.
      </p>
      {ordered.map((till, at) => (
        <TillCard
          key={till.key}
          till={till}
          place={at + 1}
          of={ordered.length}
          onSwitch={async (setting, value) =>
            take(await ask('tills:switch', { till: till.key, setting, value }))
          }
          onNumber={async (setting, value) =>
            take(await ask('tills:number', { till: till.key, setting, value }))
          }
          onMove={(by) => move(till.key, by)}
          onHook={() => setHook(till.key)}
        />
      ))}
      {hook !== null && <HookDialog till={hook} onClose={() => setHook(null)} />}
      {ordered.length === 0 && (
        <p className={styles.words}>This restaurant has no till. Open the set-up to add one.</p>
      )}
    </>
  );
}
