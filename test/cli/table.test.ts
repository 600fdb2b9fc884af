import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, widthsOf } from '../../src/cli/output/drawn-table.ts';
import { type Column, TextTable } from '../../src/cli/output/text-table.ts';
import { cloudTrail, lines, named } from './records.ts';
import { runIn } from './world.ts';

const SAMPLES = ['samples/aws', 'samples/ibm'];
const HEADERS = ['TIME (UTC)', 'CLOUD', 'EVENT', 'OUTCOME', 'ACTOR', 'SECRET', 'ORIGIN', 'REGION'];

function headersIn(out: string): readonly string[] {
  return HEADERS.filter((header) => out.split('\n')[0]?.includes(header));
}

describe('the table of events', () => {
  test.each([
    [20, ['EVENT']],
    [40, ['TIME (UTC)', 'EVENT', 'OUTCOME']],
    [60, ['TIME (UTC)', 'EVENT', 'OUTCOME', 'SECRET']],
    [80, ['TIME (UTC)', 'CLOUD', 'EVENT', 'OUTCOME', 'ACTOR', 'SECRET']],
    [120, HEADERS],
    [160, HEADERS],
  ])('fits %i columns and keeps the headers that matter most', async (columns, headers) => {
    const { code, out } = await runIn({ columns }, 'read', ...SAMPLES, '--quiet', '--no-histogram');
    const lengths = stripVTControlCharacters(out)
      .split('\n')
      .map((line) => line.length);
    expect(code).toBe(0);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(columns);
    expect(lengths).toHaveLength(1 + 71 + 1);
    expect(headersIn(out)).toEqual(headers);
  });

  test('without a terminal COLUMNS says how wide it is, else it is 120', async () => {
    const width = async (env: Record<string, string>) => {
      const { out } = await runIn({ env }, 'read', ...SAMPLES, '--quiet', '--no-histogram');
      return Math.max(...out.split('\n').map((line) => line.length));
    };
    expect(await width({ COLUMNS: '90' })).toBeLessThanOrEqual(90);
    expect(await width({})).toBeGreaterThan(110);
    expect(await width({})).toBeLessThanOrEqual(120);
    expect(await width({ COLUMNS: 'wide' })).toBe(await width({}));
  });

  test('columns begin at the same place in every line, whatever the page', async () => {
    const { out } = await runIn({ columns: 160 }, 'read', ...SAMPLES, '--quiet', '--no-histogram');
    const [header = '', ...rows] = stripVTControlCharacters(out).trimEnd().split('\n');
    const at = header.indexOf('OUTCOME');
    expect(new Set(rows.map((row) => row.slice(at, at + 7).trim()))).toEqual(
      new Set(['success', 'failure', 'DENIED', 'pending']),
    );
  });

  test('wide characters take two columns', async () => {
    const stdin = lines(
      cloudTrail({ userIdentity: named('機密情報機密情報機密情報機密情報機密情報') }),
      cloudTrail({ userIdentity: named('robot') }),
    );
    const { out } = await runIn({ columns: 100, stdin }, 'read', '-', '--no-color');
    const [wide, plain] = out.split('\n').filter((line) => line.includes('GetSecretValue')) as [string, string];
    const cells = (line: string) => [...line].reduce((sum, char) => sum + (/\p{Script=Han}/u.test(char) ? 2 : 1), 0);
    const from = (line: string) => cells(line.slice(0, line.indexOf('prod/db')));
    expect(wide).toContain('機密');
    expect(wide).toContain('…');
    expect(from(wide)).toBe(from(plain));
  });

  test('a megabyte in one cell costs no more than a cell', async () => {
    const stdin = lines(
      cloudTrail({ userIdentity: named('機'.repeat(1_000_000)) }),
      cloudTrail({ userIdentity: named('\u0301'.repeat(1_000_000)) }),
    );
    const { out } = await runIn({ columns: 80, stdin }, 'read', '-');
    expect(out.length).toBeLessThan(2000);
  });

  test('control characters from a record are shown and not sent', async () => {
    const evil = '\x1b]0;owned\x07\x1b[2J\u202e\x9b31m\r\nnext';
    const stdin = lines(
      cloudTrail({
        userIdentity: named(evil),
        awsRegion: evil,
        eventName: evil,
        requestParameters: { secretId: evil },
        sourceIPAddress: evil,
      }),
    );
    const { out, err } = await runIn({ columns: 300, stdin }, 'read', '-', '--report');
    expect(stripVTControlCharacters(out)).toContain('\\x1b]0;owned\\x07');
    // The only escapes left are the colours of the table itself.
    expect(stripVTControlCharacters(out)).toMatch(/^[ -~…\n]*$/);
    expect(out.replaceAll(/\x1b\[\d+m/g, '')).toMatch(/^[ -~…\n]*$/);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toMatch(/^[ -~\n]*$/);
  });
});

describe('colours', () => {
  const stdin = lines(cloudTrail({ errorCode: 'AccessDenied', errorMessage: 'no' }));
  const ESC = '\x1b[';

  test('mark a denial on a terminal', async () => {
    expect((await runIn({ columns: 80, stdin }, 'read', '-')).out).toContain(`${ESC}31m`);
  });

  test.each([
    ['without a terminal', {}, []],
    ['under NO_COLOR', { columns: 80, env: { NO_COLOR: '1' } }, []],
    ['on a dumb terminal', { columns: 80, env: { TERM: 'dumb' } }, []],
    ['with --no-color', { columns: 80 }, ['--no-color']],
  ])('are not there %s', async (_, world, options) => {
    const { out } = await runIn({ ...world, stdin }, 'read', '-', ...options);
    expect(out).toContain('DENIED');
    expect(out).not.toContain(ESC);
  });

  test('an empty NO_COLOR says nothing', async () => {
    expect((await runIn({ columns: 80, env: { NO_COLOR: '' }, stdin }, 'read', '-')).out).toContain(ESC);
  });
});

describe('plain rows', () => {
  const column = (header: string): Column => ({ header, min: 3, max: 12, rank: 1, cut: 'end' });
  const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019 -/.~…'), maxLength: 30 });

  test('are laid out to the letter as the library lays them out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 8 }), async (rows) => {
        const headers = ['ONE', 'TWO', 'THREE'];
        const table = new TextTable(headers.map(column), { width: 80, colour: false });
        const own = await table.rows(rows.map((row) => row.map((text) => ({ text }))));
        const all = [headers, ...rows];
        const widths = widthsOf(all).map((width) => Math.min(12, width));
        expect(own).toBe(
          draw(all, widths, 2)
            .map((line) => `${line.trimEnd()}\n`)
            .join(''),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('are cut in the middle where names differ at their ends', async () => {
    const columns: Column[] = [{ header: 'NAME', min: 3, max: 11, rank: 1 }];
    const table = new TextTable(columns, { width: 80, colour: false });
    expect(await table.rows([[{ text: 'prod/orders/db' }], [{ text: 'a…234567890…z' }], [{ text: 'short' }]])).toBe(
      'NAME\nprod/…rs/db\na…234…890…z\nshort\n',
    );
  });
});
