import { parseArgs } from 'node:util';
import { formatMoney, toMinor } from '../core/money';
import type { Receipt } from './receipt';
import { type Sandbox, startSandbox } from './sandbox';
import { CONTRACT_SWITCHES, parseSwitch } from './switch-setting';
import { switchesSchema } from './switches';
import { TRAINING_MENU } from './training-menu';

/** `npm run sandbox`: a till to develop against. Runs until Ctrl-C. */

const USAGE = `npm run sandbox -- [options]
  --port N           port on 127.0.0.1 (default: a free one)
  --token TEXT       access token (default: made up)
  --data FILE        keeps account, receipts and webhooks in this file (default: in memory only)
  --items N          how many items the menu shall have (default: as it is, with dishes for practice)
  --client-secret T  makes a token of an OAuth app, too, and signs its webhooks with this
  --seed N           for the switches that work by chance (default: 1)
  --switch NAME[=V]  something goes wrong; may be repeated
  --lenient          ignore unknown fields and parameters in silence, as Loyverse does
  --help             this text

Switches by the names of the contract:
${Object.entries(CONTRACT_SWITCHES)
  .map(([name, { help }]) => `  ${name.padEnd(22)} ${help}`)
  .join('\n')}

All switches, in kebab-case or as here, e.g. down, down=refuse, slow-ms=2000, lose=0.1:
  ${Object.keys(switchesSchema.shape)
    .join(', ')
    .replace(/(.{1,108})(?: |$)/g, '$1\n  ')
    .trim()}`;

/** As a real account is; `--switch` comes after it. */
const LIKE_LOYVERSE = { rateLimit: { requests: 300, perSeconds: 300 }, webhookDelayMs: 5_000 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      token: { type: 'string' },
      data: { type: 'string' },
      items: { type: 'string' },
      'client-secret': { type: 'string' },
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
  const clientSecret = values['client-secret'];
  const sandbox = await startSandbox({
    port: wholeNumber('port', values.port),
    token: values.token,
    items: wholeNumber('items', values.items),
    extras: values.items === undefined,
    seed: wholeNumber('seed', values.seed),
    strict: !values.lenient,
    dataFile: values.data,
    clientSecret,
  });
  Object.assign(sandbox.switches, LIKE_LOYVERSE, ...settings);
  sandbox.onReceipt((receipt) => console.log(receiptText(receipt)));
  process.once('SIGINT', () => void stop(sandbox));
  process.once('SIGTERM', () => void stop(sandbox));
  console.log(`URL      ${sandbox.url}\nToken    ${sandbox.token}\nStore    ${sandbox.storeId}`);
  if (clientSecret !== undefined) console.log(`App      ${sandbox.addAppToken()}`);
}

async function stop(sandbox: Sandbox): Promise<void> {
  try {
    await sandbox.close();
  } catch (error) {
    complain(error);
  }
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
  const of = receipt.refund_for === null ? (receipt.order ?? 'no order') : `refund of ${receipt.refund_for}`;
  return [`Receipt ${receipt.receipt_number}`, of, total, ...dishes].join(' · ');
}

function complain(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  complain(error);
  console.error(USAGE);
});
