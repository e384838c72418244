import { useState } from 'react';
import type { PrintersView, PrinterView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { Button } from '../../ui/button';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import { PrinterCard } from './printer-card';
import { PrinterDialog } from './printer-dialog';
import styles from './settings-screen.module.css';
import { TicketPreview } from './ticket-preview';

const readPrinters = (): Promise<PrintersView> => ask('printers:read', {});

/** Where the kitchen’s tickets come out at this counter. */
export function PrintersSection() {
  const reading = useReading(readPrinters);
  const [open, setOpen] = useState<PrinterView | 'new' | null>(null);
  const { value: view, take } = reading;
  if (view === null) return <Unread reading={reading} />;
  const { printers } = view;
  return (
    <>
      <p className={styles.words}>
        {printers.length === 0
          ? 'The kitchen has no printer here. Add one, and each order’s ticket is printed by itself.'
          : 'Each order’s ticket is printed once by itself; whoever wants another one taps “Print the ticket”.'}
      </p>
      {printers.map((printer) => (
        <PrinterCard
          key={printer.id}
          printer={printer}
          standIn={printers.find(({ id }) => id === printer.backup)?.name ?? null}
          onEdit={() => setOpen(printer)}
          onView={take}
        />
      ))}
      <div className={styles.buttons}>
        <Button tone={printers.length === 0 ? 'primary' : undefined} onClick={() => setOpen('new')}>
          Add a printer
        </Button>
        <Button onClick={reading.again}>Look again</Button>
      </div>
      <TicketPreview width={printers[0]?.width ?? 80} />
      {open !== null && (
        <PrinterDialog
          printer={open === 'new' ? null : open}
          view={view}
          onSaved={(saved) => {
            take(saved);
            setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
