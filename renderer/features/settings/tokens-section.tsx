import { useState } from 'react';
import type { SecretsView, SecretView } from '../../../preload/contract';
import { ask } from '../../bridge';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Failure } from '../../ui/failure';
import { useReading } from '../../ui/reading';
import { Unread } from '../../ui/unread';
import { ClearStore } from './clear-store';
import { RenewDialog } from './renew-dialog';
import { ReplaceDialog } from './replace-dialog';
import styles from './settings-screen.module.css';
import { TokenRow } from './token-row';
import { reminderDays } from './token-words';

const readSecrets = (): Promise<SecretsView> => ask('secrets:read', {});

type Open = { readonly kind: 'replace' | 'renew' | 'remove'; readonly secret: SecretView };

/** The tokens of this restaurant: how old they are, and new ones in their place. */
export function TokensSection() {
  const reading = useReading(readSecrets);
  const [open, setOpen] = useState<Open | null>(null);
  const { value: view, take } = reading;
  const close = (): void => setOpen(null);
  if (view === null) return <Unread reading={reading} />;
  return (
    <>
      <p className={styles.words}>They are kept in this computer’s keychain and shown to nobody.</p>
      <ul className={styles.card} aria-label="Tokens">
        {view.secrets.map((secret) => (
          <TokenRow
            key={secret.name}
            secret={secret}
            onReplace={() => setOpen({ kind: 'replace', secret })}
            onRenew={() => setOpen({ kind: 'renew', secret })}
            onRemove={() => setOpen({ kind: 'remove', secret })}
            onUndo={async () => take(await ask('secrets:undo', { name: secret.name }))}
            onConfirm={async () => take(await ask('secrets:confirm', { name: secret.name }))}
          />
        ))}
      </ul>
      <Reminder view={view} onView={take} />
      <ClearStore />
      {open?.kind === 'replace' && (
        <ReplaceDialog
          secret={open.secret}
          onReplace={async (value) => take(await ask('secrets:replace', { name: open.secret.name, value }))}
          onClose={close}
        />
      )}
      {open?.kind === 'renew' && <RenewDialog secret={open.secret} onView={take} onClose={close} />}
      {open?.kind === 'remove' && (
        <ConfirmDialog
          title={`Remove the ${open.secret.label}?`}
          confirm="Remove it"
          onConfirm={async () => take(await ask('secrets:remove', { name: open.secret.name }))}
          onClose={close}
        >
          It is deleted from this computer. What needs it stops working until a new one is entered.
        </ConfirmDialog>
      )}
    </>
  );
}

interface ReminderProps {
  readonly view: SecretsView;
  readonly onView: (view: SecretsView) => void;
}

function Reminder({ view, onView }: ReminderProps) {
  const action = useAction(view);
  return (
    <>
      <h3 className={styles.heading}>Remind me to replace a token after</h3>
      <div className={styles.group}>
        {reminderDays(view.rotateAfterDays).map((days) => (
          <Button
            key={days}
            className={styles.pick}
            aria-pressed={days === view.rotateAfterDays}
            pending={action.pending === String(days)}
            onClick={() =>
              action.run(String(days), async () => onView(await ask('secrets:remind', { days })))
            }
          >
            {days} days
          </Button>
        ))}
      </div>
      <Failure words={action.failure} />
    </>
  );
}
