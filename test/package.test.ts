import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What people install: the built files, seen from outside. `npm test` builds before it comes here.
const ROOT = resolve(import.meta.dirname, '..');
const pkg = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  exports: Record<string, string | { types: string; default: string }>;
  bin: Record<string, string>;
};
const entries = Object.entries(pkg.exports).flatMap(([key, entry]) =>
  typeof entry === 'object' ? [{ key, ...entry }] : [],
);

beforeAll(() => {
  if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('there is no dist/ to test; run `npm run build` first');
});

describe('the built package', () => {
  const consumer = mkdtempSync(join(ROOT, 'node_modules/.consumer-'));
  afterAll(() => rmSync(consumer, { recursive: true, force: true }));

  test.each(entries)('$key imports, and gives something', async ({ default: file }) => {
    const module = (await import(join(ROOT, file))) as object;
    expect(Object.keys(module).length).toBeGreaterThan(0);
  });

  test.each([
    ['nodenext, Node', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext, [], ['node']],
    ['nodenext, DOM', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext, ['lib.dom.d.ts'], []],
    ['bundler, DOM', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler, ['lib.dom.d.ts'], []],
  ])('its types compile for a consumer without skipLibCheck: %s', (_, module, moduleResolution, libs, types) => {
    const code = entries
      .map(
        ({ key }, i) =>
          `import * as entry${i} from '${key.replace(/^\./, 'secret-events')}';\nexport const used${i}: object = entry${i};`,
      )
      .join('\n');
    writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(consumer, 'index.ts'), code);
    const link = join(consumer, 'node_modules');
    if (!existsSync(link)) {
      ts.sys.createDirectory(link);
      symlinkSync(ROOT, join(link, 'secret-events'));
    }
    const program = ts.createProgram([join(consumer, 'index.ts')], {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', ...libs],
      types,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    });
    expect(
      ts
        .getPreEmitDiagnostics(program)
        .map((found) => `${found.file?.fileName}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`),
    ).toEqual([]);
  });

  test('the types of "." and "./catalog" name no vendor package', () => {
    for (const { types } of entries)
      expect(readFileSync(join(ROOT, types), 'utf8')).not.toMatch(/from ['"](?:@aws-sdk|@ibm-cloud|ibm-cloud)/);
  });

  const bin = join(ROOT, pkg.bin['secret-events'] as string);
  const said = (...argv: readonly string[]) =>
    spawnSync(process.execPath, argv, { cwd: ROOT, encoding: 'utf8' }).stdout.trim();

  test('the command line says its version', () => {
    expect(said(bin, '--version')).toBe(pkg.version);
  });

  test('a process without WebAssembly reads the same', () => {
    expect(said('--jitless', '-p', 'typeof WebAssembly')).toBe('undefined');
    const read = [bin, 'read', 'samples', '--scope', 'all', '--format', 'jsonl'];
    expect(said(...read).split('\n').length).toBeGreaterThan(50);
    expect(said('--jitless', ...read)).toBe(said(...read));
  });
});
