import { copyFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineConfig } from 'tsup';
import { joinChunks } from './tsup.chunks.mjs';

/** What package.json exports. */
const exported = [
  'src/index.ts',
  'src/catalog/index.ts',
  'src/catalog/services/aws.ts',
  'src/catalog/services/ibm.ts',
  'src/providers/aws/index.ts',
  'src/providers/aws/fetch/index.ts',
  'src/providers/ibm/index.ts',
  'src/providers/files/index.ts',
  'src/formats/index.ts',
  'src/alarms/index.ts',
  'src/testing/index.ts',
];

/** What must start fast. */
const started = [
  'index',
  'catalog/index',
  'providers/aws/index',
  'providers/aws/fetch/index',
  'providers/ibm/index',
  'providers/files/index',
  'cli/bin',
];

export default defineConfig({
  // `#sha256` of package.json chooses from the last two.
  entry: [...exported, 'src/cli/bin.ts', 'src/model/sha256.ts', 'src/model/sha256-node.ts'],
  external: ['#sha256'],
  // Entries land in dist/ under their own folder names, so `exports` reads like src/.
  outDir: 'dist',
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  splitting: true,
  sourcemap: false,
  clean: true,
  dts: {
    // `await using` on a stream: consumers whose `lib` is older must know the words.
    banner: '/// <reference lib="esnext.disposable" />',
    entry: exported,
  },
  async onSuccess() {
    await joinChunks(resolve('dist'), started);
    // Data for programs in any language; nothing imports it, so nothing else would bring it along.
    await copyFile('src/formats/schema.json', 'dist/schema.json');
  },
});
