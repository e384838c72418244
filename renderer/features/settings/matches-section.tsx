import { IconTrash } from '@tabler/icons-react';
import type { MatchLine } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import styles from './settings-screen.module.css';

const readMatches = (): Promise<MatchLine[]> => ask('match:list', {});

/** What staff said the websites' dishes are in the till; each can be taken back. */
export function MatchesSection() {
  const reading = useReading(readMatches);
  const action = useAction(reading.value);
  const { value: matches } = reading;
  if (matches === null) return <Unread reading={reading} />;
  const forget = ({ till, key }: MatchLine): void =>
    action.run(key, async () => {
      await ask('match:forget', { till, key });
      reading.again();
    });
  return (
    <>
      <p className={styles.words}>
        {matches.length === 0
          ? 'Every dish was found by its number or name. What staff match by hand on an order shows here.'
          : 'What staff matched by hand. Take one back if the till sells the wrong dish: the next order asks again.'}
      </p>
      {matches.length > 0 && (
        <dl className={styles.facts}>
          {matches.map((match) => (
            <div key={`${match.till}/${match.key}`}>
              <dt>{match.name}</dt>
              <dd className={styles.match}>
                {match.means ?? 'not on the till’s menu any more'}
                <Button
                  icon={<IconTrash size={20} aria-hidden="true" />}
                  aria-label={`Take back ${match.name}`}
                  pending={action.pending === match.key}
                  onClick={() => forget(match)}
                >
                  Take back
                </Button>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Failure words={action.failure} />
    </>
  );
}
