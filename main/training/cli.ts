import { parseArgs } from 'node:util';
import { formatMoney, toMinor } from '../core/money';
import type { Receipt } from './receipt';
import { startSandbox } from './sandbox';
import { parseSwitch } from './switch-setting';
import { TRAINING_MENU } from './training-menu';

/** `npm run sandbox`: a till to develop against. Runs until Ctrl-C. */

const USAGE = `npm run sandbox -- [options]
  --port N           port on 127.0.0.1 (default: a free one)
  --token TEXT       access token (default: made up)
  --items N          how many items the menu shall have
  --seed N           for the switches that work by chance (default: 1)
  --switch NAME[=V]  something goes wrong, e.g. down, down=refuse, slowMs=2000, cutAfterSale=3; may be repeated
  --lenient          ignore unknown fields and parameters in silence, as Loyverse does
  --help             this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      token: { type: 'string' },
      items: { type: 'string' },
      seed: { type: 'string' },
      switch: { type: 'string', multiple: true, default: [] },
      lenient: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const settings = values.switch.map((text) => {
    const setting = parseSwitch(text);
    if (!setting.ok) throw new Error(setting.words);
    return setting.change;
  });
  const sandbox = await startSandbox({
    port: wholeNumber('port', values.port),
    token: values.token,
    items: wholeNumber('items', values.items),
    seed: wholeNumber('seed', values.seed),
    strict: !values.lenient,
  });
  Object.assign(sandbox.switches, ...settings);
  sandbox.onReceipt((receipt) => console.log(receiptText(receipt)));
  process.once('SIGINT', () => void sandbox.close());
  process.once('SIGTERM', () => void sandbox.close());
  console.log(`URL      ${sandbox.url}\nToken    ${sandbox.token}\nStore    ${sandbox.storeId}`);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number.`);
  return Number(text);
}

function receiptText(receipt: Receipt): string {
  const total = formatMoney(toMinor(receipt.total_money, 2), TRAINING_MENU.currency);
  const dishes = receipt.line_items.map((line) => {
    const extras = line.line_modifiers.map(({ option }) => ` + ${option}`).join('');
    return `${line.quantity} × ${line.item_name}${extras}`;
  });
  return [`Receipt ${receipt.receipt_number}`, receipt.order ?? 'no order', total, ...dishes].join(' · ');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 1;
});
