import { describe, expect, test } from 'vitest';
import { CSV_COLUMNS } from '../../src/formats/csv.ts';
import { FIELD_NAMES } from '../../src/model/field.ts';
import { cloudTrail, lines, named } from './records.ts';
import { cli, runIn } from './world.ts';

const SAMPLES = ['samples/aws', 'samples/ibm'];
const HOSTILE = '\x1b[2J\x7f\x9b\u202e\u2028"\\\n';

interface Parsed {
  readonly time: string;
  readonly provider: string;
  readonly name: string;
  readonly actor: { readonly name?: string };
  readonly raw?: Record<string, unknown>;
}

function jsonl(out: string): Parsed[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Parsed);
}

describe('jsonl', () => {
  test('is one whole event a line, newest first', async () => {
    const { code, out, err } = await cli('read', ...SAMPLES, '--format', 'jsonl', '--quiet');
    const events = jsonl(out);
    expect({ code, err, count: events.length }).toEqual({ code: 0, err: '', count: 71 });
    expect(events[0]).toMatchObject({
      provider: 'ibm',
      name: 'secrets-manager.notifications-registration.test',
      action: 'notification.test',
      time: '2026-11-15T20:00:21.580Z',
      raw: { action: 'secrets-manager.notifications-registration.test' },
    });
    const times = events.map(({ time }) => time);
    expect(times).toEqual(times.toSorted().reverse());
  });

  test('leaves the record out with --no-raw, and nothing else', async () => {
    const whole = jsonl((await cli('read', ...SAMPLES, '--format', 'jsonl', '--quiet')).out);
    const bare = jsonl((await cli('read', ...SAMPLES, '--format', 'jsonl', '--quiet', '--no-raw')).out);
    expect(bare).toEqual(whole.map(({ raw, ...rest }) => rest));
  });

  test('sends no control character and loses none', async () => {
    const stdin = lines(cloudTrail({ userIdentity: named(HOSTILE) }));
    const { out } = await runIn({ stdin }, 'read', '-', '--format', 'jsonl');
    expect(out).toMatch(/^[ -~]+\n$/);
    expect(jsonl(out)[0]?.actor.name).toBe(HOSTILE);
  });
});

describe('json', () => {
  test('is one array of the same events', async () => {
    const { out } = await cli('read', ...SAMPLES, '--format', 'json', '--quiet');
    expect(JSON.parse(out)).toEqual(jsonl((await cli('read', ...SAMPLES, '--format', 'jsonl', '--quiet')).out));
  });

  test('is an empty array when there is nothing', async () => {
    const { code, out, err } = await cli('read', 'samples/aws', '--format', 'json', '--actor', 'nobody');
    expect({ code, out, err }).toEqual({ code: 0, out: '[]\n', err: '' });
  });

  test('does not parse when the reading failed on the way', async () => {
    const stdin = `${lines(cloudTrail())}{"broken\n`;
    const { code, out } = await runIn({ stdin }, 'read', '-', '--format', 'json', '--strict');
    expect(code).toBe(1);
    expect(out === '' || out.startsWith('[')).toBe(true);
    expect(() => JSON.parse(out)).toThrow();
  });
});

describe('raw', () => {
  test('is the record of the provider', async () => {
    const record = cloudTrail({ eventID: 'id-0' });
    const { out } = await runIn({ stdin: lines(record) }, 'read', '-', '--format', 'raw');
    expect(out).toBe(`${JSON.stringify(record)}\n`);
  });

  test('holds no secret value, even if the record did', async () => {
    const stdin = lines(cloudTrail({ responseElements: { secretString: 'hunter2' } }));
    for (const format of ['raw', 'jsonl', 'json', 'csv', 'table']) {
      const { out } = await runIn({ stdin }, 'read', '-', '--format', format);
      expect(out).not.toContain('hunter2');
      expect(out).not.toBe('');
    }
  });
});

describe('csv', () => {
  test('has a column for every field of a filter, in an order that stays', () => {
    expect(CSV_COLUMNS.toSorted()).toEqual(FIELD_NAMES.toSorted());
    expect(CSV_COLUMNS.slice(0, 10).join()).toBe(
      'time,provider,account,region,service,name,action,kind,outcome,denied',
    );
  });

  test('has one header and one line an event', async () => {
    const { out } = await cli('read', ...SAMPLES, '--format', 'csv', '--quiet');
    const [header, ...rows] = out.trimEnd().split('\n');
    expect(header).toBe(CSV_COLUMNS.join(','));
    expect(rows).toHaveLength(71);
    expect(rows.at(-1)).toContain(
      '2026-11-09T08:00:14.200Z,ibm,0a1b2c3d4e5f40718293a4b5c6d7e8f9,us-south,secrets-manager,',
    );
  });

  test('is its header alone when there is nothing', async () => {
    const { out } = await cli('read', 'samples/aws', '--format', 'csv', '--actor', 'nobody');
    expect(out).toBe(`${CSV_COLUMNS.join(',')}\n`);
  });

  test('names all secrets of one act', async () => {
    const { out } = await cli('read', 'samples/aws', '--format', 'csv', '--name', 'BatchGetSecretValue');
    expect(out).toContain(',prod/orders/db-password; prod/mail/smtp,prod/orders/db-password; prod/mail/smtp,');
  });

  test.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['\t=1', '\\t=1'],
    ['\r=1', '\\r=1'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', 'a\\nb'],
    ['\x1b[2J', '\\x1b[2J'],
  ])('writes %j as %j', async (name, cell) => {
    const stdin = lines(cloudTrail({ userIdentity: named(name) }));
    const { out } = await runIn({ stdin }, 'read', '-', '--format', 'csv');
    expect(out.split('\n')).toHaveLength(3);
    // What stands before and behind the actor's name.
    expect(out).toContain(`,${cell},IAMUser,111122223333,`);
  });
});
