import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'tsup';
import { expect, it, onTestFinished } from 'vitest';

/** What an import of the catalog may cost, minified and compressed, in bytes. */
const BUDGET = 16_000;

type Outputs = Readonly<Record<string, Output>>;
interface Output {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

function at(outputs: Outputs, name: string): Output {
  const found = Object.entries(outputs).find(([path]) => basename(path) === name);
  if (found === undefined) throw new Error(`the bundle has no ${name}`);
  return found[1];
}

/** A file of the bundle, and what loading it loads. */
function loadedBy(outputs: Outputs, name: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  for (const { path, kind } of at(outputs, name).imports) {
    if (kind === 'import-statement') loadedBy(outputs, basename(path), seen);
  }
  return [...seen];
}

it('the catalog stands alone and stays small', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'catalog-'));
  onTestFinished(() => rmSync(outDir, { recursive: true }));
  await build({
    config: false,
    entry: [fileURLToPath(new URL('../../src/catalog/index.ts', import.meta.url))],
    outDir,
    format: 'esm',
    minify: true,
    metafile: true,
    silent: true,
  });

  const { outputs } = JSON.parse(readFileSync(join(outDir, 'metafile-esm.json'), 'utf8')) as { outputs: Outputs };
  const loaded = loadedBy(outputs, 'index.js');
  const inputs = loaded.flatMap((name) => Object.keys(at(outputs, name).inputs));
  for (const input of inputs) expect(input).toMatch(/(^|\/)src\/catalog\/[a-z-]+\.ts$/);
  // The names of all services are there for `everywhere`, in files that nothing loads before.
  const lazy = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  expect(lazy.filter((input) => input.includes('/services/data/')).length).toBe(2);

  const size = loaded.reduce((sum, name) => sum + gzipSync(readFileSync(join(outDir, name))).length, 0);
  expect(size).toBeGreaterThan(1000);
  expect(size).toBeLessThanOrEqual(BUDGET);
});

it.each(['aws', 'ibm'])(
  'the names of every service of %s bundle for a browser, and wait in a file of their own',
  async (name) => {
    const outDir = mkdtempSync(join(tmpdir(), 'services-'));
    onTestFinished(() => rmSync(outDir, { recursive: true }));
    await build({
      config: false,
      entry: [fileURLToPath(new URL(`../../src/catalog/services/${name}.ts`, import.meta.url))],
      outDir,
      format: 'esm',
      platform: 'browser',
      minify: true,
      metafile: true,
      silent: true,
    });

    const { outputs } = JSON.parse(readFileSync(join(outDir, 'metafile-esm.json'), 'utf8')) as { outputs: Outputs };
    const all = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
    for (const input of all) expect(input).toMatch(/(^|\/)src\/catalog\//);
    const loaded = loadedBy(outputs, `${name}.js`);
    const inputs = loaded.flatMap((file) => Object.keys(at(outputs, file).inputs));
    expect(inputs.filter((input) => input.includes('/data/'))).toEqual([]);
    expect(all.filter((input) => input.includes('/data/'))).toHaveLength(1);
    const size = loaded.reduce((sum, file) => sum + gzipSync(readFileSync(join(outDir, file))).length, 0);
    expect(size).toBeLessThanOrEqual(2_500);
  },
);
