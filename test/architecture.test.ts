import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

// The one-way flow of docs/architecture.md: a file imports its own layer or one further left.
const ROOT = resolve(import.meta.dirname, '../src');
const LAYERS = ['catalog', 'model', 'filter', 'source', 'providers', 'beside', 'cli'] as const;
/** Layers that stand side by side and see only each other's entry points. */
const BESIDE = ['reader', 'formats', 'alarms', 'testing'];
/** Vendor packages, each imported lazily and from one file of its provider. */
const VENDORS = /^(?:@aws-sdk\/|@ibm-cloud\/|ibm-cloud-sdk-core)/;

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function importsOf(name: string): Import[] {
  const text = readFileSync(join(ROOT, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s+['"]([^'"]+)['"]/g)) {
    found.push({ file: name, from: match[2] as string, typeOnly: match[1] !== undefined, lazy: false });
  }
  for (const match of text.matchAll(/(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)) {
    found.push({ file: name, from: match[1] as string, typeOnly: false, lazy: false });
  }
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ file: name, from: match[1] as string, typeOnly: false, lazy: true });
  }
  return found;
}

const all = files.flatMap(importsOf);
const target = (found: Import) =>
  relative(ROOT, resolve(dirname(join(ROOT, found.file)), found.from))
    .split(sep)
    .join('/');
const own = all.filter((found) => found.from.startsWith('.'));
const packages = all.filter((found) => !found.from.startsWith('.') && !found.from.startsWith('node:'));

const room = (name: string) => name.split(/[\\/]/)[0] as string;
function layer(name: string): number {
  if (!/[\\/]/.test(name)) return LAYERS.indexOf('beside'); // src/index.ts, the entry over the reader
  const folder = room(name);
  return LAYERS.indexOf(BESIDE.includes(folder) ? 'beside' : (folder as (typeof LAYERS)[number]));
}

describe('architecture', () => {
  test('finds the files and their imports', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(own.length).toBeGreaterThan(files.length);
  });

  test('every folder of src has a layer', () => {
    expect(files.filter((name) => layer(name) < 0)).toEqual([]);
  });

  test('imports point left', () => {
    expect(
      own.filter((found) => layer(target(found)) > layer(found.file)).map((found) => `${found.file} -> ${found.from}`),
    ).toEqual([]);
  });

  test('the catalog imports nothing but itself', () => {
    expect(
      all.filter(
        (found) => room(found.file) === 'catalog' && !(found.from.startsWith('.') && room(target(found)) === 'catalog'),
      ),
    ).toEqual([]);
  });

  test('providers do not import each other, but for the record formats that log files are made of', () => {
    const provider = (name: string) => name.split(/[\\/]/)[1] as string;
    const across = own.filter(
      (found) =>
        room(found.file) === 'providers' &&
        room(target(found)) === 'providers' &&
        provider(found.file) !== provider(target(found)),
    );
    const allowed = /^providers\/(?:aws|ibm)\/format\.ts$/;
    expect(
      across
        .filter((found) => provider(found.file) !== 'files' || !allowed.test(target(found)))
        .map((found) => `${found.file} -> ${found.from}`),
    ).toEqual([]);
  });

  test('rooms that stand side by side do not see each other', () => {
    const across = own.filter((found) => {
      const [from, to] = [room(found.file), room(target(found))];
      return BESIDE.includes(from) && BESIDE.includes(to) && from !== to;
    });
    expect(across).toEqual([]);
  });

  test('formats know events, and no provider', () => {
    const allowed = /^(?:formats|catalog|model|filter|source)\//;
    expect(
      own
        .filter((found) => room(found.file) === 'formats' && !allowed.test(target(found)))
        .map((found) => `${found.file} -> ${found.from}`),
    ).toEqual([]);
  });

  test('"." loads no provider', () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const found of own) if (found.file === name && !found.typeOnly) visit(target(found));
    };
    visit('index.ts');
    expect([...seen].filter((name) => name.startsWith('providers/') || name.startsWith('cli/'))).toEqual([]);
    expect(seen.size).toBeGreaterThan(8);
  });

  test('vendor packages are loaded lazily, from clients.ts only', () => {
    const vendors = packages.filter((found) => VENDORS.test(found.from) && !found.typeOnly);
    expect(vendors.filter((found) => !found.lazy || !found.file.endsWith('clients.ts'))).toEqual([]);
  });

  test('file names are kebab-case, and no room is a drawer', () => {
    expect(files.filter((name) => !/^[a-z0-9/\\-]+\.ts$/.test(name))).toEqual([]);
    expect(files.filter((name) => /(?:utils?|helpers?|common|types|base|manager|misc)\.ts$/.test(name))).toEqual([]);
  });
});
