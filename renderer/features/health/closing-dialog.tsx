import { IconAlertTriangle, IconCircleCheck, IconClock, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DayView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { Library } from '../../ui/library';
import { money } from '../../ui/money-words';
import { clock } from '../../ui/time-words';
import styles from './closing-dialog.module.css';

interface Props {
  readonly timezone: string;
  readonly onClose: () => void;
}

/** The account of the day: asked of the tills when it opens, and again at a tap. */
export function ClosingDialog({ timezone, onClose }: Props) {
  const [day, setDay] = useState<DayView | null>(null);
  const action = useAction(day);
  const { run } = action;
  useEffect(() => run('check', async () => setDay(await ask('day:check', {}))), [run]);
  return (
    <Library>
      <Dialog title="Closing sheet" onClose={onClose}>
        <div aria-live="polite">{day === null ? <Asking /> : <Account day={day} timezone={timezone} />}</div>
        <div className={dialog.actions}>
          <Button
            className={dialog.back}
            pending={action.pending === 'check'}
            onClick={() => run('check', async () => setDay(await ask('day:check', {})))}
          >
            Check again
          </Button>
          <Button
            tone="primary"
            className={dialog.main}
            icon={<IconPrinter size={24} aria-hidden="true" />}
            disabled={day === null}
            pending={action.pending === 'print'}
            onClick={() => run('print', () => ask('day:print', {}))}
          >
            Print
          </Button>
        </div>
        <Failure words={action.failure} />
      </Dialog>
    </Library>
  );
}

function Asking() {
  return <p className={dialog.words}>Asking the tills what they have.</p>;
}

function Account({ day, timezone }: { readonly day: DayView; readonly timezone: string }) {
  const { words, at, total, currency, closedWithoutMeal, unasked, findings } = day;
  const without = closedWithoutMeal === 0 ? '' : ` ${closedWithoutMeal} rejected, cancelled or given back.`;
  return (
    <>
      <p className={styles.sum}>{words}</p>
      <p className={styles.asked}>
        {money(total, currency)} in the till, as of {clock(at, timezone)}.{without}
      </p>
      <ul className={styles.findings} aria-label="To look at">
        {unasked.map((name) => (
          <li key={name} data-loud>
            <IconAlertTriangle size={22} aria-hidden="true" />
            {name} did not answer. Check again when it does.
          </li>
        ))}
        {findings.map((finding) => (
          <li key={finding.words} data-loud={finding.kind !== 'open' || undefined}>
            {finding.kind === 'open' ? (
              <IconClock size={22} aria-hidden="true" />
            ) : (
              <IconAlertTriangle size={22} aria-hidden="true" />
            )}
            {finding.words}
          </li>
        ))}
        {findings.length === 0 && unasked.length === 0 && (
          <li data-good>
            <IconCircleCheck size={22} aria-hidden="true" />
            Every order is accounted for.
          </li>
        )}
      </ul>
    </>
  );
}
