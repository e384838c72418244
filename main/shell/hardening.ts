import { app, type Session } from 'electron';
import { APP_ORIGIN, APP_PAGE } from './app-protocol';

/**
 * What no window of ours may ever do, whatever its page says: leave our origin, open windows, embed others,
 * ask for permissions, or reach the network (the content security policy says so too: two locks).
 */
export function hardenEveryWindow(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      // The page may load itself anew, after an error; it may go nowhere else.
      if (event.url !== APP_PAGE) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || event.url !== APP_PAGE) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Denies all permissions, and cancels every request that is not for our own files. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !details.url.startsWith(`${APP_ORIGIN}/`) });
  });
  session.on('will-download', (event) => event.preventDefault());
}
