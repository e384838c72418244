import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { Log } from '../core/log';
import { APP_PAGE } from './app-protocol';
import { hardenSession } from './hardening';

/** The surfaces of `renderer/`, so that nothing flashes before the page paints. */
const GROUND = { light: '#f4f2ee', dark: '#131210' };
/** A page that dies at once after each reload is not reloaded in a tight loop. */
const RELOAD_AFTER_MS = 1_000;

/** The one window. It shows itself once it has painted. */
export function createMainWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 600,
    show: false,
    title: 'Tillside',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, '../preload/index.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      // A covered window still rings on time, and may ring before anybody has touched it.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  hardenSession(window.webContents.session);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(APP_PAGE);
  return window;
}

/** The page comes back by itself when it dies: a till without a screen misses orders. */
export function reloadWhenGone(window: BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error('window_gone', { reason: details.reason });
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, RELOAD_AFTER_MS);
  });
}
