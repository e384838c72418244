import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Input, Output, PrintersView, PrinterView } from '../../../preload/contract';
import { unreachable } from '../../core/never';
import { testTicket } from '../../core/ticket';
import { COLUMNS } from '../../core/ticket-layout';
import { type PrinterConnection, type PrinterSetting, printerSettingSchema } from '../../core/ticket-printer';
import { printerWords, troubleWords, unclearWords } from '../../core/ticket-words';
import type { PrintOutcome } from '../../tickets/printer';
import { ticketPage } from '../../tickets/ticket-html';
import type { Application } from '../application';
import type { Handlers, Refusal } from '../ipc';
import { openPrinter } from './printer-opening';
import { sampleTicket } from './sample-ticket';

type PrinterHandlers = Pick<Handlers, Extract<keyof Handlers, `printers:${string}`>>;

const GONE: Refusal = { refused: 'This printer is not in the settings any more.' };
const UTC = { timezone: 'UTC', currency: 'TTD' };

/** What the settings of printers ask. A printer belongs to a counter, so it is kept on this computer. */
export function printerHandlers(app: Application): PrinterHandlers {
  const { configuration, manager, options } = app;
  const { paper, now } = options;
  const place = () => app.restaurant?.location ?? UTC;
  const settings = (): readonly PrinterSetting[] => configuration.settings.current.printers;

  const read = async (): Promise<PrintersView> => ({
    printers: settings().map((setting) => printerView(setting, app)),
    devices: [...(await paper.devices())],
  });

  const save = async (input: Input<'printers:save'>): Promise<PrintersView | Refusal> => {
    const id = input.id ?? randomUUID();
    const before = settings().find((printer) => printer.id === id);
    if (input.id !== null && before === undefined) return GONE;
    const parsed = printerSettingSchema.safeParse(trimmed({ ...input, id }));
    if (!parsed.success) return { refused: 'Give it a name and an address, such as 192.168.1.50.' };
    const { data } = parsed;
    if (settings().some((other) => other.id !== id && other.name === data.name)) {
      return { refused: 'Another printer has this name already.' };
    }
    if (data.backup !== null && !settings().some((other) => other.id === data.backup && other.id !== id)) {
      return { refused: 'The printer that is to stand in is not there.' };
    }
    await configuration.settings.update(({ printers }) => ({
      printers:
        before === undefined ? [...printers, data] : printers.map((one) => (one.id === id ? data : one)),
    }));
    const words = (setting: PrinterSetting | undefined): string | null =>
      setting === undefined ? null : settingWords(setting);
    await manager.changes.setting(`Printer ${data.name}`, words(before), words(data));
    return read();
  };

  const remove = async (id: string): Promise<PrintersView> => {
    const gone = settings().find((printer) => printer.id === id);
    await configuration.settings.update(({ printers }) => ({
      printers: printers
        .filter((printer) => printer.id !== id)
        .map((printer) => (printer.backup === id ? { ...printer, backup: null } : printer)),
    }));
    if (gone !== undefined) await manager.changes.setting(`Printer ${gone.name}`, settingWords(gone), null);
    return read();
  };

  const test = async (id: string): Promise<Output<'printers:test'> | Refusal> => {
    const setting = settings().find((printer) => printer.id === id);
    if (setting === undefined) return GONE;
    const clock = DateTime.fromMillis(now(), { zone: place().timezone }).toFormat('HH:mm');
    const printer = openPrinter(setting, paper);
    const rows = testTicket(setting.name, clock, COLUMNS[setting.width]);
    const outcome = await printer.print(rows, { begin: () => undefined, onTrouble: () => undefined });
    return { good: outcome.kind === 'printed', words: testWords(setting, outcome) };
  };

  return {
    'printers:read': read,
    'printers:save': save,
    'printers:remove': ({ id }) => remove(id),
    'printers:test': ({ id }) => test(id),
    'printers:preview': async ({ width }) => {
      const { timezone, currency } = place();
      const picture = await paper.picture(ticketPage(sampleTicket(width, now(), timezone, currency), width));
      return { picture: `data:image/png;base64,${Buffer.from(picture).toString('base64')}` };
    },
  };
}

function trimmed(input: Input<'printers:save'> & { readonly id: string }): unknown {
  const { connection } = input;
  return {
    ...input,
    name: input.name.trim(),
    connection: connection.kind === 'network' ? { ...connection, host: connection.host.trim() } : connection,
  };
}

function printerView(setting: PrinterSetting, { restaurant }: Application): PrinterView {
  const state = restaurant?.tickets.stateOf(setting.id);
  if (state === undefined) return { ...setting, status: 'unknown', words: 'It has not been asked yet.' };
  if (state.trouble === null) {
    return { ...setting, status: 'ready', words: state.paperLow ? 'The paper ends soon.' : 'It is ready.' };
  }
  return { ...setting, status: 'trouble', words: printerWords(setting.name, state.trouble, 0, null) };
}

function testWords({ name }: PrinterSetting, outcome: PrintOutcome): string {
  switch (outcome.kind) {
    case 'printed':
      return outcome.proven ? 'Printed.' : 'It took the page. Look whether it came out.';
    case 'not_sent':
      return outcome.trouble === 'silent'
        ? `${name} does not say how it is. If it never does, tap “Change” and say so.`
        : `${name}: ${troubleWords(outcome.trouble)}`;
    case 'unclear':
      return `${unclearWords(name, outcome.trouble)} Look whether the page came out.`;
    case 'failed':
      return outcome.words;
    default:
      return unreachable(outcome);
  }
}

/** For the record of changes. */
function settingWords({ connection, width, copies, when }: PrinterSetting): string {
  return `${connectionWords(connection)}, ${width} mm, ${copies} × on ${when === 'accept' ? 'accept' : 'arrival'}`;
}

function connectionWords(connection: PrinterConnection): string {
  switch (connection.kind) {
    case 'network':
      return `${connection.host}:${connection.port}`;
    case 'system':
      return connection.device;
    default:
      return unreachable(connection);
  }
}
