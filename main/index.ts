import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, powerSaveBlocker } from 'electron';
import { declareAppScheme, serveApp } from './shell/app-protocol';
import { type AppEnvironment, readEnvironment } from './shell/environment';
import { hardenEveryWindow } from './shell/hardening';
import { createMainWindow } from './shell/main-window';

/** The composition root: the window first; everything that can wait is loaded while it paints. */
function main(): void {
  if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox')) {
    app.exit(1);
    return;
  }
  declareAppScheme();
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  Menu.setApplicationMenu(null);
  const environment = environmentOrExit();
  if (environment === undefined) return;
  app.setPath('userData', environment.dataDir);
  // A second copy would take the journal and the relay's port from the first.
  if (app.requestSingleInstanceLock()) void app.whenReady().then(() => start(environment));
  else app.quit();
}

async function start(environment: AppEnvironment): Promise<void> {
  hardenEveryWindow();
  serveApp(join(__dirname, '../renderer'));
  const window = createMainWindow();
  app.on('second-instance', () => focus(window));
  powerSaveBlocker.start('prevent-display-sleep');
  // Nothing is awaited between here and the moment when the requests have their answers: the page cannot be earlier.
  const { connect } = await import('./shell/connect');
  await connect(environment, window);
}

function environmentOrExit(): AppEnvironment | undefined {
  try {
    return readEnvironment(process.env, {
      packaged: app.isPackaged,
      dataDir: app.getPath('userData'),
      bundledLocations: join(app.getAppPath(), 'data/locations.yaml'),
    });
  } catch (error) {
    dialog.showErrorBox('Tillside cannot start', error instanceof Error ? error.message : String(error));
    app.exit(1);
    return undefined;
  }
}

function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

main();
