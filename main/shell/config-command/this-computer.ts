import { existsSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, SettingsStore } from '../../config/settings-store';
import { type AppEnvironment, dataFolder } from '../environment';
import type { ConfigIo } from './command';
import { surroundings } from './surroundings';

/** Where restaurants stand that were added on this computer; it need not be there. */
export function ownLocationsFile(io: ConfigIo): string {
  return join(dataFolder(surroundings(io), false), 'own-locations.yaml');
}

/** This computer's settings; `undefined` when it has none yet. To look at them makes no file. */
export function storedSettings(environment: AppEnvironment): Settings | undefined {
  const path = join(dataFolder(environment, false), 'settings.json');
  return existsSync(path) ? new SettingsStore(path).current : undefined;
}

/**
 * Whether the app runs with this data folder: it holds its settings in memory, and would write them over what is
 * changed beside it. Chromium's lock is a link to `host-pid`; Windows keeps none that can be read.
 */
export function isAppRunning({ dataDir }: AppEnvironment): boolean {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(dataDir, 'SingletonLock')))?.[1]);
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // No lock, or one whose owner is gone; a process that may not be asked is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
