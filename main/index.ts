import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, powerSaveBlocker } from 'electron';
import { declareAppScheme, serveApp } from './shell/app-protocol';
import { type AppEnvironment, readEnvironment } from './shell/environment';
import { hardenEveryWindow } from './shell/hardening';
import { createMainWindow } from './shell/main-window';

/** The composition root: what must be early, and the window. `shell/connect.ts` connects the rest. */
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
  const words = ownArguments();
  if (words.find((word) => !word.startsWith('-')) === 'config') {
    void runCommand(words);
    return;
  }
  app.setPath('userData', environment.dataDir);
  // A second copy would take the journal and the relay's port from the first.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // Read while Chromium starts: once there is a window, main must be free to serve its page.
  const parts = import('./shell/connect');
  void app.whenReady().then(() => start(environment, parts));
}

/** `Tillside config validate …`: head office's commands, without a window. */
async function runCommand(words: readonly string[]): Promise<void> {
  const { runConfigCommand } = await import('./shell/config-command/config-command');
  const code = await runConfigCommand(words, {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    env: process.env,
    cwd: process.cwd(),
    bundledLocations: bundledLocations(),
    packaged: app.isPackaged,
    dataDir: app.getPath('userData'),
  });
  app.exit(code);
}

/** What stands behind the program and, from source, behind its folder. */
function ownArguments(): readonly string[] {
  const folder = process.argv.findIndex((word, at) => at > 0 && resolve(word) === app.getAppPath());
  return process.argv.slice(app.isPackaged ? 1 : folder + 1);
}

function bundledLocations(): string {
  return join(app.getAppPath(), 'data/locations.yaml');
}

async function start(
  environment: AppEnvironment,
  parts: Promise<typeof import('./shell/connect')>,
): Promise<void> {
  hardenEveryWindow();
  serveApp(join(__dirname, '../renderer'));
  const window = createMainWindow();
  app.on('second-instance', () => focus(window));
  powerSaveBlocker.start('prevent-display-sleep');
  // Nothing else is awaited before the requests have their answers: the page cannot ask earlier.
  const { connect } = await parts;
  await connect(environment, window);
}

function environmentOrExit(): AppEnvironment | undefined {
  try {
    return readEnvironment(process.env, {
      packaged: app.isPackaged,
      dataDir: app.getPath('userData'),
      bundledLocations: bundledLocations(),
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
