import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

// What an import weighs in a bundle: minified, gzipped, with dependencies and without the vendors' SDKs. `npm test`
// builds before it comes here.
const DIST = resolve(import.meta.dirname, '../dist');

interface Bundle {
  readonly outputFiles: readonly { readonly contents: Uint8Array }[];
  readonly metafile: { readonly inputs: Readonly<Record<string, unknown>> };
}

// The one that tsup builds with.
const ofTsup = createRequire(createRequire(import.meta.url).resolve('tsup'));
const { build } = ofTsup('esbuild') as { build(options: object): Promise<Bundle> };

const bundle = (entry: string) =>
  build({
    entryPoints: [join(DIST, entry)],
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    external: ['@aws-sdk/*', '@ibm-cloud/*', 'ibm-cloud-sdk-core'],
  });

describe('bundles stay as small as they are', () => {
  // Kilobytes. docs/performance.md says what was aimed at; a budget that is passed is raised on purpose or not at all.
  test.each([
    ['catalog/index.js', 11],
    ['index.js', 16],
    ['providers/aws/index.js', 40],
    ['providers/ibm/index.js', 43],
    ['formats/index.js', 22],
  ])('%s', async (entry, budget) => {
    const { outputFiles } = await bundle(entry);
    const size = gzipSync(outputFiles[0]?.contents ?? Buffer.alloc(0)).length;
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThan(budget * 1000);
  });

  test('the catalog brings no dependency along', async () => {
    const { metafile } = await bundle('catalog/index.js');
    expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
  });
});
