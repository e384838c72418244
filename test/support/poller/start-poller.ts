import { onTestFinished } from 'vitest';
import type { RejectedEntry } from '../../../main/orders/poll-entries';
import type { PollState } from '../../../main/orders/poll-state';
import { createPoller, MAX_PAGE_BYTES, type Poller, type PollerOptions } from '../../../main/orders/poller';
import { createHttpClient } from '../../../main/pos/http';
import { MemoryIntake } from '../memory-intake';
import { CONTEXT } from '../orders';
import { recordingLog } from '../recording-log';

export const POLL_TOKEN = 'fake-poll-token';

export interface StartedPoller {
  readonly poller: Poller;
  readonly intake: MemoryIntake;
  readonly log: ReturnType<typeof recordingLog>;
  readonly states: PollState[];
  readonly rejected: RejectedEntry[];
  readonly results: string[];
  readonly clock: { now: number };
  /** Waits until the poller pauses. @returns for how long it wants to. */
  paused(): Promise<number>;
  /** Lets the pause pass in no time. */
  pass(): void;
}

/** A poller that runs, with a clock whose pauses the test lets pass; stopped after the test. */
export function startPoller(pollUrl: string | null, changes: Partial<PollerOptions> = {}): StartedPoller {
  const intake = new MemoryIntake();
  const log = recordingLog();
  const clock = { now: Date.UTC(2026, 10, 22, 16) };
  const states: PollState[] = [];
  const rejected: RejectedEntry[] = [];
  const results: string[] = [];
  const timer = handTimer();
  const poller = createPoller({
    channel: { name: 'web', pollUrl, pollToken: { account: 'WEB_POLL_TOKEN_ARIAPITA' } },
    context: CONTEXT,
    intake,
    secret: async () => POLL_TOKEN,
    http: createHttpClient({ maxAnswerBytes: MAX_PAGE_BYTES }),
    log,
    now: () => clock.now,
    interval: () => 15_000,
    random: () => 0,
    onState: (state) => states.push(state),
    onRejected: (entry) => rejected.push(entry),
    onPolled: (result) => results.push(result),
    timer: timer.start,
    ...changes,
  });
  onTestFinished(() => poller.stop());
  poller.start();
  return { poller, intake, log, states, rejected, results, clock, paused: timer.paused, pass: timer.pass };
}

function handTimer() {
  let pause: { readonly ms: number; readonly wake: () => void } | undefined;
  let tell: ((ms: number) => void) | undefined;
  return {
    start: (wake: () => void, ms: number) => {
      pause = { ms, wake };
      tell?.(ms);
      tell = undefined;
      return () => {
        pause = undefined;
      };
    },
    paused: () =>
      new Promise<number>((resolve) => {
        if (pause === undefined) tell = resolve;
        else resolve(pause.ms);
      }),
    pass: () => {
      const wake = pause?.wake;
      pause = undefined;
      wake?.();
    },
  };
}
