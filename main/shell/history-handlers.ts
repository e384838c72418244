import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog } from 'electron';
import { DateTime } from 'luxon';
import type { Application } from './application';
import type { Handlers, Refusal } from './ipc';
import { daySheet } from './views/day-sheet';

const NOT_OPEN: Refusal = { refused: 'The restaurant is not open here yet.' };
const NOT_SAVED: Refusal = {
  refused: 'It could not be saved there. Choose another folder, or free some space.',
};

/** What the history asks, with the system's own dialog where a path is wanted. */
export function historyHandlers(
  app: Application,
  window: BrowserWindow,
): Pick<Handlers, 'history:day' | 'history:search' | 'history:print' | 'history:save'> {
  return {
    'history:day': ({ daysAgo }) => app.restaurant?.history.day(daysAgo) ?? NOT_OPEN,
    'history:search': async ({ text }) =>
      app.restaurant === undefined ? NOT_OPEN : { orders: await app.restaurant.history.search(text) },
    'history:print': ({ daysAgo }) => {
      if (app.restaurant === undefined) return NOT_OPEN;
      const { history, location } = app.restaurant;
      app.options.showSheet('Orders of the day: print them', daySheet(history.day(daysAgo), location));
      return null;
    },
    'history:save': async ({ daysAgo }) => {
      if (app.restaurant === undefined) return NOT_OPEN;
      const { history, location } = app.restaurant;
      const day = history.day(daysAgo);
      const date = DateTime.fromMillis(day.from, { zone: location.timezone }).toFormat('yyyy-MM-dd');
      const { filePath } = await dialog.showSaveDialog(window, {
        defaultPath: `orders-${location.id.toLowerCase()}-${date}.csv`,
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      });
      if (filePath === undefined || filePath === '') return { saved: false };
      // Loaded when it is wanted.
      const { dayCsv } = await import('./views/day-csv');
      try {
        await writeFile(filePath, dayCsv(day, location.timezone));
      } catch (error) {
        app.options.log.warn('history_not_saved', { error: String(error) });
        return NOT_SAVED;
      }
      return { saved: true };
    },
  };
}
