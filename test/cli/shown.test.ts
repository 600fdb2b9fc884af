import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { copyEvents } from '../../src/cli/copy-events.ts';
import { formatOf } from '../../src/cli/output/format.ts';
import { Output } from '../../src/cli/output/output.ts';
import { events } from '../../src/reader/events.ts';
import { makeEvent, memorySource } from '../support/memory-source.ts';
import { cloudTrail, lines, many, named } from './records.ts';
import { cli, Kept, runIn } from './world.ts';

const SAMPLES = ['samples/aws', 'samples/ibm'];

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('--histogram', () => {
  test('adds up to the table below it, with denials among them', async () => {
    const { code, out } = await cli('read', ...SAMPLES, '--quiet', '--histogram');
    const [bars = '', table = ''] = out.split('\n\n');
    const [title, ...rows] = bars.split('\n');
    const numbers = rows.map((row) => /(\d+)(?: \((\d+) denied\))?$/.exec(row.slice(11)));
    const sum = (group: number) => numbers.reduce((total, found) => total + Number(found?.[group] ?? 0), 0);
    expect(code).toBe(0);
    expect(title).toBe('71 events, one line for 12 hours (UTC), ▒ denied');
    expect([sum(1), sum(2)]).toEqual([71, table.split('DENIED').length - 1]);
    expect(rows.length).toBeLessThanOrEqual(16);
    expect(table.trimEnd().split('\n')).toHaveLength(72);
  });

  test.each([20, 40, 80, 160])('fits %i columns, with colours and without', async (columns) => {
    const plain = await runIn({ columns }, 'read', ...SAMPLES, '--quiet', '--histogram', '--no-color');
    const coloured = await runIn({ columns }, 'read', ...SAMPLES, '--quiet', '--histogram');
    expect(widest(plain.out)).toBeLessThanOrEqual(columns);
    expect(stripVTControlCharacters(coloured.out)).toBe(plain.out);
    expect(plain.out).not.toContain('\x1b');
  });

  test('counts every stretch between the first and the last, also where nothing was', async () => {
    const at = (eventTime: string) => cloudTrail({ eventTime });
    const stdin = lines(at('2026-11-09T00:00:00Z'), at('2026-11-09T00:00:01Z'), at('2026-11-09T00:00:04Z'));
    const { out } = await runIn({ stdin }, 'read', '-', '--histogram');
    expect(
      out
        .split('\n\n')[0]
        ?.split('\n')
        .map((row) => row.replaceAll('█', '')),
    ).toEqual([
      '3 events, one line for 1 second (UTC), ▒ denied',
      '11-09 00:00:00    1',
      '11-09 00:00:01    1',
      '11-09 00:00:02',
      '11-09 00:00:03',
      '11-09 00:00:04    1',
    ]);
  });

  test('of clocks that are ages apart is no longer than any other', async () => {
    const stdin = lines(
      cloudTrail({ eventTime: '1990-01-01T00:00:00Z' }),
      cloudTrail({ eventTime: '9999-12-31T00:00:00Z' }),
    );
    const { code, out } = await runIn({ stdin }, 'read', '-', '--histogram');
    expect(code).toBe(0);
    expect(out.split('\n').length).toBeLessThan(25);
    expect(out).toContain('2 events');
  });

  test('of more rows than are held back stands below them', async () => {
    const { out } = await runIn({ stdin: many(10_100) }, 'read', '-', '--histogram');
    expect(out).toMatch(/^TIME/);
    expect(out.trimEnd().split('\n\n')[1]).toMatch(/^10,100 events, one line for 15 minutes \(UTC\)/);
  });

  test('of nothing is nothing', async () => {
    expect(await cli('read', 'samples/aws', '--actor', 'nobody', '--histogram')).toMatchObject({ code: 0, out: '' });
  });
});

