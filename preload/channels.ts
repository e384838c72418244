/**
 * The names of the IPC contract, apart from its schemas so that the bridge in the sandboxed preload stays small.
 * `contract.ts` has a schema for each of them and no others; the compiler checks that.
 */
export const REQUESTS = [
  'app:info',
  'app:retry',
  'board:read',
  'board:shown',
  'order:details',
  'order:accept',
  'order:reject',
  'order:cancel',
  'order:prepare',
  'order:ready',
  'order:complete',
  'order:seen',
  'order:whatsapp',
  'order:sent',
  'order:enter',
  'order:entered',
  'order:retry',
  'till:enter-all',
  'till:check',
  'menu:read',
  'menu:sync',
  'setup:read',
  'setup:location',
  'setup:value',
  'setup:test',
  'setup:finish',
  'training:start',
  'training:order',
  'training:switch',
] as const;

export const EVENTS = ['app:changed', 'board:changed', 'store:changed', 'menu:changed'] as const;

export type RequestName = (typeof REQUESTS)[number];
export type EventName = (typeof EVENTS)[number];
