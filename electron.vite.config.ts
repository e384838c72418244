import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Native modules load from node_modules; everything else is bundled, so that start-up reads few files. */
const NATIVE = ['libsql', 'keytar', 'electron'];

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      // Less to read and to parse before the board is there.
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve('main/index.ts'),
          sandbox: resolve('main/training/cli.ts'),
          config: resolve('main/shell/config-command/cli.ts'),
        },
        external: NATIVE,
        output: { format: 'cjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome114',
      minify: true,
      // The polyfill fetches, which the content security policy forbids.
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: resolve('renderer/index.html') } },
    },
  },
});