describe('without being asked for, the histogram', () => {
  // Time stands still, so nobody waits for anything.
  const still = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  test('is there on a terminal for twenty events, and not for fewer', async () => {
    still();
    expect((await runIn({ columns: 80, stdin: many(20) }, 'read', '-')).out).toMatch(
      /^20 events, one line for 5 seconds/,
    );
    expect((await runIn({ columns: 80, stdin: many(19) }, 'read', '-')).out).not.toContain('one line for');
  });

  test.each<[when: string, columns: number | undefined, count: number, options: readonly string[]]>([
    ['without a terminal', undefined, 30, []],
    ['with --no-histogram', 80, 30, ['--no-histogram']],
    ['with --format csv', 80, 30, ['--format', 'csv']],
    ['with --group-by', 80, 30, ['--group-by', 'actor']],
    ['above more rows than are held back', 80, 1100, []],
  ])('is not there %s', async (_, columns, count, options) => {
    still();
    const world = { stdin: many(count), ...(columns && { columns }) };
    expect((await runIn(world, 'read', '-', ...options)).out).not.toContain('one line for');
  });

  test('is not there with --checkpoint, which counts what is held back as read', async () => {
    still();
    const folder = mkdtempSync(join(tmpdir(), 'secret-events-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'a.jsonl'), many(30));
    const argv = ['read', join(folder, 'a.jsonl'), '--checkpoint', join(folder, 'place')];
    const { code, out } = await runIn({ columns: 80 }, ...argv);
    expect(code).toBe(0);
    expect(out).toMatch(/^.{0,10}TIME/);
    expect(out.match(/GetSecretValue/g)).toHaveLength(30);
  });

  test('gives way to the rows when somebody waits', async () => {
    still();
    const found = Array.from({ length: 40 }, (_, i) => makeEvent({ time: new Date(Date.UTC(2026, 10, 9) - i * 1000) }));
    const { source } = memorySource(found, { hangAfter: 3 });
    const controller = new AbortController();
    const stdout = new Kept(true, 80);
    const io = { stdout, stderr: new Kept(), stdin: new PassThrough(), env: {}, signal: controller.signal };
    const output = new Output(stdout, controller.signal);
    const stream = events(source, { signal: output.signal });
    const format = await formatOf('table', { width: 80, colour: false, histogram: 'offered' });
    const copying = copyEvents(stream, format, { io, output, finish: () => {} }, 'silent');
    while (stream.report.sources[0]?.yielded !== 30) await setImmediate();
    expect(stdout.text).toBe('');
    vi.advanceTimersByTime(1000);
    while (stdout.text === '') await setImmediate();
    expect(stdout.text.match(/GetSecretValue/g)).toHaveLength(30);
    controller.abort(new Error('enough'));
    await expect(copying).rejects.toThrow('enough');
  });
});

describe('--group-by', () => {
  const json = async (...options: readonly string[]) => {
    const { code, out } = await cli('read', ...SAMPLES, '--quiet', '--format', 'json', ...options);
    expect(code).toBe(0);
    return JSON.parse(out) as Record<string, string | number | null>[];
  };

  test('counts what read lists, the largest first', async () => {
    const groups = await json('--group-by', 'actor,action');
    const { out } = await cli('read', ...SAMPLES, '--quiet', '--format', 'jsonl');
    const counts = new Map<string, number>();
    for (const line of out.trimEnd().split('\n')) {
      const { actor, action = null } = JSON.parse(line) as { actor: Record<string, string>; action?: string };
      const key = JSON.stringify([actor['role'] ?? actor['name'] ?? actor['id'] ?? null, action]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(new Map(groups.map(({ actor, action, count }) => [JSON.stringify([actor, action]), count]))).toEqual(counts);
    const numbers = groups.map(({ count }) => Number(count));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(Object.keys(groups[0] ?? {})).toEqual(['actor', 'action', 'count', 'denied', 'first', 'last']);
  });

  test('says how many were denied, and when the first and the last were', async () => {
    expect(await json('--group-by', 'secret', '--secret', 'prod/payments/api-key')).toEqual([
      {
        secret: 'prod/payments/api-key',
        count: 10,
        denied: 1,
        first: '2026-11-09T09:00:12.000Z',
        last: '2026-11-14T11:04:55.000Z',
      },
    ]);
  });

  test('an event of several secrets counts for each of them', async () => {
    const record = cloudTrail({
      eventName: 'BatchGetSecretValue',
      requestParameters: { secretIdList: ['prod/a', 'prod/b'] },
    });
    const { out } = await runIn({ stdin: lines(record) }, 'read', '-', '--group-by', 'secret', '--format', 'csv');
    expect(out.split('\n').map((line) => line.split(',').slice(0, 2).join())).toEqual([
      'secret,count',
      'prod/a,1',
      'prod/b,1',
      '',
    ]);
  });

  test('in each of its formats', async () => {
    const stdin = lines(cloudTrail(), cloudTrail({ userIdentity: named('=2+2\x1b[2J') }), cloudTrail());
    const as = async (format: string) =>
      (await runIn({ stdin }, 'read', '-', '--group-by', 'actor,name', '--format', format)).out;
    const at = '2026-11-09T09:10:05.000Z';
    expect(await as('csv')).toBe(
      `actor,name,count,denied,first,last\nrobot,GetSecretValue,2,0,${at},${at}\n'=2+2\\x1b[2J,GetSecretValue,1,0,${at},${at}\n`,
    );
    expect(await as('jsonl')).toBe(
      `{"actor":"robot","name":"GetSecretValue","count":2,"denied":0,"first":"${at}","last":"${at}"}\n` +
        `{"actor":"=2+2\\u001b[2J","name":"GetSecretValue","count":1,"denied":0,"first":"${at}","last":"${at}"}\n`,
    );
    expect(await as('table')).toBe(
      [
        'COUNT  DENIED  ACTOR        NAME            LAST (UTC)           FIRST (UTC)',
        '2      -       robot        GetSecretValue  2026-11-09 09:10:05  2026-11-09 09:10:05',
        '1      -       =2+2\\x1b[2J  GetSecretValue  2026-11-09 09:10:05  2026-11-09 09:10:05',
        '',
      ].join('\n'),
    );
  });

  test.each([40, 80, 160])('fits %i columns', async (columns) => {
    const { out } = await runIn(
      { columns },
      'read',
      ...SAMPLES,
      '--quiet',
      '--group-by',
      'actor,secret,action',
      '--no-color',
    );
    expect(widest(out)).toBeLessThanOrEqual(columns);
    expect(out).toMatch(/^COUNT/);
  });

  test.each([
    ['json', '[]\n'],
    ['jsonl', ''],
    ['csv', 'action,count,denied,first,last\n'],
    ['table', ''],
  ])('of nothing as %s is %j', async (format, out) => {
    const argv = ['read', 'samples/aws', '--actor', 'nobody', '--group-by', 'action', '--format', format];
    expect(await cli(...argv)).toMatchObject({ code: 0, out });
  });
});

describe('--time', () => {
  const first = async (...options: readonly string[]) => {
    const { out } = await runIn({ stdin: lines(cloudTrail()), columns: 160 }, 'read', '-', '--no-color', ...options);
    return out.split('\n').map((line) => line.slice(0, 19).trim());
  };

  test('utc is the same wherever it is read', async () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(await first('--time', 'utc')).toEqual(await first());
    expect((await first()).slice(0, 2)).toEqual(['TIME (UTC)', '2026-11-09 09:10:05']);
  });

  test('local is what the clock on the wall said', async () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect((await first('--time', 'local')).slice(0, 2)).toEqual(['LOCAL TIME', '2026-11-09 04:10:05']);
    vi.stubEnv('TZ', 'Asia/Kolkata');
    expect((await first('--time', 'local'))[1]).toBe('2026-11-09 14:40:05');
    const { out } = await runIn({ stdin: lines(cloudTrail()) }, 'read', '-', '--time', 'local', '--histogram');
    expect(out).toMatch(/^1 event, one line for 1 second \(local time\), ▒ denied\n11-09 14:40:05 /);
  });

  test.each([
    ['2026-11-09T09:10:05Z', '0 s'],
    ['2026-11-09T09:10:35Z', '30 s'],
    ['2026-11-09T09:15:04Z', '4 min'],
    ['2026-11-09T12:10:04Z', '2 h'],
    ['2026-12-09T09:10:05Z', '30 d'],
    ['2026-11-09T08:10:05Z', 'in 1 h'],
  ])('relative, at %s, is %s', async (now, age) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
    const [header, row] = await first('--time', 'relative');
    expect([header?.slice(0, 3), row?.split('  ')[0]]).toEqual(['AGE', age]);
  });
});

describe('--columns', () => {
  test('are those of the table, in the order asked for', async () => {
    const argv = ['read', 'samples/aws', '--denied', '--quiet', '--columns', 'error.code,secret', '--columns', 'time'];
    const { out } = await cli(...argv);
    expect(out.split('\n')[0]).toMatch(/^ERROR\.CODE +SECRET +TIME \(UTC\)$/);
    expect(out.split('\n')[1]).toMatch(/^VpceAccessDenied +prod\/mail\/smtp +11-15 03:12:09$/);
  });

  test('and those of CSV', async () => {
    const { out } = await cli(
      'read',
      'samples/aws',
      '--denied',
      '--quiet',
      '--columns',
      'name,actor,time',
      '--format',
      'csv',
    );
    expect(out.split('\n').slice(0, 2)).toEqual([
      'name,actor,time',
      'GetSecretValue,analyst/analyst@example.com,2026-11-15T03:12:09.000Z',
    ]);
  });

  test.each([40, 80, 160])('fit %i columns of a terminal, and the first ones stay', async (columns) => {
    const list = 'secret.id,error.message,actor.id,origin.agent,id,source,time';
    const { out } = await runIn(
      { columns },
      'read',
      ...SAMPLES,
      '--quiet',
      '--no-histogram',
      '--no-color',
      '--columns',
      list,
    );
    expect(widest(out)).toBeLessThanOrEqual(columns);
    expect(out).toMatch(/^SECRET\.ID /);
  });

  test('escape what a terminal would obey', async () => {
    const evil = '\x1b]0;owned\x07\u202e';
    const stdin = lines(cloudTrail({ userAgent: evil, errorCode: 'X', errorMessage: evil }));
    const { out } = await runIn(
      { stdin, columns: 160 },
      'read',
      '-',
      '--no-color',
      '--columns',
      'origin.agent,error.message',
    );
    expect(out).toMatch(/^[ -~\n]+$/);
    expect(out).toContain('\\x1b]0;owned\\x07\\u202e');
  });
});

describe('what makes no sense together ends with code 2', () => {
  test.each([
    [['--group-by', 'actr'], 'did you mean actor?'],
    [['--group-by', 'actor', '--format', 'ocsf'], 'counts have no ocsf; table, jsonl, json, csv do'],
    [['--group-by', 'actor', '--columns', 'time'], 'leave out --columns'],
    [['--group-by', 'actor', '--follow'], 'give --until instead'],
    [['--group-by', 'actor', '--checkpoint', 'x'], 'and --group-by prints at the end; leave one of them out'],
    [['--histogram', '--checkpoint', 'x'], 'and --histogram prints at the end; leave one of them out'],
    [['--columns', 'tiem'], 'did you mean time?'],
    [['--columns', 'time', '--format', 'jsonl'], 'only table and csv have them, jsonl has not'],
    [['--time', 'utcc'], 'did you mean utc?'],
    [['--time', 'local', '--format', 'csv'], 'csv has every time in UTC'],
    [['--histogram', '--format', 'json'], 'leave out --format json'],
    [['--histogram', '--follow'], 'give --until instead'],
  ])('%j', async (options, says) => {
    const { code, out, err } = await cli('read', 'samples/aws', ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});
