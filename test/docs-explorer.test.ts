import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { explorerPage } from '../docs/build/explorer.mjs';
import { CATALOG, equivalents, searchCatalog, VAULT_PATTERNS } from '../src/catalog/index.ts';
import { eventSources, serviceEvents, unsourcedServices } from '../src/catalog/services/aws.ts';
import { otherEvents } from '../src/catalog/services/everywhere.ts';
import { actionServices } from '../src/catalog/services/ibm.ts';
import { parseFilter } from '../src/filter/parse.ts';
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

test('the names of every service are in the page once, and in no script that runs', async () => {
  const page = readFileSync(file, 'utf8');
  const scripts = [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
  const holding = scripts.filter(
    ([, , text]) => text?.includes('CancelPolicyGeneration') || text?.includes('ibm-cloud-docs/atracker:'),
  );
  expect(holding.map(([, attributes]) => attributes).sort()).toEqual([
    ' type="application/json" id="list-aws"',
    ' type="application/json" id="list-ibm"',
  ]);
  for (const name of ['CancelPolicyGeneration', 'UpdateFunctionCode20150331v2'])
    expect(page.split(name)).toHaveLength(2);
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

  /** What axe-core finds wrong with the page as it is. */
  async function complaints(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    const found = (await page.evaluate('axe.run()')) as {
      passes: unknown[];
      violations: { id: string; nodes: { html: string }[] }[];
    };
    expect(found.passes.length).toBeGreaterThan(10);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }

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
      expect(await complaints(page)).toEqual([]);
    }
  });

  test.each(['', '#event=secrets-manager.data.<path>', '#event=GetSecretValue'])('fits a phone: %s', async (hash) => {
    const page = await open(hash, PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  describe('names of every other service', () => {
    const counted = (page: Page, text: string) => page.locator('#count').getByText(text).waitFor();
    const opened = (page: Page) => page.locator('tbody th button[aria-expanded=true]');
    const facts = async (page: Page) => {
      const terms = await page.locator('.details dt').allTextContents();
      const values = await page.locator('.details dd').allTextContents();
      return Object.fromEntries(terms.map((term, i) => [term, values[i]]));
    };
    /** Which of the page's texts were taken to be unpacked. */
    const COUNT_UNPACKED = `
      globalThis.unpacked = [];
      const { parse } = JSON;
      JSON.parse = (text, ...rest) => {
        for (const element of document.querySelectorAll('script[id]')) {
          if (element.textContent === text) globalThis.unpacked.push(element.id);
        }
        return parse(text, ...rest);
      };`;
    const unpacked = (page: Page) => page.evaluate('globalThis.unpacked');

    test('nothing of them is unpacked before somebody asks', async () => {
      const page = await open();
      await page.addInitScript(COUNT_UNPACKED);
      await page.reload();
      expect(await count(page)).toBe(`${ALL.length} of ${ALL.length} names`);
      await search(page).fill('secret.delete');
      await select(page, 'Cloud').selectOption('aws');
      await row(page, 'DeleteSecret').click();
      await page.getByRole('region').first().waitFor();
      await page.goto(`${address}#event=GetSecretValue`);
      expect(await unpacked(page)).toEqual([]);
      expect(await page.locator('#service option').count()).toBe(2);
      await select(page, 'Service').selectOption('every');
      await counted(page, ' names, the first 300 shown');
      expect(((await unpacked(page)) as string[]).sort()).toEqual(['list-aws', 'list-ibm']);
      await select(page, 'Service').selectOption('');
      await counted(page, `of ${ALL.length} names`);
    });

    test('every service of both clouds can be chosen, and every name is counted', async () => {
      const page = await open('#service=every');
      await counted(page, 'the first 300 shown');
      const offered = (await page.evaluate(
        "[...document.querySelectorAll('#service option')].map(({ value }) => value)",
      )) as string[];
      const services = [
        ...(await eventSources()).map(({ source }) => source),
        ...(await unsourcedServices()).map(({ product }) => product),
        ...(await actionServices()).flatMap(({ title, services }) => (services.length > 0 ? services : [title])),
      ];
      expect([...offered].sort()).toEqual(['', 'every', ...new Set(services)].sort());
      // Families of the secrets managers' own are rows of the catalog, and not a second time of the lists.
      const others = (await otherEvents()).filter(
        ({ name, service }) => service !== 'secrets-manager' || !ALL.includes(name),
      );
      expect(await count(page)).toContain(`${ALL.length + others.length} of ${ALL.length + others.length} names`);
    });

    test('of many rows only a part is there, and the next are a press of a button away', async () => {
      const page = await open('#service=ec2.amazonaws.com');
      const known = (await serviceEvents('ec2.amazonaws.com')).length;
      await counted(page, `${known} of ${known} names of ec2.amazonaws.com, the first 300 shown`);
      expect(await page.locator('tbody tr').count()).toBe(300);
      await page.getByRole('button', { name: `Show 300 more of ${known - 300}` }).click();
      expect(await page.locator('tbody tr').count()).toBe(600);
      // The keyboard goes on where the rows do.
      const next = await page.evaluate('document.activeElement === document.querySelectorAll("tbody th button")[300]');
      expect(next).toBe(true);
      await page.getByRole('button', { name: `Show ${known - 600} more` }).click();
      expect(await page.locator('tbody tr').count()).toBe(known);
      expect(await page.locator('#more').isHidden()).toBe(true);
    });

    test('a text is looked for everywhere, or in one service', async () => {
      const page = await open();
      await search(page).fill('Decrypt');
      await page.getByRole('button', { name: 'Search every service' }).click();
      const found = await searchCatalog('Decrypt', { everywhere: true });
      await counted(page, `${found.length} of 2`);
      const places = found.map((entry) => entry.service ?? ('product' in entry && entry.product));
      expect(await names(page)).toEqual(found.map(({ name }, i) => `${name} ${places[i]}`));
      expect(await page.evaluate('document.activeElement.id')).toBe('text');
      await select(page, 'Service').selectOption('kms');
      await search(page).fill('unwarp');
      const kms = await searchCatalog('unwarp', { everywhere: true, service: 'kms' });
      await counted(page, `${kms.length} of `);
      expect(await names(page)).toEqual(kms.map(({ name }) => `${name} kms`));
      expect(kms.length).toBeGreaterThan(0);
      expect(await page.evaluate('location.hash')).toBe('#text=unwarp&service=kms');
      await search(page).fill('no such thing at all');
      await counted(page, '0 of ');
      await page.getByRole('button', { name: 'Clear' }).click();
      await counted(page, `${ALL.length} of ${ALL.length} names`);
    });

    test.each([
      ['Cloud', 'ibm', 'provider', 'ibm'],
      ['Read-only', 'yes', 'readOnly', true],
      ['Status', 'retired', 'status', 'retired'],
    ] as const)('keeps to %s %s', async (label, value, key, expected) => {
      const page = await open('#service=every&text=instance');
      await counted(page, ' names');
      await select(page, label).selectOption(value);
      const found = (await searchCatalog('instance', { everywhere: true })).filter((entry) => entry[key] === expected);
      expect(found.length).toBeGreaterThan(0);
      await counted(page, `${found.length} of `);
    });

    test('a link leads to a name of a service, with what is known and its queries', async () => {
      const page = await open('#service=kms.amazonaws.com&event=Decrypt');
      await opened(page).waitFor();
      expect(await opened(page).textContent()).toBe('Decrypt kms.amazonaws.com');
      expect(await select(page, 'Service').inputValue()).toBe('kms.amazonaws.com');
      expect(await facts(page)).toMatchObject({
        'Event source': 'kms.amazonaws.com',
        'Known by': expect.stringContaining('public model'),
        Called: 'KMS',
        'Read-only': 'unknown: no model says it',
        Status: 'current',
        From: expect.stringMatching(/^aws-sdk-kotlin@\w+ \(\d{4}-\d\d-\d\d\)/),
      });
      const titles = page.locator('figcaption strong');
      await titles.nth(1).waitFor();
      expect(await titles.allTextContents()).toEqual([
        'Filter',
        'CloudTrail lookup attribute',
        'CloudWatch Logs filter pattern',
        'CloudWatch Logs Insights',
        'EventBridge event pattern',
        'Athena SQL',
      ]);
      const words = ['--scope', 'all', '--service', 'kms.amazonaws.com', '--name', 'Decrypt'];
      const { out } = await cli('query', 'logs-insights', ...words);
      expect(await page.getByRole('region', { name: 'CloudWatch Logs Insights' }).textContent()).toBe(out.trimEnd());
      await page.getByRole('radio', { name: 'everything of kms.amazonaws.com' }).check();
      await page.getByText('{"service":"kms.amazonaws.com"}').waitFor();
    });

    test('a query and a link of such a name are copied', async () => {
      const page = await open('#service=every&text=kms.secrets.unwrap');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await row(page, 'kms.secrets.unwrap kms').click();
      expect(await page.evaluate('location.hash')).toBe(
        '#text=kms.secrets.unwrap&service=every&event=kms.secrets.unwrap&of=kms',
      );
      await page.getByRole('button', { name: 'Copy: DataPrime' }).click();
      await page.getByText('Copied: DataPrime').waitFor({ state: 'attached' });
      const words = ['--scope', 'all', '--service', 'kms', '--name', 'kms.secrets.unwrap'];
      const { out } = await cli('query', 'dataprime', ...words);
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(out.trimEnd());
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByText('Copied: kms.secrets.unwrap').waitFor({ state: 'attached' });
      const link = (await page.evaluate('navigator.clipboard.readText()')) as string;
      expect(link).toBe(`${address}#service=kms&event=kms.secrets.unwrap`);
      await page.reload();
      await opened(page).waitFor();
      await page.goto(link);
      await counted(page, ' names of kms');
      expect(await opened(page).textContent()).toBe('kms.secrets.unwrap kms');
      await opened(page).click();
      expect(await page.locator('.details').count()).toBe(0);
      await page.goBack();
      await opened(page).waitFor();
    });

    test.each([
      ['config.amazonaws.com', 'PutDeliveryChannel', 'Known by', 'corrected; Config Service: records'],
      ['signin.amazonaws.com', 'ConsoleLogin', 'Name', 'no operation of an API'],
      ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', 'From', 'public CloudTrail records'],
      ['databases-for-mysql', '<service_id>.user.create', 'Placeholders', 'words of their own'],
      ['(any service: provisioning)', '<service_name>.instance.create', 'Service', 'unknown'],
    ])('of %s %s it says what is special', async (service, event, term, says) => {
      const page = await open(`#${new URLSearchParams({ service, event })}`);
      await opened(page).waitFor();
      expect((await facts(page))[term]).toContain(says);
      const filter = await page.getByRole('region', { name: 'Filter', exact: true }).textContent();
      expect(() => parseFilter(filter ?? '')).not.toThrow();
      expect(filter).not.toContain('<');
    });

    test('a service without a known source is asked for by the name alone', async () => {
      const { product, names: known } = (await unsourcedServices())[0] as { product: string; names: readonly string[] };
      const page = await open(`#${new URLSearchParams({ service: product, event: known[0] as string })}`);
      await opened(page).waitFor();
      expect((await facts(page))['Event source']).toBe('unknown');
      expect(await page.getByRole('region', { name: 'Filter', exact: true }).textContent()).toBe(
        JSON.stringify({ provider: 'aws', name: known[0] }),
      );
    });

    test('a name of the same spelling is that of its service', async () => {
      const page = await open('#service=every&event=TagResource&of=kms.amazonaws.com');
      await opened(page).waitFor();
      expect(await opened(page).textContent()).toBe('TagResource kms.amazonaws.com');
      await page.goto(`${address}#service=kms.amazonaws.com&event=GetSecretValue`);
      await counted(page, `${ALL.length} of ${ALL.length} names`);
      expect(await opened(page).textContent()).toBe('GetSecretValue');
    });

    test('what no list has is said, with what may have been meant', async () => {
      const page = await open('#service=kms.amazonaw.com');
      await page.getByText('"kms.amazonaw.com" is no known service, did you mean kms.amazonaws.com?').waitFor();
      await page.goto(`${address}#service=kms.amazonaws.com&event=Decrytp`);
      await page.getByText('"Decrytp" is not in the catalog, did you mean Decrypt?').waitFor();
      await page.goto(`${address}#service=__proto__&of=constructor&event=%3Cb%3E`);
      await page.getByText('"__proto__" is no known service').waitFor();
    });

    test('the keyboard alone finds, opens and reads a name', async () => {
      const page = await open();
      await select(page, 'Service').focus();
      await page.keyboard.type('every');
      await counted(page, 'the first 300 shown');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.type('RotateKey');
      await page.keyboard.press('Tab');
      const target = row(page, 'RotateKey kms.amazonaws.com');
      await target.focus();
      await page.keyboard.press('Enter');
      expect(await target.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Copy link: RotateKey');
    });

    test.each([
      ['light', {}],
      ['dark', {}],
      ['light', PHONE],
    ] as const)('axe-core finds nothing to complain about: %s %j', async (colorScheme, device) => {
      for (const hash of ['#service=every&text=policy', '#service=kms.amazonaws.com&event=Decrypt']) {
        const page = await open(hash, { colorScheme, ...device });
        await page.locator('tbody .of').first().waitFor();
        if (hash.includes('event')) await page.locator('figure').nth(1).waitFor();
        expect(await complaints(page)).toEqual([]);
      }
    });

    test('fits a phone', async () => {
      for (const hash of ['#service=every', '#service=kms.amazonaws.com&event=Decrypt']) {
        const page = await open(hash, PHONE);
        await page.locator('tbody .of').first().waitFor({ state: 'attached' });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      }
    });
  });
});
