/**
 * `npm run contract:odoo -- --url https://odoo.example.com --db NAME`: what every connector promises, tried
 * on a real Odoo server, as a table. The API key is taken from ODOO_CONTRACT_KEY. Leaves cancelled drafts and nothing
 * else, unless `--paid` lets it book paid orders and give them back.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from './lib/paths.mjs';
import { Failure, main, say } from './lib/run.mjs';

const USAGE =
  'ODOO_CONTRACT_KEY=… npm run contract:odoo -- --url URL --db NAME [--register ID] [--user ID] [--paid]';

await main(() => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      db: { type: 'string' },
      register: { type: 'string' },
      user: { type: 'string' },
      paid: { type: 'boolean', default: false },
    },
  });
  const { url, db, register } = values;
  if (!process.env.ODOO_CONTRACT_KEY || !url || !db) throw new Failure(`Usage: ${USAGE}`);
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  try {
    const report = join(folder, 'report.json');
    const { status } = spawnSync(
      process.execPath,
      [
        inRoot('node_modules/vitest/vitest.mjs'),
        'run',
        'test/contract/odoo-account.test.ts',
        '--reporter=json',
        `--outputFile=${report}`,
      ],
      {
        cwd: inRoot('.'),
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          ODOO_CONTRACT_URL: url,
          ODOO_CONTRACT_DB: db,
          ODOO_CONTRACT_REGISTER: register ?? '',
          ODOO_CONTRACT_USER: values.user ?? '',
          ODOO_CONTRACT_PAID: values.paid ? 'yes' : 'no',
        },
      },
    );
    const red = printTable(JSON.parse(readFileSync(report, 'utf8')));
    if (red > 0 || status !== 0) throw new Failure(`${red} of these promises are not kept here.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @returns how many rows are red */
function printTable({ testResults }) {
  const rows = testResults.flatMap(({ assertionResults }) => assertionResults);
  // What happens before the first promise, such as reading the menu, has a message and no row.
  for (const { message } of testResults) if (rows.length === 0 && message) say(message.split('\n')[0]);
  for (const { title, status, duration, failureMessages } of rows) {
    const mark = status === 'passed' ? 'good' : status === 'failed' ? 'RED ' : 'left';
    say(`${mark} | ${`${Math.round(duration ?? 0)} ms`.padStart(8)} | ${title}`);
    for (const message of failureMessages ?? []) say(`     |          |   ${message.split('\n')[0]}`);
  }
  return rows.filter(({ status }) => status !== 'passed').length;
}
