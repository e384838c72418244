import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder';

const ALLOWED = [
  ['main/core', "import { imported } from 'zod';"],
  ['main/core', "import { imported } from './money';"],
  ['main/orders', "import { imported } from '../pos/provider';"],
  ['main/relay', "import { imported } from '../orders/intake';"],
  ['main/backup', "import { imported } from '../core/never';"],
  ['main/tickets', "import { imported } from '../core/ticket';"],
  ['main/shell/tickets', "import { imported } from '../../tickets/ticket-queue';"],
  ['main/shell', "import { imported } from '../relay/relay';"],
  ['main/shell', "import { imported } from '../backup/archive';"],
  ['renderer/ui', "import type { imported } from '../../preload/contract';"],
] as const;

const REFUSED = [
  ['main/core', "import { imported } from 'node:fs';"],
  ['main/core', "import { imported } from 'axios';"],
  ['main/core', "import { imported } from '../orders/intake';"],
  ['main/pos', "import { imported } from '../orders/intake';"],
  ['main/orders', "import { imported } from '../relay/relay';"],
  ['main/orders/journal', "import { imported } from '../../credentials/vault';"],
  ['main/backup', "import { imported } from '../credentials/vault';"],
  ['main/backup', "import { imported } from '../orders/journal/journal';"],
  ['main/orders', "import { imported } from '../backup/archive';"],
  ['main/tickets', "import { imported } from '../orders/journal/journal';"],
  ['main/tickets', "import { imported } from 'electron';"],
  ['main/orders', "import { imported } from '../tickets/ticket-queue';"],
  ['main/training', "import { imported } from '../pos/provider';"],
  ['main/training', "import { imported } from '../backup/archive';"],
  ['main/relay', "import { imported } from 'electron';"],
  ['main/shell', "import { ipcMain as imported } from 'electron';"],
  ['renderer/ui', "import { imported } from '../../main/core/money';"],
  ['renderer/ui', "import { imported } from '../../preload/channels';"],
  ['preload', "import { imported } from '../main/core/money';"],
] as const;

it('lets each folder import what the table of docs/architecture.md allows it, and nothing else', () => {
  const folder = tempFolder();
  const { vcs: _vcs, ...rules } = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules));
  const files = [...ALLOWED, ...REFUSED].map(([where, line], index) => {
    const file = join(where, `case-${index}.ts`);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\nexport type Used = typeof imported;\n`);
    return file;
  });
  const { stdout } = spawnSync(
    resolve('node_modules/.bin/biome'),
    ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=github'],
    { cwd: folder, encoding: 'utf8' },
  );
  const refused = files.filter((file) => stdout.includes(file));
  expect(refused).toEqual(files.slice(ALLOWED.length));
});
