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
          {view.hasToken ? 'Copy the address' : 'Make and copy the address'}
        </Button>
      </div>
      {copied && <p role="status">Copied, with its secret end. Paste it into Odoo within a minute.</p>}
      <Failure words={action.failure} />
      <ol className={styles.steps}>
        <li>
          In Odoo, as administrator, in developer mode: <b>Settings → Technical → Automation Rules → New</b>,
          with any name. No such menu? Install <b>Automation Rules</b> under Apps, without the filter “Apps”.
        </li>
        <li>
          Model <b>Point of Sale Orders</b>, trigger <b>On save</b> (19: <b>On create and edit</b>).
        </li>
        <li>
          Add the action <b>Send Webhook Notification</b>, paste the address, and choose no field but{' '}
          <b>ID</b>.
        </li>
        <li>
          A second rule, for the model <b>Product</b>, tells of the menu.
        </li>
      </ol>
      <p className={styles.note}>Without a rule nothing is lost: Tillside asks every few seconds.</p>
    </>
  );
}

/** Whether it works, by the last proof of it; until then, what is still in the way. */
function State({ view }: { readonly view: TillHookView }) {
  const { lastCallAt } = view;
  const last = useTicking((now) => (lastCallAt === null ? '' : ago(lastCallAt, now)));
  if (last !== '') {
    return (
      <p className={styles.state}>
        <IconCircleCheck size={22} aria-hidden="true" />
        Odoo calls. The last call came {last}.
      </p>
    );
  }
  const obstacle = obstacleWords(view);
  return (
    <>
      <p className={styles.state} data-waits>
        <IconClockHour4 size={22} aria-hidden="true" />
        {view.hasToken
          ? 'No call has come to this address since Tillside was started.'
          : 'Odoo has no address to call yet.'}
      </p>
      {obstacle !== null && (
        <p className={styles.state} data-waits>
          <IconAlertTriangle size={22} aria-hidden="true" />
          {obstacle}
        </p>
      )}
    </>
  );
}

/** Why a rule alone may not be enough, and what to do; `null` when nothing is known to be in its way. */
function obstacleWords({ reach }: TillHookView): string | null {
  switch (reach) {
    case 'nobody':
      return 'No call can come now: the relay does not listen. Health says why.';
    case 'this_computer':
      return 'It can be reached from this computer alone. For an Odoo elsewhere, put a tunnel’s address in front of /hooks.';
    case 'others':
      return null;
  }
}
