import { net, powerMonitor } from 'electron';

/** Electron tells main when the machine wakes, but not when the network returns; it can only be asked. */
const ASK_EVERY_MS = 3_000;

/** Calls back when the machine wakes up, is unlocked, or its network returns. */
export function onReturn(hurry: () => void): void {
  powerMonitor.on('resume', hurry);
  powerMonitor.on('unlock-screen', hurry);
  let online = net.isOnline();
  setInterval(() => {
    const now = net.isOnline();
    if (now && !online) hurry();
    online = now;
  }, ASK_EVERY_MS).unref();
}
