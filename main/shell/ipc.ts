import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { type EventName, REQUESTS, type RequestName } from '../../preload/channels';
import {
  type EventPayload,
  events,
  type Input,
  type Output,
  type Reply,
  requests,
} from '../../preload/contract';
import type { Log } from '../core/log';
import { APP_ORIGIN } from './app-protocol';

/** An expected refusal: what the person who tapped reads. */
export interface Refusal {
  readonly refused: string;
}

export type Handlers = {
  readonly [N in RequestName]: (input: Input<N>) => Output<N> | Refusal | Promise<Output<N> | Refusal>;
};

/** A message larger than this has no business on these channels; in characters of its JSON. */
const MAX_MESSAGE = 256 * 1024;

/**
 * Answers the contract's requests and no others. Each sender is checked (our top frame, our origin, our window),
 * each argument parsed; an answer is cut to the contract's shape before it leaves.
 */
export function answerRequests(
  handlers: Handlers,
  isOurs: (contents: WebContents) => boolean,
  log: Log,
): void {
  for (const name of REQUESTS) ipcMain.handle(name, (event, input: unknown) => answer(name, event, input));

  async function answer(
    name: RequestName,
    event: IpcMainInvokeEvent,
    input: unknown,
  ): Promise<Reply<unknown>> {
    if (!isTrusted(event)) {
      log.warn('ipc_refused', { channel: name, because: 'sender' });
      return refusal('sender', 'This window may not ask that.');
    }
    if (sizeOf(input) > MAX_MESSAGE) return refusal('size', 'That was too long.');
    const contract = requests[name];
    const parsed = contract.input.safeParse(input);
    if (!parsed.success) {
      log.warn('ipc_refused', { channel: name, because: 'arguments' });
      return refusal('arguments', 'That could not be understood.');
    }
    try {
      const handle = handlers[name] as (parsedInput: unknown) => unknown;
      const value = await handle(parsed.data);
      if (isRefusal(value)) return refusal('refused', value.refused);
      return { ok: true, value: contract.output.parse(value) };
    } catch (error) {
      log.error('ipc_failed', { channel: name, error: error instanceof Error ? error.name : 'unknown' });
      return refusal('failed', 'That did not work. Please try again.');
    }
  }

  function isTrusted({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
    if (senderFrame === null || senderFrame.parent !== null) return false;
    return new URL(senderFrame.url).href.startsWith(`${APP_ORIGIN}/`) && isOurs(sender);
  }
}

/** Sends one of the contract's events, cut to its shape. */
export function sendEvent<N extends EventName>(
  contents: WebContents,
  name: N,
  payload: EventPayload<N>,
): void {
  if (!contents.isDestroyed()) contents.send(name, events[name].parse(payload));
}

function refusal(code: string, words: string): Reply<never> {
  return { ok: false, error: { code, words } };
}

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string'
  );
}

/** Structured clone carries values that JSON does not; those are refused by the schemas. */
function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    // Cycles and big integers: nothing in the contract has them.
    return Number.POSITIVE_INFINITY;
  }
}
