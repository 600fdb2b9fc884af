import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

// What an import weighs in a bundle: minified, gzipped, with dependencies and without the vendors' SDKs. `npm test`
// builds before it comes here.
const DIST = resolve(import.meta.dirname, '../dist');
/** Nothing is written to it. */
const OUT = resolve(import.meta.dirname, '../bundles');

interface Bundle {
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
  readonly metafile: {
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, Output>>;
  };
}

interface Output {
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
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
    splitting: true,
    outdir: OUT,
    platform: 'node',
    // As for whoever installs it: the paths of this repository's tsconfig.json are not for them.
    tsconfigRaw: {},
    logLevel: 'error',
    external: ['@aws-sdk/*', '@ibm-cloud/*', 'ibm-cloud-sdk-core'],
  });

/** What is loaded with the entry; and whatever it may load when it is asked for, unless `only` says otherwise. */
function sizeOf({ outputFiles, metafile: { outputs } }: Bundle, entry: string, only?: 'at import'): number {
  const start = Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith(entry)) ?? '';
  const loaded = new Set([start]);
  for (const path of loaded) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if ((!only || kind === 'import-statement') && next in outputs) loaded.add(next);
    }
  }
  const files = [...loaded].map((path) => outputFiles.find((file) => file.path === resolve(path))?.contents);
  return gzipSync(Buffer.concat(files.map((contents) => contents ?? Buffer.alloc(0)))).length;
}

describe('bundles stay as small as they are', () => {
  // Kilobytes. docs/performance.md says what was aimed at; a budget that is passed is raised on purpose or not at all.
  test.each([
    // The names of every other service are half a megabyte of text, and few programs ask for them.
    { entry: 'catalog/index.js', atImport: 11.5, inAll: 160 },
    { entry: 'index.js', atImport: 12, inAll: 14.5 },
    { entry: 'providers/aws/index.js', atImport: 24.5, inAll: 35.5 },
    { entry: 'providers/aws/fetch/index.js', atImport: 8, inAll: 8 },
    { entry: 'providers/ibm/index.js', atImport: 26.5, inAll: 43.5 },
    { entry: 'formats/index.js', atImport: 13.5, inAll: 13.5 },
  ])('$entry', async ({ entry, atImport, inAll }) => {
    const built = await bundle(entry);
    const size = sizeOf(built, `dist/${entry}`, 'at import');
    const whole = sizeOf(built, `dist/${entry}`);
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThan(atImport * 1000);
    expect(whole).toBeGreaterThanOrEqual(size);
    expect(whole).toBeLessThan(inAll * 1000);
  });

  test('the fetch client adds less than 8 kB to a program that reads CloudTrail, and leaves the SDK out', async () => {
    const weigh = async (client: string, more: string) => {
      const contents = `
        import { events } from '${DIST}/index.js';
        import { cloudTrailLookup } from '${DIST}/providers/aws/index.js';
        ${more}
        export const read = (credentials, given) => events(cloudTrailLookup({ region: 'us-east-1', client: ${client} })).toArray();`;
      const stdin = { contents, resolveDir: DIST };
      const options = {
        stdin,
        bundle: true,
        minify: true,
        metafile: true,
        write: false,
        outdir: OUT,
        platform: 'browser',
      };
      const { outputFiles, metafile } = await build({ ...options, format: 'esm', logLevel: 'error' });
      const sdk = Object.keys(metafile.inputs).filter((path) => /^node_modules.*@(?:aws-sdk|smithy)/.test(path));
      return { size: gzipSync(outputFiles[0]?.contents ?? '').length, sdk };
    };
    const bare = await weigh('given', '');
    const slim = await weigh(
      "fetchClient({ region: 'us-east-1', credentials })",
      `import { fetchClient } from '${DIST}/providers/aws/fetch/index.js';`,
    );
    expect(bare.size).toBeGreaterThan(1000);
    expect(slim.size - bare.size).toBeGreaterThan(1000);
    expect(slim.size - bare.size).toBeLessThan(8000);
    expect(slim.sdk).toEqual([]);
  });

  test('the catalog brings no dependency along', async () => {
    const { metafile } = await bundle('catalog/index.js');
    expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  test('"." needs neither the catalog nor a hash function in Node', async () => {
    const { metafile, outputFiles } = await bundle('index.js');
    expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
    for (const { contents } of outputFiles) expect(Buffer.from(contents).includes('CancelRotateSecret')).toBe(false);
    const ofCatalog = await bundle('catalog/index.js');
    expect(ofCatalog.outputFiles.some(({ contents }) => Buffer.from(contents).includes('CancelRotateSecret'))).toBe(
      true,
    );
  });
});
