import { BrowserWindow, Menu } from 'electron';

/** A page of paper, and the keys beside it. */
const SIZE = { width: 900, height: 800 };

/**
 * Shows a sheet in a window of its own, to be printed. The page has no script, no bridge to the app and no memory: what
 * it says is in this window only, and gone with it.
 * @returns how to close it.
 */
export function showSheet(title: string, html: string, parent: BrowserWindow): () => void {
  const window = new BrowserWindow({
    ...SIZE,
    parent,
    title,
    autoHideMenuBar: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      // Not on disk: a partition without “persist:” lives in memory.
      partition: 'sheet',
    },
  });
  const print = (): void => window.webContents.print();
  window.setMenu(
    Menu.buildFromTemplate([
      { label: 'Print…', accelerator: 'CmdOrCtrl+P', click: print },
      { label: 'Close', role: 'close' },
    ]),
  );
  void window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
  return () => {
    if (!window.isDestroyed()) window.close();
  };
}
