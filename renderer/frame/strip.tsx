import { IconSchool } from '@tabler/icons-react';
import { ask } from '../bridge';
import { useBoard } from '../state/board-store';
import { useAction } from '../ui/action';
import styles from './strip.module.css';

const ENVIRONMENTS = {
  staging: 'Staging: orders here come from no customer.',
  development: 'Development: orders here come from no customer.',
} as const;

/** Says that this is not the real evening. Nothing in production. */
export function Strip() {
  const environment = useBoard(({ store }) => store?.environment ?? 'production');
  const training = useBoard(({ store }) => store?.training ?? null);
  if (training !== null) return <Training tillDown={training.tillDown} />;
  if (environment === 'production') return null;
  return (
    <aside className={styles.environment} aria-label="Environment">
      {ENVIRONMENTS[environment]}
    </aside>
  );
}

function Training({ tillDown }: { readonly tillDown: boolean }) {
  const orders = useBoard(({ store }) => store?.figures.today ?? 0);
  const sending = useAction(orders);
  const switching = useAction(tillDown);
  const failure = sending.failure ?? switching.failure;
  const send = (by: 'webhook' | 'poll'): void => sending.run(by, () => ask('training:order', { by }));
  return (
    <section className={styles.training} aria-label="Training">
      <IconSchool size={24} aria-hidden="true" />
      <p className={styles.words} role={failure === null ? undefined : 'alert'}>
        {failure ?? (
          <>
            <strong>Training.</strong> The till and the website are played by this computer.
          </>
        )}
      </p>
      <button
        type="button"
        className={styles.button}
        aria-busy={sending.pending === 'webhook' || undefined}
        onClick={() => send('webhook')}
      >
        Order by webhook
      </button>
      <button
        type="button"
        className={styles.button}
        aria-busy={sending.pending === 'poll' || undefined}
        onClick={() => send('poll')}
      >
        Order by poll
      </button>
      <button
        type="button"
        className={styles.button}
        data-on={tillDown || undefined}
        aria-busy={switching.pending === 'till' || undefined}
        onClick={() => switching.run('till', () => ask('training:switch', { tillDown: !tillDown }))}
      >
        {tillDown ? 'Bring the till back' : 'Take the till down'}
      </button>
    </section>
  );
}
