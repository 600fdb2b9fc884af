import { describe, expect, test } from 'vitest';
import { cli, runIn } from './world.ts';

const WIDER = 'secret-events: wider than the filter:';

describe('query prints the query, and whether it is exact', () => {
  test.each<[argv: readonly string[], out: string, err: string]>([
    [
      ['lookup-attribute', '--name', 'GetSecretValue'],
      '{"AttributeKey":"EventName","AttributeValue":"GetSecretValue"}',
      'secret-events: exact\n',
    ],
    [
      ['lookup-attribute', '--name', 'GetSecretValue', '--outcome', 'failure'],
      '{"AttributeKey":"EventName","AttributeValue":"GetSecretValue"}',
      `${WIDER} outcome = "failure"\n`,
    ],
    [
      ['lookup-attribute', '--scope', 'all'],
      'null',
      'secret-events: exact\nsecret-events: no attribute helps: look up every event\n',
    ],
    [
      ['filter-pattern', '--where', '{"name":"DeleteSecret"}'],
      '{ $.eventName = "DeleteSecret" }',
      'secret-events: exact\n',
    ],
    [
      ['filter-pattern', '--name', 'DeleteSecret', '--where', '{"time":{"gte":"2026-11-20T00:00:00Z"}}'],
      '{ $.eventName = "DeleteSecret" }',
      `${WIDER} time gte 2026-11-20T00:00:00.000Z\n`,
    ],
    [['filter-pattern', '--scope', 'all'], '', 'secret-events: exact\nsecret-events: the empty pattern: every event\n'],
    [
      ['logs-insights', '--name', 'DeleteSecret'],
      'fields @timestamp, @message | filter eventSource = "secretsmanager.amazonaws.com" and eventName = "DeleteSecret" | sort @timestamp desc | limit 10000',
      'secret-events: exact\n',
    ],
    [
      ['event-pattern', '--action', 'secret.delete', '--region', 'us-east-1'],
      '{"source":["aws.secretsmanager"],"detail-type":["AWS API Call via CloudTrail","AWS Network Activity Event via CloudTrail"],"detail":{"eventSource":["secretsmanager.amazonaws.com"],"eventName":["DeleteSecret"],"awsRegion":["us-east-1"]}}',
      'secret-events: exact\nsecret-events: rule state: ENABLED\nsecret-events: needs a trail that is logging\n',
    ],
    [
      ['athena-sql', '--name', "O'Neil", '--table', 'security.trail'],
      `SELECT * FROM "security"."trail" WHERE eventsource = ? AND eventname = ? ORDER BY eventtime DESC\n-- ExecutionParameters: ["'secretsmanager.amazonaws.com'","'O''Neil'"]`,
      'secret-events: exact\n',
    ],
    [
      ['filter-pattern', '--provider', 'ibm'],
      '{ $.eventName NOT EXISTS }',
      'secret-events: no event of AWS can pass this filter: there is nothing to ask for\n',
    ],
    [
      ['dataprime', '--name', 'secrets-manager.secret.delete'],
      "source logs | filter $l.applicationname:string.in('ibm-audit-event', 'ibm-audit-events') && $l.subsystemname.startsWith('secrets-manager:') && $d.action == 'secrets-manager.secret.delete'",
      'secret-events: exact\n',
    ],
    [
      ['lucene', '--name', 'secrets-manager.secret.delete', '--scope', 'all'],
      '(coralogix.metadata.applicationName:"ibm-audit-event" OR coralogix.metadata.applicationName:"ibm-audit-events") AND action.keyword:"secrets-manager.secret.delete"',
      'secret-events: exact\n',
    ],
    [
      ['dataprime', '--provider', 'aws'],
      'source logs | filter false',
      'secret-events: no event of IBM Cloud can pass this filter: there is nothing to ask for\n',
    ],
    [
      ['activity-tracker-search', '--action', 'secret.create'],
      'host:secrets-manager action:secrets-manager.secret.create',
      `${WIDER} action = "secret.create"\nsecret-events: Activity Tracker with LogDNA ended on 2025-03-30: for old notes only, see dataprime and lucene\n`,
    ],
  ])('%j', async (argv, out, err) => {
    expect(await cli('query', ...argv)).toEqual({ code: 0, out: `${out}\n`, err });
  });

  test('a rule that must see reads has another state', async () => {
    const { err } = await cli('query', 'event-pattern', '--action', 'secret.read');
    expect(err).toContain('rule state: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n');
  });

  test('patterns that belong together come one a line', async () => {
    const keys = Array.from({ length: 30 }, (_, i) => `AKIAIOSFODNN7EXAMP${String(i).padStart(2, '0')}`);
    const where = JSON.stringify({ 'actor.credential': keys });
    const { out, err } = await cli('query', 'filter-pattern', '--where', where);
    const patterns = out.trimEnd().split('\n');
    expect(patterns.length).toBeGreaterThan(1);
    for (const pattern of patterns) expect(pattern).toMatch(/^\{ .+ \}$/);
    for (const key of keys) expect(patterns.filter((pattern) => pattern.includes(key))).toHaveLength(1);
    expect(err).toContain(`${patterns.length} patterns, one a line`);
    const { out: json } = await cli('query', 'filter-pattern', '--where', where, '--format', 'json');
    expect(JSON.parse(json)).toMatchObject({ query: null, queries: patterns, exact: true });
  });

  test('a comment that a line end in a value cannot leave', async () => {
    const { out } = await cli('query', 'athena-sql', '--actor', 'x\nDROP TABLE y');
    const [query, comment, ...rest] = out.trimEnd().split('\n');
    expect(query).toMatch(/^SELECT \* FROM "cloudtrail_logs" WHERE /);
    expect(comment).toMatch(/^-- ExecutionParameters: \[.*x\\nDROP TABLE y.*\]$/);
    expect(rest).toEqual([]);
  });

  test('a terminal gets nothing that it would obey, a program the query to the letter', async () => {
    const argv = ['query', 'logs-insights', '--name', 'x\u202ey'];
    expect((await runIn({ columns: 80 }, ...argv)).out).toContain('eventName = "x\\u202ey"');
    expect((await cli(...argv)).out).toContain('eventName = "x\u202ey"');
  });
});

