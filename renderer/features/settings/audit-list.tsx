import { useState } from 'react';
import type { AuditLine } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { Button } from '../../ui/button';
import { useReading } from '../../ui/reading';
import { clock } from '../../ui/time-words';
import { Unread } from '../../ui/unread';
import { byDay } from './audit-days';
import styles from './audit-list.module.css';
import shared from './settings-screen.module.css';

const readAudit = (): Promise<AuditLine[]> => ask('audit:read', {});
const AT_FIRST = 20;

/** What was changed and when, newest first. */
export function AuditList() {
  const reading = useReading(readAudit);
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const [all, setAll] = useState(false);
  const { value: lines } = reading;
  if (lines === null) return <Unread reading={reading} />;
  const shown = all ? lines : lines.slice(0, AT_FIRST);
  return (
    <section aria-label="Changes">
      <h3 className={shared.heading}>Changes</h3>
      {lines.length === 0 && <p className={shared.words}>Nothing was changed yet.</p>}
      {byDay(shown, timezone).map(({ day, lines: ofDay }) => (
        <div key={day} className={styles.day}>
          <h4>{day}</h4>
          <ul>
            {ofDay.map(({ at, words }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two changes may share their moment, and the list stays.
              <li key={index}>
                <time>{clock(at, timezone)}</time>
                {words}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {shown.length < lines.length && (
        <Button onClick={() => setAll(true)}>Show all {lines.length} changes</Button>
      )}
    </section>
  );
}
