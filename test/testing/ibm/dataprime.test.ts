import { describe, expect, it } from 'vitest';
import type { IbmServer, IbmServerOptions } from '../../../src/testing/index.ts';
import { ask, ids, query, record, start } from './clients.ts';

const OTHER = 'crn:v1:bluemix:public:kms:us-south:a/0a11:22222222-2222-4333-8444-555555555555::';

/** Each with an id that is one letter, so that a list of them reads as a word. */
const RECORDS = [
  record('a', 50, {
    reason: { reasonCode: 200, reasonType: 'OK' },
    initiator: { name: 'maria@example.com', host: { address: '' } },
    flag: true,
  }),
  record('b', 40, {
    action: 'secrets-manager.secret.delete',
    outcome: 'failure',
    reason: { reasonCode: 403, reasonType: 'Forbidden' },
    initiator: { name: 'o\'neil \\ "x"', id: null },
    flag: false,
  }),
  record('c', 30, {
    action: 'secrets-manager.secrets.list',
    reason: { reasonCode: '403' },
    initiator: { name: 'jörg\n2' },
    list: ['x', { y: 1 }],
  }),
  record('d', 20, { logSourceCRN: OTHER, action: 'kms.secrets.unwrap', 'dotted.key': 1, at: '2026-11-20T10:00:00Z' }),
];
const NOT_JSON = { user_data: 'no JSON', timestamp: Date.parse('2026-11-20T11:55:00Z'), application: 'app' };

function world(options: IbmServerOptions = {}): Promise<IbmServer> {
  return start({ records: RECORDS, rows: [NOT_JSON], unordered: 'oldest-first', ...options });
}

async function found(condition: string, options: IbmServerOptions = {}): Promise<string> {
  const { rows } = await query(await world(options), `source logs | filter ${condition}`);
  return rows.map((row) => (row.user_data.startsWith('{') ? JSON.parse(row.user_data).id : '-')).join('');
}

describe('a filter', () => {
  const cases: readonly (readonly [string, string])[] = [
    // Labels and metadata.
    ["$l.applicationname == 'ibm-audit-event'", 'abcd'],
    ["$l.applicationname != 'ibm-audit-event'", '-'],
    ["$l.subsystemname == 'secrets-manager:11111111-2222-4333-8444-555555555555'", 'abc-'],
    ["$l.subsystemname.startsWith('secrets-manager:')", 'abc-'],
    ['$m.severity == 3', 'abcd-'],
    ["$m.logid == '77777777-0000-4000-8000-000000000002'", 'b'],
    ["$m.timestamp < @'2026-11-20T11:20:00'", 'a'],
    ["$m.timestamp <= @'2026-11-20T11:20:00Z'", 'ab'],
    ["$m.timestamp > @'2026-11-20T11:20:00.000000001Z'", 'cd-'],
    ["$m.timestamp >= @'2026-11-20'", 'abcd-'],
    ['$m.timestamp < @now', 'abcd-'],
    // Paths.
    ["$d.initiator.name == 'maria@example.com'", 'a'],
    ["initiator.name == 'maria@example.com'", 'a'],
    ["$d['initiator']['name'] == 'maria@example.com'", 'a'],
    ["$d['dotted.key'] == 1", 'd'],
    ['$d.dotted.key == 1', ''],
    ["$d.list[0] == 'x'", 'c'],
    ['$d.list[1].y == 1', 'c'],
    // Texts, quotes and escapes.
    ['$d.outcome == "failure"', 'b'],
    ["$d.initiator.name == 'o\\'neil \\\\ \"x\"'", 'b'],
    ['$d.initiator.name == "o\'neil \\\\ \\"x\\""', 'b'],
    ["$d.initiator.name == 'jörg\\n2'", 'c'],
    ["$d.initiator.name == 'j\\u00f6rg\\u000a2'", 'c'],
    ["$d.initiator.host.address == ''", 'a'],
    // Kinds are kept apart, and casts bring them together.
    ['$d.reason.reasonCode == 403', 'b'],
    ["$d.reason.reasonCode == '403'", 'c'],
    ["$d.reason.reasonCode:string == '403'", 'bc'],
    ['$d.reason.reasonCode:number == 403', 'bc'],
    ['$d.reason.reasonCode:number >= 300 && $d.reason.reasonCode:number < 404', 'bc'],
    ['$d.reason.reasonCode > 199 && $d.reason.reasonCode <= 200', 'a'],
    ['$d.flag == true', 'a'],
    ['$d.flag', 'a'],
    ["$d.flag:string == 'false'", 'b'],
    ["$d.at:timestamp < @'2026-11-20T10:00:01Z'", 'd'],
    // Null.
    ['$d.initiator.id == null', 'abcd-'],
    ['$d.reason != null', 'abc'],
    ['$d.reason.reasonCode == null', 'd-'],
    ["$d.outcome != 'success'", 'b-'],
    // Logic.
    ["$d.outcome == 'failure' || $d.flag == true && $d.reason.reasonCode == 200", 'ab'],
    ["($d.outcome == 'failure' || $d.flag == true) && $d.reason.reasonCode == 200", 'a'],
    ["!($d.outcome == 'success')", 'b-'],
    ['!!$d.flag', 'a'],
    ["! ($d.outcome == 'failure' && $d.flag == false) && $d.id != null", 'acd'],
    // Functions and methods.
    ["in($d.action, 'secrets-manager.secret.read', 'kms.secrets.unwrap')", 'ad'],
    ["$d.action.in('secrets-manager.secret.read')", 'a'],
    ["contains($d.action, 'secret.')", 'ab'],
    ["$d.action.contains('Secret')", ''],
    ["$d.action.toLowerCase().endsWith('.list')", 'c'],
    ["$d.initiator.name.toUpperCase() == 'MARIA@EXAMPLE.COM'", 'a'],
    ["startsWith($d.action, 'secrets-manager.secret.')", 'ab'],
    ['$d.action.matches(/secret\\.(read|list)$/)', 'a'],
    ["matches($d.action, 'secrets?[.](read|list)$')", 'ac'],
    ['$d.id.length() == 1', 'abcd'],
    ['$d.reason.contains(1)', ''],
    // Prototypes are no fields.
    ['$d.constructor != null || $d.__proto__ != null || $l.toString != null', ''],
    ["// a comment\n$d.id == 'a'", 'a'],
  ];
  for (const [condition, wanted] of cases) {
    it(`${condition} finds ${wanted === '' ? 'nothing' : wanted}`, async () => {
      expect(await found(condition)).toBe(wanted);
    });
  }

  const unknown: readonly (readonly [string, string])[] = [
    ["$d.outcome != 'success'", 'b'],
    ['!($d.reason.reasonCode == 200)', 'bc'],
    ['$d.reason.reasonCode == 200 || !($d.initiator.nope == 1)', 'a'],
    ["!($d.nope == 1 && $d.outcome == 'failure')", 'acd'],
  ];
  for (const [condition, wanted] of unknown) {
    it(`${condition} finds ${wanted} where a missing field is unknown`, async () => {
      expect(await found(condition, { missingFields: 'unknown' })).toBe(wanted);
    });
  }

  const refused = [
    "$d.action = 'x'",
    "$d.action == 'x",
    "$d.action == 'it's'",
    "$d.action == 'a\\qb'",
    "$d.a == 'x' and $d.b == 'y'",
    "not $d.a == 'x'",
    "$x.a == 'y'",
    '$d.a == ',
    '($d.a == 1',
    '$d.a == 1)',
    '$d.a.nope()',
    'startsWith($d.a)',
    '$d.a:date == 1',
    '$d.a.matches(/(/)',
    "$d.a.matches('(')",
    '$d.a == @yesterday',
    '$d[a] == 1',
    `${'('.repeat(300)}1${')'.repeat(300)}`,
  ];
  for (const condition of refused) {
    it(`${condition.slice(0, 40)} is refused`, async () => {
      const text = `source logs | filter ${condition}`;
      const answer = await ask(await world(), {
        query: text,
        metadata: { start_date: '2026-11-20T11:00:00Z', end_date: '2026-11-20T12:00:00Z' },
      });
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { errors: [{ code: 'bad_request_or_unspecified' }] },
      ]);
    });
  }
});

