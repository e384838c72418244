import { useEffect } from 'react';
import type { ModeView } from '../../preload/contract';
import { ask } from '../bridge';
import { reasonWords } from '../features/store-mode/mode-words';
import { useBoard } from '../state/board-store';
import { useAction } from '../ui/action';
import { Button } from '../ui/button';
import { useTicking } from '../ui/ticker';
import { clockOnDay, remaining } from '../ui/time-words';
import { BarFrame } from './bar';
import { callForAttention } from './sound';

/** Whoever forgot it hears of it so often. */
const REMIND_EVERY_MS = 300_000;

/** No orders come: until when, why, and who knows. */
export function PauseBar({ pause }: { readonly pause: NonNullable<ModeView['pause']> }) {
  const { until, reason, words } = pause;
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const when = useTicking((now) =>
    until === null
      ? 'until you resume'
      : `until ${clockOnDay(until, now, timezone)}, ${remaining(until, now).words} left`,
  );
  const action = useAction(until);
  useEffect(() => {
    const timer = window.setInterval(callForAttention, REMIND_EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <BarFrame
      tone="paused"
      failure={action.failure}
      buttons={
        <Button
          tone="primary"
          pending={action.pending === 'resume'}
          onClick={() => action.run('resume', () => ask('store:resume', {}))}
        >
          Take orders again
        </Button>
      }
    >
      <strong>New orders are paused</strong> {when}. {reasonWords(reason)}. {words}
    </BarFrame>
  );
}
