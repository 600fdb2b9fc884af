import { describe, expect, test } from 'vitest';
import { CATALOG, type CatalogEntry, searchCatalog } from '../../src/catalog/index.ts';
import { cli, runIn } from './world.ts';

describe('catalog', () => {
  test('lists everything as JSON, exactly as the catalog holds it', async () => {
    const { code, out, err } = await cli('catalog', '--format', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(CATALOG)));
  });

  test('as JSON lines, one entry a line', async () => {
    const { out } = await cli('catalog', '--provider', 'ibm', '--format', 'jsonl');
    const entries = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as CatalogEntry);
    expect(entries).toEqual(JSON.parse(JSON.stringify(CATALOG.filter(({ provider }) => provider === 'ibm'))));
  });

  test('as names, for loops in a shell', async () => {
    const { out } = await cli('catalog', '--action', 'secret.read', '--status', 'current', '--format', 'names');
    expect(out).toBe(
      'BatchGetSecretValue\nGetSecretValue\nsecrets-manager.secret-version.read\nsecrets-manager.secret.read\n',
    );
  });

  test('as CSV', async () => {
    const { out } = await cli('catalog', 'GetSecretValue', '--format', 'csv');
    const [header, row] = out.split('\n');
    expect(header).toMatch(/^name,provider,service,kind,action,status,/);
    expect(row).toMatch(/^GetSecretValue,aws,secretsmanager\.amazonaws\.com,api,secret\.read,current,/);
  });

  test('finds what the search finds, in its order', async () => {
    const { out } = await cli('catalog', 'secret', 'version', '--kind', 'api', '--format', 'names');
    expect(out.trimEnd().split('\n')).toEqual(searchCatalog('secret version', { kind: 'api' }).map(({ name }) => name));
  });

  test.each([40, 80, 160])('fits %i columns as a table, and never cuts what the name is found by', async (columns) => {
    const { code, out } = await runIn({ columns }, 'catalog', 'rotation', '--provider', 'aws', '--no-color');
    const rows = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(rows[0]).toMatch(/^NAME /);
    const names = rows.slice(1).map((row) => row.split(' ')[0]);
    const found = searchCatalog('rotation', { provider: 'aws' });
    expect(new Set(names.filter((name) => name !== '' && name !== 'AWS:'))).toEqual(
      new Set(found.map(({ name }) => name)),
    );
    // Nothing is above the best find but the headings.
    expect(names[2]).toBe(found[0]?.name);
  });

  test('has its rows in groups on a terminal only, each with its number', async () => {
    const grouped = (await runIn({ columns: 160 }, 'catalog', '--no-color')).out.split('\n');
    const plain = (await cli('catalog')).out.split('\n');
    const headings = grouped.filter((line) => /^(AWS|IBM Cloud): /.test(line));
    expect(plain.filter((line) => /^(AWS|IBM Cloud): /.test(line))).toEqual([]);
    const numbers = headings.map((line) => Number(/\((\d+)\)$/.exec(line)?.[1]));
    expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(CATALOG.length);
    expect(new Set(headings).size).toBe(
      new Set(CATALOG.map(({ provider, resource }) => `${provider} ${resource}`)).size,
    );
    expect(grouped.slice(1).filter((line) => line !== '' && !headings.includes(line))).toHaveLength(CATALOG.length);
  });

  test('has colours on a terminal only', async () => {
    expect((await runIn({ columns: 80 }, 'catalog', 'rotation')).out).toContain('\x1b[1m');
    expect((await cli('catalog', 'rotation')).out).not.toContain('\x1b');
  });

  test.each([
    ['table', ''],
    ['names', ''],
    ['jsonl', ''],
    ['json', '[]\n'],
  ])('that has nothing ends with code 1; its %s is %j', async (format, out) => {
    expect(await cli('catalog', 'xyzzy', '--format', format)).toEqual({
      code: 1,
      out,
      err: 'secret-events: the catalog has nothing like "xyzzy"\n',
    });
  });

  test('knows the families that the Vault plan makes names in', async () => {
    const { code, err } = await cli('catalog', 'secrets-manager.data.qqq.zzz');
    expect(code).toBe(1);
    expect(err).toContain('the family secrets-manager.data.<path>');
  });

  test('makes the text safe that it did not find', async () => {
    const { err } = await cli('catalog', '\x9b2Jxyzzy');
    expect(err).toBe('secret-events: the catalog has nothing like "\\x9b2Jxyzzy"\n');
  });
});
