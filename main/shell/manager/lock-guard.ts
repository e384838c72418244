import type { managerRequests } from '../../../preload/manager-contract';
import type { ManagerSession } from '../../credentials/manager-session';
import type { Handlers, Refusal } from '../ipc';

export type ManagerRequest = keyof typeof managerRequests;
export type ManagerHandlers = Pick<Handlers, ManagerRequest>;

export const LOCKED: Refusal = { refused: 'Enter the manager’s PIN first.' };

/** What a window asks for again and again by itself: no sign that somebody is there. */
const ASKED_BY_ITSELF: ReadonlySet<string> = new Set<ManagerRequest>(['tills:hook']);

/** Nothing of the manager's is done or shown while the lock is closed; whoever does something is there. */
export function guarded<H extends Partial<ManagerHandlers>>(
  handlers: H,
  session: Pick<ManagerSession, 'isUnlocked' | 'touch'>,
): H {
  const guard = (name: string, handle: (input: never) => unknown) => (input: never) => {
    if (name.startsWith('manager:')) return handle(input);
    if (!session.isUnlocked) return LOCKED;
    if (!ASKED_BY_ITSELF.has(name)) session.touch();
    return handle(input);
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      guard(name, handle as (input: never) => unknown),
    ]),
  ) as H;
}