describe('a pipeline', () => {
  const pipelines: readonly (readonly [string, string])[] = [
    ['source logs | orderby $m.timestamp asc | limit 2', 'ab'],
    ['source logs | filter $d.id != null | orderby $m.timestamp desc | limit 2', 'dc'],
    ['source logs | limit 2 | orderby $m.timestamp desc', 'ba'],
    ['source logs | filter $d.id != null | orderby $d.action, $d.id desc', 'dbac'],
    ['source logs | filter $d.id != null | sort by $d.id desc', 'dcba'],
    ["source logs | lucene 'outcome.keyword:failure'", 'b'],
    ["source logs | filter $d.id != null | lucene 'NOT outcome:failure' | limit 1", 'a'],
    ["source logs between @'2026-11-20T11:20:00' and @'2026-11-20T11:40:00'", 'bc'],
    ["filter $d.id == 'c'", 'c'],
  ];
  for (const [text, wanted] of pipelines) {
    it(text, async () => {
      expect(ids(await query(await world(), text)).join('')).toBe(wanted);
    });
  }

  it('chooses fields, and counts', async () => {
    const server = await world();
    const chosen = await query(server, 'source logs | limit 1 | choose $d.id, $d.initiator.name');
    expect(chosen.rows.map((row) => row.user_data)).toEqual(['{"id":"a","initiator":{"name":"maria@example.com"}}']);
    const overlapping = await query(
      server,
      'source logs | limit 1 | choose $d.reason, $d.reason.reasonCode, $d.nope.x',
    );
    expect(overlapping.rows[0]?.user_data).toBe('{"reason":{"reasonCode":200,"reasonType":"OK"}}');
    const counted = await query(server, 'source logs | countby $d.outcome');
    expect(counted.rows.map((row) => JSON.parse(row.user_data))).toEqual([
      { outcome: 'success', _count: 3 },
      { outcome: 'failure', _count: 1 },
      { outcome: null, _count: 1 },
    ]);
  });

  for (const text of [
    'source',
    'source spans',
    'source logs |',
    'source logs filter 1',
    'source logs | limit x',
    'source logs | drop $d.a',
    'source logs | order $d.a',
    'source logs | limit -1',
    '   ',
  ]) {
    it(`${JSON.stringify(text)} is refused`, async () => {
      expect((await ask(await world(), { query: text })).status).toBe(400);
    });
  }
});
