import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { explorerPage } from '../docs/build/explorer.mjs';
import { CATALOG, equivalents, searchCatalog, VAULT_PATTERNS } from '../src/catalog/index.ts';
import { cli } from './cli/world.ts';
import { hasBrowser, startBrowser, WHERE } from './support/browser.ts';

// The catalog explorer as people have it: one file, opened from the disk in a real browser.
const ALL = [...CATALOG, ...VAULT_PATTERNS].map(({ name }) => name);
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
const file = join(folder, 'explorer.html');
const address = pathToFileURL(file).href;

beforeAll(async () => writeFileSync(file, await explorerPage()));
afterAll(() => rmSync(folder, { recursive: true }));

test('the page needs no other file and no other host', async () => {
  const page = readFileSync(file, 'utf8');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(?:script|img|iframe)[^>]+src=|<link[^>]+href="(?!data:)|url\(|@import/);
});

describe.skipIf(!hasBrowser)(`the catalog explorer in Chromium ${WHERE}`, () => {
  let browser: Browser | undefined;
  /** What must not happen on any page: errors, words on the console, requests to anywhere else. */
  let trouble: string[] = [];

  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    const seen = trouble;
    trouble = [];
    expect(seen).toEqual([]);
  });

  async function open(hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    // Here and not before all tests, so that each of them fails where it cannot be started.
    browser ??= await startBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => trouble.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (url.split('#')[0] !== address && url !== 'data:,') trouble.push(`request: ${url}`);
    });
    await page.goto(address + hash);
    return page;
  }

  const search = (page: Page) => page.getByRole('searchbox', { name: 'Search' });
  const select = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
  const row = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const names = (page: Page) => page.locator('tbody th').allTextContents();
  const count = (page: Page) => page.locator('#count').textContent();

  test('shows every name that the package exports, once', async () => {
    const page = await open();
    expect(await names(page)).toEqual(ALL);
    expect(await count(page)).toBe(`${ALL.length} of ${ALL.length} names`);
  });

  test('searches as the package does, typos and order included', async () => {
    const page = await open();
    for (const text of ['rotation', 'get-secret-vlaue', 'lock', 'secret.read']) {
      await search(page).fill(text);
      const found = searchCatalog(text).map(({ name }) => name);
      expect(found.length).toBeGreaterThan(0);
      expect((await names(page)).slice(0, found.length), text).toEqual(found);
    }
    await search(page).fill('certificate.issue');
    expect(await names(page)).toContain('secrets-manager.issue.<role>');
    await search(page).fill('no such thing at all');
    expect(await names(page)).toEqual([]);
    expect(await count(page)).toBe(`0 of ${ALL.length} names`);
  });

  test.each([
    ['Cloud', 'ibm', CATALOG.filter(({ provider }) => provider === 'ibm')],
    ['Action', 'secret.read', CATALOG.filter(({ action }) => action === 'secret.read')],
    ['Kind', 'notification', CATALOG.filter(({ kind }) => kind === 'notification')],
    ['Read-only', 'yes', CATALOG.filter(({ readOnly }) => readOnly === true)],
    ['Read-only', 'unknown', CATALOG.filter(({ readOnly }) => readOnly === undefined)],
    ['Status', 'retired', CATALOG.filter(({ status }) => status === 'retired')],
  ])('keeps to %s %s', async (label, value, expected) => {
    const page = await open();
    await select(page, label).selectOption(value);
    const families = VAULT_PATTERNS.map(({ name }) => name as string);
    expect((await names(page)).filter((name) => !families.includes(name))).toEqual(expected.map(({ name }) => name));
    expect(expected.length).toBeGreaterThan(0);
  });

  test('conditions hold together, are kept in the address, and can be cleared', async () => {
    const page = await open();
    await select(page, 'Cloud').selectOption('aws');
    await select(page, 'Read-only').selectOption('no');
    await search(page).fill('delete');
    const expected = searchCatalog('delete', { provider: 'aws' }).filter(({ readOnly }) => readOnly === false);
    expect(await names(page)).toEqual(expected.map(({ name }) => name));
    await page.reload();
    expect(await names(page)).toEqual(expected.map(({ name }) => name));
    expect(await search(page).inputValue()).toBe('delete');
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await names(page)).toEqual(ALL);
    expect(await search(page).inputValue()).toBe('');
  });

  test('a row opens to its meaning, its equivalents and its queries, and closes', async () => {
    const page = await open();
    await row(page, 'DeleteSecret').click();
    const details = page.locator('.details');
    expect(await row(page, 'DeleteSecret').getAttribute('aria-expanded')).toBe('true');
    expect(await details.getByRole('heading').allTextContents()).toEqual([
      'Meaning',
      'The same in IBM Cloud',
      'Queries',
    ]);
    expect(await details.locator('li a').allTextContents()).toEqual(
      equivalents('DeleteSecret').map(({ name }) => name),
    );
    await details.locator('li a').first().click();
    expect(await row(page, 'secrets-manager.secret.delete').getAttribute('aria-expanded')).toBe('true');
    await page.goBack();
    expect(await row(page, 'DeleteSecret').getAttribute('aria-expanded')).toBe('true');
    await row(page, 'DeleteSecret').click();
    expect(await details.count()).toBe(0);
  });

  test('every row opens', async () => {
    const page = await open();
    const opened = await page.evaluate(`(async () => {
      const opened = [];
      for (const button of document.querySelectorAll('tbody th button')) {
        button.click();
        // The queries are there when nothing that was promised is open.
        await new Promise((resolve) => setTimeout(resolve));
        const queries = document.querySelectorAll('.details figure').length;
        const says = document.querySelector('.queries')?.textContent.includes('No log of either cloud');
        if (document.querySelectorAll('.details').length === 1 && (queries > 1) !== says) opened.push(button.textContent);
      }
      return opened;
    })()`);
    expect(opened).toEqual(ALL);
  });

  test('the queries are those of the command line', async () => {
    const page = await open('#event=GetSecretValue');
    const queries = page.getByRole('region');
    const languages = {
      'CloudTrail lookup attribute': 'lookup-attribute',
      'CloudWatch Logs filter pattern': 'filter-pattern',
      'CloudWatch Logs Insights': 'logs-insights',
      'EventBridge event pattern': 'event-pattern',
      'Athena SQL': 'athena-sql',
      DataPrime: 'dataprime',
      Lucene: 'lucene',
      'Activity Tracker search': 'activity-tracker-search',
    };
    const shown = async () => {
      const figures = await page.locator('figure').all();
      const pairs = figures.map(async (figure) => [
        await figure.locator('strong').textContent(),
        await figure.locator('pre').textContent(),
      ]);
      return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
    };
    await queries.first().waitFor();
    const { Filter: filter, ...byName } = await shown();
    expect(filter).toBe('{"name":"GetSecretValue"}');
    // IBM's languages have nothing to ask for by a name of AWS.
    expect(Object.keys(byName)).toEqual(Object.keys(languages).slice(0, 5));

    await page.getByRole('radio', { name: 'secret.read, in both clouds' }).check();
    await page.getByRole('checkbox', { name: 'denied only' }).check();
    await page.getByText('{"action":"secret.read","denied":true}').waitFor();
    const { Filter: _, ...byAction } = await shown();
    expect(Object.keys(byAction)).toEqual(Object.keys(languages));
    for (const [title, language] of Object.entries(languages)) {
      const { out } = await cli('query', language, '--action', 'secret.read', '--denied');
      expect(byAction[title], language).toBe(out.trimEnd());
    }
  });

  test.each([
    ['by the clipboard', ''],
    ['the older way, where there is none', "Object.defineProperty(navigator, 'clipboard', { value: undefined })"],
  ])('copies a query: %s', async (_, script) => {
    const page = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(script);
    await page.reload();
    await row(page, 'CreateSecret').click();
    await page.getByRole('button', { name: 'Copy: CloudWatch Logs filter pattern' }).click();
    await page.getByText('Copied: CloudWatch Logs filter pattern').waitFor({ state: 'attached' });
    await search(page).focus();
    await page.keyboard.press('Control+V');
    expect(await search(page).inputValue()).toBe('{ $.eventName = "CreateSecret" }');
  });

  test('a link to a row leads to it, whatever was looked for before', async () => {
    const page = await open('#text=rotation&provider=ibm');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${address}#event=GetSecretValue`);
    expect(await row(page, 'GetSecretValue').getAttribute('aria-expanded')).toBe('true');
    expect(await names(page)).toEqual(ALL);
    await page.getByRole('button', { name: 'Copy link: GetSecretValue' }).click();
    await page.getByText('Copied: GetSecretValue').waitFor({ state: 'attached' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${address}#event=GetSecretValue`);
  });

  test('an address that means nothing harms nothing', async () => {
    const page = await open('#provider=__proto__&kind=constructor&event=<img src=x onerror=alert(1)>&text=%E0%A4%A');
    expect(await count(page)).toContain('"<img src=x onerror=alert(1)>" is not in the catalog');
    expect(await page.locator('img').count()).toBe(0);
    await page.goto(`${address}#event=GetSecretVlaue`);
    await page.getByText('did you mean GetSecretValue?').waitFor();
  });

  test('is used by the keyboard alone', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the link that skips to the search
    await page.keyboard.type('secret.delete');
    await row(page, 'DeleteSecret').focus();
    await page.keyboard.press('ArrowDown');
    const shown = await names(page);
    const next = shown[shown.indexOf('DeleteSecret') + 1] as string;
    expect(await page.evaluate('document.activeElement.textContent')).toBe(next);
    await page.keyboard.press('Enter');
    expect(await row(page, next).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe(`Copy link: ${next}`);
  });

  test.each([
    ['light', {}],
    ['dark', {}],
    ['light', PHONE],
  ] as const)('axe-core finds nothing to complain about: %s %j', async (colorScheme, device) => {
    for (const hash of ['', '#text=secret.read&event=GetSecretValue', '#event=secrets-manager.data.<path>']) {
      const page = await open(hash, { colorScheme, ...device });
      await page.evaluate(axe.source);
      const found = (await page.evaluate('axe.run()')) as {
        passes: unknown[];
        violations: { id: string; nodes: { html: string }[] }[];
      };
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(found.passes.length).toBeGreaterThan(10);
    }
  });

  test.each(['', '#event=secrets-manager.data.<path>', '#event=GetSecretValue'])('fits a phone: %s', async (hash) => {
    const page = await open(hash, PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
