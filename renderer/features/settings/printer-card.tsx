import { IconAlertTriangle, IconCircleCheck, IconClockHour4 } from '@tabler/icons-react';
import { useState } from 'react';
import type { PrintersView, PrinterView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import styles from './printer-card.module.css';

interface Props {
  readonly printer: PrinterView;
  /** The name of the printer that stands in for it. */
  readonly standIn: string | null;
  readonly onEdit: () => void;
  readonly onView: (view: PrintersView) => void;
}

const ICONS = { ready: IconCircleCheck, trouble: IconAlertTriangle, unknown: IconClockHour4 };

/** One printer: how it is, what it prints, and a page to try it. */
export function PrinterCard({ printer, standIn, onEdit, onView }: Props) {
  const { id, name, status, words } = printer;
  const [tested, setTested] = useState<{ readonly good: boolean; readonly words: string } | null>(null);
  const action = useAction(tested);
  const Icon = ICONS[status];
  return (
    <section className={styles.card} aria-label={name}>
      <h3>{name}</h3>
      <p className={styles.state} data-status={status}>
        <Icon size={22} aria-hidden="true" />
        {words}
      </p>
      <p className={styles.facts}>
        {placeWords(printer)} · {printer.width} mm · {whatWords(printer)}
        {standIn !== null && ` · ${standIn} stands in`}
      </p>
      <div className={styles.buttons}>
        <Button
          pending={action.pending === 'test'}
          onClick={() => {
            setTested(null);
            action.run('test', async () => setTested(await ask('printers:test', { id })));
          }}
        >
          {action.pending === 'test' ? 'Printing…' : 'Print a test page'}
        </Button>
        <Button onClick={onEdit}>Change</Button>
        <Button
          className={styles.remove}
          pending={action.pending === 'remove'}
          onClick={() => action.run('remove', async () => onView(await ask('printers:remove', { id })))}
        >
          Remove
        </Button>
      </div>
      <p role="status" className={styles.tested} data-bad={tested?.good === false || undefined}>
        {tested?.words ?? ''}
      </p>
      <Failure words={action.failure} />
    </section>
  );
}

function placeWords({ connection }: PrinterView): string {
  return connection.kind === 'network' ? `${connection.host}:${connection.port}` : connection.device;
}

function whatWords({ copies, when }: PrinterView): string {
  const moment = when === 'accept' ? 'when an order is accepted' : 'when an order arrives';
  return copies === 1 ? `one ticket ${moment}` : `${copies} copies ${moment}`;
}
