import { IconAlertTriangle, IconClockHour4 } from '@tabler/icons-react';
import type { SecretView } from '../../../preload/contract';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { useTicking } from '../../ui/ticker';
import styles from './token-row.module.css';
import { tokenWords } from './token-words';

interface TokenRowProps {
  readonly secret: SecretView;
  readonly onReplace: () => void;
  readonly onRenew: () => void;
  readonly onRemove: () => void;
  readonly onUndo: () => Promise<void>;
  readonly onConfirm: () => Promise<void>;
}

/** One token, and what it waits for. */
export function TokenRow({ secret, onReplace, onRenew, onRemove, onUndo, onConfirm }: TokenRowProps) {
  const { label, required, present, due, oldKept, renewable, held } = secret;
  const action = useAction(secret);
  const words = useTicking((now) => tokenWords(secret, now));
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <div className={styles.words}>
          <b>{label}</b>
          <span data-missing={(!present && required) || undefined}>{words}</span>
        </div>
        <Button aria-label={`${present ? 'Replace' : 'Enter'}: ${label}`} onClick={onReplace}>
          {present ? 'Replace…' : 'Enter…'}
        </Button>
        {present && renewable && (
          <Button aria-label={`Make a new key: ${label}`} onClick={onRenew}>
            Make a new key…
          </Button>
        )}
        {present && (
          <Button tone="quiet" aria-label={`Remove: ${label}`} onClick={onRemove}>
            Remove…
          </Button>
        )}
      </div>
      {due && (
        <p className={styles.note}>
          <IconClockHour4 size={20} aria-hidden="true" />
          <span>It is old. Make a new one and replace it.</span>
        </p>
      )}
      {oldKept && (
        <div className={styles.note} data-calm>
          <span>The new one is in use. The old one is kept until the new one has worked once.</span>
          <Button pending={action.pending === 'undo'} onClick={() => action.run('undo', onUndo)}>
            Take the old one back
          </Button>
        </div>
      )}
      {held !== null && (
        <div className={styles.note}>
          <IconAlertTriangle size={20} aria-hidden="true" />
          <span>
            The address changed from <b>{held.from}</b> to <b>{held.to}</b>. Tillside sends nothing there
            before you confirm. If you do not know the new address, call head office.
          </span>
          <Button pending={action.pending === 'confirm'} onClick={() => action.run('confirm', onConfirm)}>
            Confirm
          </Button>
        </div>
      )}
      <Failure words={action.failure} />
    </li>
  );
}
