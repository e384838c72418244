import { readMenu, withMenuSync } from './menu-world';

/** Reads a menu in a process of its own, whose memory the bench looks at: `URL TOKEN STORE ITEMS`. */
async function main([url = '', token = '', storeId = '', items = '']: readonly string[]): Promise<void> {
  await withMenuSync({ url, token, storeId }, async (sync) => {
    process.stdout.write('idle\n');
    await new Promise((go) => process.stdin.once('data', go));
    await readMenu(sync, Number(items));
    await sync.stop();
    process.stdout.write('done\n');
    await new Promise((go) => process.stdin.once('data', go));
  });
  process.exit(0);
}

void main(process.argv.slice(2));