describe('query --format json', () => {
  test.each([
    ['lookup-attribute', { query: { AttributeKey: 'EventName', AttributeValue: 'GetSecretValue' } }],
    ['filter-pattern', { queries: [expect.stringContaining('GetSecretValue')] }],
    ['logs-insights', { filter: expect.stringContaining('GetSecretValue') }],
    ['event-pattern', { ruleState: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' }],
    ['athena-sql', { parameters: expect.arrayContaining(['GetSecretValue']) }],
  ])('has everything about %s, and nothing stands beside it', async (language, more) => {
    const asked = ['--name', 'GetSecretValue', '--denied', '--format', 'json'];
    const { code, out, err } = await cli('query', language, ...asked);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      language,
      exact: false,
      widened: ['denied = true'],
      nothing: false,
      ...more,
    });
    expect(out.split('\n').length).toBeGreaterThan(5);
  });
});

describe('query --exact', () => {
  test('fails with 1 where the language cannot say the filter', async () => {
    const { code, out, err } = await cli(
      'query',
      'lookup-attribute',
      '--name',
      'GetSecretValue',
      '--denied',
      '--exact',
    );
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(
      'secret-events: lookup-attribute: this query language cannot say exactly: denied = true. Without --exact the query lets more through.\n',
    );
  });

  test('is nothing but a promise where it can', async () => {
    const argv = ['query', 'lookup-attribute', '--name', 'GetSecretValue'];
    expect(await cli(...argv, '--exact')).toEqual(await cli(...argv));
  });
});
