import { BrowserWindow, type WebContents } from 'electron';
import type { Paper, PaperPage } from './paper';

/** Dots a millimetre of the picture: enough to read it on the screen. */
const DOTS = 6;
/** Of a CSS pixel, in millimetres. */
const PIXEL_MM = 25.4 / 96;
const MICRONS = 1_000;

/**
 * Prints and pictures through windows that nobody sees. Their pages have no script, no bridge and no memory.
 * @param screen asks the system for its printers.
 */
export function createPaper(screen: WebContents): Paper {
  return {
    devices: async () => {
      const printers = await screen.getPrintersAsync();
      return printers.map(({ name, displayName }) => ({ device: name, label: displayName || name }));
    },
    print: (device, page) =>
      withPage(page, false, (window) => {
        const { width, height } = page;
        const pageSize = { width: width * MICRONS, height: height * MICRONS };
        return new Promise((resolve) => {
          window.webContents.print(
            {
              silent: true,
              deviceName: device,
              printBackground: true,
              margins: { marginType: 'none' },
              pageSize,
            },
            (taken, reason) => resolve(taken ? null : reason),
          );
        });
      }),
    picture: (page) =>
      withPage(page, true, async (window) => (await window.webContents.capturePage()).toPNG()),
  };
}

async function withPage<T>(
  { html, width, height }: PaperPage,
  isPicture: boolean,
  work: (window: BrowserWindow) => Promise<T>,
): Promise<T> {
  const zoom = isPicture ? DOTS * PIXEL_MM : 1;
  const dots = (mm: number): number => Math.ceil((mm / PIXEL_MM) * zoom);
  const window = new BrowserWindow({
    show: false,
    width: dots(width),
    height: dots(height),
    useContentSize: true,
    frame: false,
    enableLargerThanScreen: true,
    webPreferences: {
      // A window that is not shown is painted only so.
      offscreen: isPicture,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      // Not on disk: a partition without “persist:” lives in memory.
      partition: 'ticket',
      zoomFactor: zoom,
    },
  });
  try {
    const painted = isPicture ? new Promise((resolve) => window.webContents.once('paint', resolve)) : null;
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
    await painted;
    return await work(window);
  } finally {
    window.destroy();
  }
}
