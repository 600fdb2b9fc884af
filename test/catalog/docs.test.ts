import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TABLES } from './docs-tables.ts';

const PAGES = ['actions.md', 'catalog-aws.md', 'catalog-ibm.md'];
/** `<!-- generated: NAME -->`, a table, `<!-- /generated -->`. */
const GENERATED = /(<!-- generated: (\S+) -->\n)[\s\S]*?(\n?<!-- \/generated -->)/g;

const pathOf = (page: string): URL => new URL(`../../docs/${page}`, import.meta.url);

describe.each(PAGES)('docs/%s', (page) => {
  it('has the tables that the catalog gives; UPDATE=1 writes them', () => {
    const text = readFileSync(pathOf(page), 'utf8');
    const current = text.replace(GENERATED, (_, start: string, name: string) => {
      const render = TABLES[name];
      if (render === undefined) throw new Error(`docs/${page} wants a table ${name}, which nothing makes`);
      return `${start}\n${render()}\n\n<!-- /generated -->`;
    });
    if (process.env['UPDATE'] === '1') writeFileSync(pathOf(page), current);
    else expect(text).toBe(current);
  });
});

it('every table is on some page', () => {
  const shown = PAGES.flatMap((page) =>
    [...readFileSync(pathOf(page), 'utf8').matchAll(GENERATED)].map(([, , name]) => name),
  );
  expect(shown.sort()).toEqual(Object.keys(TABLES).sort());
});
