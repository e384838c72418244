import { join } from 'node:path';
import { app, type BrowserWindow, clipboard } from 'electron';
import { finishRestore } from '../backup/restore-swap';
import { LogFile } from '../observability/log-file';
import { createLog, stdoutSink } from '../observability/logger';
import { servePictures } from './app-protocol';
import { Application } from './application';
import { watchConfiguration } from './configuration-watch';
import { type AppEnvironment, dataFolder } from './environment';
import { openPage, openWhatsapp } from './external-links';
import { createHandlers } from './handlers';
import { answerRequests, sendEvent } from './ipc';
import { reloadWhenGone } from './main-window';
import { onReturn } from './network-watch';
import { showSheet } from './sheet-window';
import { createPaper } from './tickets/paper-window';

/** Connects the parts behind the window: the log, the application, and the one contract between the two. */
export async function connect(environment: AppEnvironment, window: BrowserWindow): Promise<void> {
  const { webContents } = window;
  await finishRestore(dataFolder(environment, false), Date.now());
  const logFolder = join(dataFolder(environment, environment.training), 'logs');
  let application: Application | undefined;
  const logFile = new LogFile({ folder: logFolder });
  const log = createLog({
    location: () => application?.restaurant?.location.id ?? environment.location,
    level: environment.logLevel,
    sinks: [stdoutSink(), logFile],
  });
  reloadWhenGone(window, log);

  let stopWatching = (): void => undefined;
  const watchAgain = (): void => {
    stopWatching();
    const files = application?.configuration.files ?? [];
    stopWatching = watchConfiguration({ files, log, onChange: () => void application?.reconfigure() });
  };

  application = new Application({
    environment,
    version: app.getVersion(),
    log,
    now: Date.now,
    openLink: openWhatsapp,
    copy: (text) => clipboard.writeText(text),
    openPage,
    paper: createPaper(webContents),
    showSheet: (title, html) => showSheet(title, html, window),
    onDataReplaced: () => {
      logFile.close();
      watchAgain();
    },
    send: (name, payload) => sendEvent(webContents, name, payload),
    print: (line) => process.stdout.write(`${line}\n`),
  });
  servePictures(async (name) => (await application?.restaurant?.pictures.read(name)) ?? null);
  const handlers = createHandlers(application, window, () => {
    // Not Electron's creation time: on Linux that is reckoned from the boot, which is known to a second only.
    log.milestone('board_ready', { startup_ms: Math.round(process.uptime() * 1000) });
  });
  answerRequests(handlers, (contents) => contents === webContents, log);
  onReturn(() => application?.restaurant?.hurry());
  quitInOrder(application);
  // From before the start on: what changes while the restaurant opens is looked at when it is open.
  watchAgain();
  application.configuration.settings.onChange(() => void application?.reconfigure());
  await application.open();
}

/** The journal is closed before the process ends; a second request to quit does not wait. */
function quitInOrder(application: Application): void {
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    void application.close().finally(() => app.exit(0));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}
