import { copyFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
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
    'src/cli/bin.ts',
  ],
  // Entries land in dist/ under their own folder names, so `exports` reads like src/.
  outDir: 'dist',
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  splitting: true,
  treeshake: true,
  sourcemap: false,
  clean: true,
  dts: {
    // `await using` on a stream: consumers whose `lib` is older must know the words.
    banner: '/// <reference lib="esnext.disposable" />',
    entry: [
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
    ],
  },
  // Data for programs in any language; nothing imports it, so nothing else would bring it along.
  onSuccess: () => copyFile('src/formats/schema.json', 'dist/schema.json'),
});
