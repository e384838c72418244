import { IconAlertTriangle, IconCircleCheck, IconClockHour4, IconCopy } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { TillHookView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import dialog from '../../ui/dialog.module.css';
import { Failure } from '../../ui/failure';
import { useReading } from '../../ui/reading';
import { useTicking } from '../../ui/ticker';
import { ago } from '../../ui/time-words';
import { Unread } from '../../ui/unread';
import styles from './hook-dialog.module.css';

const LOOK_EVERY_MS = 2_000;

interface HookDialogProps {
  /** The till's key. */
  readonly till: string;
  readonly onClose: () => void;
}

/** How a manager makes Odoo tell of what is new, so that nobody waits for the next poll. */
export function HookDialog({ till, onClose }: HookDialogProps) {
  const read = useCallback(() => ask('tills:hook', { till }), [till]);
  const reading = useReading(read);
  const { again } = reading;
  // The manager tries the rule out and looks here.
  useEffect(() => {
    const timer = window.setInterval(again, LOOK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [again]);
  return (
    <Dialog title="Let Odoo call" onClose={onClose}>
      {reading.value === null ? (
        <Unread reading={reading} />
      ) : (
        <Hook
          view={reading.value}
          onCopy={async () => reading.take(await ask('tills:hook-copy', { till }))}
        />
      )}
      <div className={dialog.actions}>
        <Button className={dialog.back} onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

interface HookProps {
  readonly view: TillHookView;
  readonly onCopy: () => Promise<void>;
}

function Hook({ view, onCopy }: HookProps) {
  const [copied, setCopied] = useState(false);
  const action = useAction(copied);
  return (
    <>
      <State view={view} />
      <code className={styles.address}>{view.address}</code>
      <div className={dialog.actions}>
        <Button
          tone="primary"
          className={dialog.main}
          icon={<IconCopy size={22} aria-hidden="true" />}
          pending={action.pending !== null}
          onClick={() => {
            setCopied(false);
            action.run('copy', async () => {
              await onCopy();
              setCopied(true);
            });
          }}
        >
          Copy the address
        </Button>
      </div>
      {copied && <p role="status">Copied, with its secret end. Paste it into Odoo within a minute.</p>}
      <Failure words={action.failure} />
      <ol className={styles.steps}>
        <li>
          In Odoo, as administrator, in developer mode: <b>Settings → Technical → Automation Rules → New</b>.
        </li>
        <li>
          Model <b>Point of Sale Orders</b>, trigger <b>On save</b>.
        </li>
        <li>
          Add the action <b>Send Webhook Notification</b>, paste the address, and choose no field but{' '}
          <b>ID</b>.
        </li>
        <li>
          A second rule for the model <b>Product</b> brings changes of the menu sooner.
        </li>
      </ol>
      <p className={styles.note}>
        Without a rule nothing is lost: Tillside asks Odoo every few seconds. Whoever knows the address can
        only make it ask sooner.
      </p>
    </>
  );
}

/** Whether it works, by the last proof of it; or why it cannot. */
function State({ view: { thisComputerOnly, lastCallAt } }: { readonly view: TillHookView }) {
  const last = useTicking((now) => (lastCallAt === null ? '' : ago(lastCallAt, now)));
  if (last !== '') {
    return (
      <p className={styles.state}>
        <IconCircleCheck size={22} aria-hidden="true" />
        Odoo calls. The last call came {last}.
      </p>
    );
  }
  if (thisComputerOnly) {
    return (
      <p className={styles.state} data-waits>
        <IconAlertTriangle size={22} aria-hidden="true" />
        This address can be reached from this computer alone. An Odoo somewhere else needs a tunnel to it.
      </p>
    );
  }
  return (
    <p className={styles.state} data-waits>
      <IconClockHour4 size={22} aria-hidden="true" />
      No call has come since Tillside was started.
    </p>
  );
}
