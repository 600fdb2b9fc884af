import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contents } from '../docs/build/contents.mjs';

// The site that `npm run docs` makes, built once and read as files.
const ROOT = resolve(import.meta.dirname, '..');
const site = mkdtempSync(join(tmpdir(), 'site-'));
let pages: readonly string[] = [];

beforeAll(async () => {
  const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
  // Types are checked by `npm run docs:check`.
  await promisify(execFile)(process.execPath, [typedoc, '--out', site, '--skipErrorChecking'], { cwd: ROOT });
  pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
});
afterAll(() => rmSync(site, { recursive: true }));

const html = (page: string) => readFileSync(join(site, page), 'utf8');
const linksIn = (page: string) =>
  [...html(page).matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, link]) => link as string);

describe('the documentation site', () => {
  test('docs/README.md lists every page, each once', () => {
    const written = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.md') && name !== 'README.md' && !name.startsWith('site'),
    );
    expect(
      contents()
        .map(({ path }) => path)
        .sort(),
    ).toEqual([...written, '../CHANGELOG.md', '../CONTRIBUTING.md', '../SECURITY.md'].sort());
  });

  test('has every page and an entry point for each import', () => {
    const documents = pages.filter((name) => name.startsWith('documents'));
    expect(documents).toHaveLength(contents().length);
    expect(pages.filter((name) => name.startsWith('modules/')).length).toBeGreaterThan(5);
  });

  test('its sections come in the order of docs/README.md, and the modules behind them', () => {
    const sections = [...new Set(contents().map(({ section }) => section))];
    expect(sections.length).toBeGreaterThan(4);
    const shown = [...html('modules.html').matchAll(/<h2 [^>]*>([^<]+)/g)].map(([, title]) => title);
    expect(shown).toEqual([...sections, 'Modules']);
  });

  test('every link within it leads somewhere', () => {
    const broken = pages.flatMap((page) =>
      linksIn(page)
        .filter((link) => !/^(?:[a-z]+:|#|$)/.test(link))
        .map((link) => decodeURIComponent(link.split(/[?#]/)[0] as string))
        .filter((link) => link !== '' && !existsSync(join(site, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(pages.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  test('loads nothing from another host', () => {
    const loads = pages.flatMap(
      (page) => html(page).match(/<(?:link|script|img)\b[^>]*(?:href|src)="https?:[^>]*>/g) ?? [],
    );
    expect(loads).toEqual([]);
  });

  test('leads to the catalog explorer from every page', () => {
    expect(existsSync(join(site, 'explorer.html'))).toBe(true);
    for (const page of pages.filter((name) => name !== 'explorer.html')) {
      expect(
        linksIn(page).some((link) => /^(?:\.\.\/)*explorer\.html$/.test(link)),
        page,
      ).toBe(true);
    }
  });
});
