import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'tsup';
import { expect, it, onTestFinished } from 'vitest';

/** What an import of the catalog may cost, minified and compressed, in bytes. */
const BUDGET = 16_000;

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

  const { inputs } = JSON.parse(readFileSync(join(outDir, 'metafile-esm.json'), 'utf8'));
  for (const input of Object.keys(inputs)) expect(input).toMatch(/(^|\/)src\/catalog\/[a-z-]+\.ts$/);

  const size = gzipSync(readFileSync(join(outDir, 'index.js'))).length;
  expect(size).toBeGreaterThan(1000);
  expect(size).toBeLessThanOrEqual(BUDGET);
});
