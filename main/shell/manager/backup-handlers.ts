import { type BrowserWindow, dialog } from 'electron';
import type { Application } from '../application';
import type { Handlers } from '../ipc';

type BackupHandlers = Pick<Handlers, Extract<keyof Handlers, `backup:${string}`>>;

/** What the screens about backups ask, with the system's own dialogs where a path is wanted. */
export function backupHandlers(app: Application, window: BrowserWindow): BackupHandlers {
  const choose = async (options: Electron.OpenDialogOptions): Promise<string | undefined> => {
    const { filePaths } = await dialog.showOpenDialog(window, options);
    return filePaths[0];
  };
  return {
    'backup:read': async () => (await app.backups()).view(),
    'backup:choose-folder': async () => {
      const backups = await app.backups();
      const folder = await choose({ properties: ['openDirectory', 'createDirectory'] });
      return folder === undefined ? backups.view() : backups.setFolder(folder);
    },
    'backup:folder': async ({ folder }) => (await app.backups()).setFolder(folder),
    'backup:make-key': async () => (await app.backups()).makeKey(),
    'backup:confirm-key': async ({ ending }) => (await app.backups()).confirmKey(ending),
    'backup:now': async () => (await app.backups()).runNow(),
    'backup:export': async ({ passphrase, secrets }) => (await app.backups()).export(passphrase, secrets),
    'backup:choose-file': async () => {
      const filters = [{ name: 'Tillside backups', extensions: ['age'] }];
      const file = await choose({ properties: ['openFile'], filters });
      return file === undefined ? null : { file };
    },
    'backup:restore': async ({ file, key }) => (await app.backups()).restore(file, key),
  };
}
