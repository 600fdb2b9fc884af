import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');
const STATIC = /(?:^|\n)\s*(?:import|export)\s+(?!type\s)[^;'"]*?from\s+['"]([^'"]+)['"]/g;
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Modules and packages that loading these modules loads. */
function loadedBy(...names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const from of imports(name, STATIC)) {
      if (from.startsWith('.')) visit(target(name, from));
      else seen.add(from);
    }
  };
  names.forEach(visit);
  return [...seen];
}

function imports(name: string, pattern: RegExp): readonly string[] {
  const text = readFileSync(join(SRC, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(pattern)].map((match) => match[1] as string);
}

function target(name: string, from: string): string {
  return relative(SRC, resolve(dirname(join(SRC, name)), from));
}

describe('starting up', () => {
  const heavy = /^(?:providers|reader)\/|^@|^(?:cli-table3|csv-stringify|tinyglobby)/;

  test('loads the commands and neither providers nor the reader', () => {
    const loaded = loadedBy('cli/bin.ts');
    expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
    expect(loaded).toContain('cli/commands/query.ts');
  });

  test('the catalog needs no more', () => {
    const lazy = imports('cli/commands/catalog.ts', LAZY).map((from) => target('cli/commands/catalog.ts', from));
    expect(lazy.length).toBeGreaterThan(2);
    const loaded = loadedBy(...lazy).filter((name) => heavy.test(name) && !name.startsWith('csv-stringify'));
    expect(loaded).toEqual([]);
  });

  test('words become sources without a provider, until one is named', () => {
    expect(loadedBy('cli/sources.ts').filter((name) => heavy.test(name))).toEqual([]);
    expect(imports('cli/sources.ts', LAZY)).toContain('../providers/aws/cloudtrail-lookup.ts');
  });
});
