import { type SandboxSwitches, switchesSchema } from './switches';

export type SwitchSetting =
  | { readonly ok: true; readonly change: Partial<SandboxSwitches> }
  | { readonly ok: false; readonly words: string };

interface ContractSwitch {
  readonly key: keyof SandboxSwitches;
  /** What the name alone means; by default `true`, or 1 for a counter. */
  readonly bare?: unknown;
  /** What becomes of a value; by default it stays as it is. */
  readonly read?: (value: unknown) => unknown;
  readonly help: string;
}

const always = Number.POSITIVE_INFINITY;
const onOff = (value: unknown) => (value === 'on' ? true : value === 'off' ? false : value);
const seconds = (value: unknown) => (typeof value === 'number' ? value * 1000 : value);
const offIsNull = (value: unknown) => (value === 'off' ? null : value);
const names = (value: unknown) => (typeof value === 'string' ? value.split(',') : value);

/** The switches under the names that the contract gives them. */
export const CONTRACT_SWITCHES: Readonly<Record<string, ContractSwitch>> = {
  'late-commit': { key: 'cutAfterSale', help: 'N  the next N writes are kept, the connection is cut' },
  'list-lag': {
    key: 'listLagMs',
    bare: 10_000,
    read: seconds,
    help: 'S  receipts are not in lists for S seconds',
  },
  'money-amount-mismatch': { key: 'moneyAmountMismatch', bare: 'refuse', help: 'ignore | refuse' },
  'order-filter': { key: 'orderFilter', help: 'exact | prefix | ignored' },
  'auto-tax': { key: 'autoTax', read: onOff, help: "on | off  items' taxes apply by themselves" },
  'stores-partial': { key: 'storesPartial', bare: 'replace', help: 'merge | replace' },
  'history-limit': {
    key: 'historyLimit',
    bare: 31,
    read: offIsNull,
    help: 'DAYS | off  402 beyond',
  },
  'expired-token': { key: 'wrongToken', read: onOff, help: 'on | off  401' },
  'scope-missing': { key: 'scopeMissing', read: names, help: 'employees,shifts  403' },
  '5xx-before': { key: 'serverErrorBefore', help: 'N  500, nothing is written' },
  '5xx-after': { key: 'serverErrorAfter', help: 'N  500, everything is written' },
  'retry-after': { key: 'retryAfterS', bare: 30, read: offIsNull, help: 'S | off  with each 429' },
  'html-error': { key: 'htmlError', read: onOff, help: 'on | off  502 with a page of HTML' },
  'webhook-duplicate': { key: 'webhookDuplicate', read: onOff, help: 'on | off' },
  'webhook-out-of-order': { key: 'webhookOutOfOrder', read: onOff, help: 'on | off' },
  'webhook-disabled': { key: 'webhookDisabled', help: 'N  Loyverse gives up on all webhooks, N times' },
  'catalogue-churn': {
    key: 'catalogueChurn',
    bare: always,
    help: 'N  rename, reprice, 86, delete, enter again after each of the next N reads',
  },
};

/**
 * One switch as it is written on a command line, under the contract's name or our own: `late-commit=3`, `down`,
 * `slowMs=2000`, `slow-ms=2000`, `cutAfterSale=Infinity`, `down=refuse`,
 * `rateLimit={"requests":300,"perSeconds":300}`. Without a value it is `true`, or 1 for a counter.
 */
export function parseSwitch(text: string): SwitchSetting {
  const [name = '', ...rest] = text.split('=');
  const known = Object.hasOwn(CONTRACT_SWITCHES, name) ? CONTRACT_SWITCHES[name] : undefined;
  const key = known?.key ?? name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (!Object.hasOwn(switchesSchema.shape, key)) {
    const all = [...Object.keys(switchesSchema.shape), ...Object.keys(CONTRACT_SWITCHES)].join(', ');
    return { ok: false, words: `There is no switch “${name}”. There are: ${all}.` };
  }
  const { bare, read = (value: unknown) => value } = known ?? {};
  const values =
    rest.length > 0 ? [read(readValue(rest.join('=')))] : bare === undefined ? [true, 1] : [bare];
  for (const value of values) {
    const parsed = switchesSchema.partial().safeParse({ [key]: value });
    const change = Object.entries(parsed.data ?? {}).filter(([changed]) => changed === key);
    if (parsed.success) return { ok: true, change: Object.fromEntries(change) };
  }
  return { ok: false, words: `“${text}” is not a setting of “${name}”.` };
}

function readValue(text: string): unknown {
  if (text === 'Infinity') return Number.POSITIVE_INFINITY;
  try {
    return JSON.parse(text);
  } catch {
    // A plain word, such as `refuse`.
    return text;
  }
}
