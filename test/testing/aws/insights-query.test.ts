import { GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { parseInsightsQuery } from '../../../src/testing/aws/insights-query.ts';
import { failure, logs, NOW, start } from './clients.ts';

const SECOND = 1000;
const DAY = { startTime: NOW / SECOND - 86_400, endTime: NOW / SECOND };

/** JSON messages a minute apart, the last of them now. */
const jsonMessages = (values: readonly object[]) =>
  values.map((value, index) => ({
    message: JSON.stringify(value),
    timestamp: NOW - (values.length - 1 - index) * 60_000,
    logStreamName: `stream-${index}`,
  }));

type Rows = Record<string, string>[];

async function query(values: readonly object[], queryString: string, options = {}): Promise<Rows> {
  const server = await start({ queryPolls: 0, logGroups: { app: { messages: jsonMessages(values) } }, ...options });
  const client = logs(server);
  const { queryId } = await client.send(new StartQueryCommand({ ...DAY, logGroupName: 'app', queryString }));
  const { results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
  return results.map((row) => Object.fromEntries(row.map(({ field, value }) => [field, value])));
}

const RECORDS = [
  { id: 'a', eventName: 'GetSecretValue', errorCode: 'AccessDenied', latency: 5, user: { name: 'alice' }, ok: true },
  { id: 'b', eventName: 'DeleteSecret', latency: 50, user: { name: 'bob' }, items: [{ x: 'one' }, { x: 'two' }] },
  { id: 'c', eventName: 'Exception in main', status: '400', 'x-y': 1, ok: false, nothing: null },
];

describe('filter', () => {
  const cases: Record<string, string> = {
    'eventName = "DeleteSecret"': 'b',
    "eventName = 'DeleteSecret'": 'b',
    'eventName = "deletesecret"': '',
    'eventName = "NoSuchName"': '',
    'eventName != "DeleteSecret"': 'ca',
    'eventName="GetSecretValue" or eventName="DeleteSecret"': 'ba',
    'eventName in ["GetSecretValue", "DeleteSecret"]': 'ba',
    'eventName IN ["GetSecretValue"]': 'a',
    'eventName not in ["GetSecretValue", "DeleteSecret"]': 'c',
    'eventName like "Exception"': 'c',
    'eventName like /Exception/': 'c',
    'eventName =~ /Exception/': 'c',
    'eventName like "exception"': '',
    'eventName like /(?i)exception/': 'c',
    'eventName like /^(?i)deletesecret$/': 'b',
    'eventName like /Secret$/': 'b',
    'eventName not like /Secret/': 'c',
    'latency > 5': 'b',
    'latency >= 5 and latency < 50': 'a',
    'latency <= 5': 'a',
    'latency = "50"': 'b',
    'status = 400': 'c',
    'status >= 400 and status <= 499': 'c',
    'user.name = "alice"': 'a',
    'items.1.x = "two"': 'b',
    'items.0.x = "two"': '',
    '`x-y` = 1': 'c',
    'ispresent(errorCode)': 'a',
    'not ispresent(errorCode)': 'cb',
    // Null is not present, and what holds other fields is none itself.
    'ispresent(nothing)': '',
    'ispresent(user)': '',
    'isempty(errorCode)': 'cb',
    'isblank(user.name)': 'c',
    'strcontains(eventName, "Secret")': 'ba',
    'strcontains(eventName, "Secret") = 0': 'c',
    'tolower(eventName) = "deletesecret"': 'b',
    'toupper(user.name) = "BOB"': 'b',
    'strlen(user.name) = 5': 'a',
    'coalesce(errorCode, user.name) = "bob"': 'b',
    'ok = 1': 'a',
    'ok = true': 'a',
    'ok = "false"': 'c',
    'not (eventName = "DeleteSecret")': 'ca',
    'not not eventName = "DeleteSecret"': 'b',
    '(eventName = "DeleteSecret" or latency = 5) and latency > 1': 'ba',
    'eventName = "DeleteSecret" or latency = 5 and latency > 10': 'b',
    'id = "a" # or id = "b"': 'a',
    '@logStream = "stream-1"': 'b',
    '@message like /alice/': 'a',
    [`@timestamp = ${NOW}`]: 'c',
    [`toMillis(@timestamp) < ${NOW - 60_000}`]: 'a',
    '@log = "111122223333:app"': 'cba',
  };
  for (const [condition, expected] of Object.entries(cases)) {
    it(condition, async () => {
      const rows = await query(RECORDS, `fields id | filter ${condition}`);
      expect(rows.map((row) => row['id']).join('')).toBe(expected);
    });
  }

  it('knows nothing of a field that is missing, unless the option says so', async () => {
    const narrow = async (condition: string, missingFieldNotEqual: boolean) => {
      const rows = await query(RECORDS, `filter ${condition} | fields id`, { missingFieldNotEqual });
      return rows.map((row) => row['id']).join('');
    };
    for (const condition of [
      'errorCode != "x"',
      'not errorCode = "x"',
      'errorCode not like "x"',
      'errorCode not in ["x"]',
    ]) {
      expect(await narrow(condition, false), condition).toBe('a');
      expect(await narrow(condition, true), condition).toBe('cba');
    }
    expect(await narrow('errorCode = "x" or id = "b"', false)).toBe('b');
    expect(await narrow('not (errorCode = "x" and id = "c")', false)).toBe('ba');
  });
});

describe('commands', () => {
  it('shows time and message when it is not told what to show, newest first', async () => {
    const rows = await query(RECORDS.slice(0, 2), '');
    expect(rows).toEqual([
      { '@timestamp': '2026-11-20 12:00:00.000', '@message': JSON.stringify(RECORDS[1]), '@ptr': expect.any(String) },
      { '@timestamp': '2026-11-20 11:59:00.000', '@message': JSON.stringify(RECORDS[0]), '@ptr': expect.any(String) },
    ]);
    expect(rows[0]?.['@ptr']).not.toBe(rows[1]?.['@ptr']);
  });

  it('shows fields, with the missing ones left out', async () => {
    const [, , first] = await query(RECORDS, 'fields id, errorCode | fields toupper(user.name) as name, ok, none');
    expect(first).toEqual({ id: 'a', errorCode: 'AccessDenied', name: 'ALICE', ok: '1', '@ptr': expect.any(String) });
  });

  it('shows what display says last', async () => {
    const [first] = await query(RECORDS, 'fields id, latency | display latency | display id, strlen(id)');
    expect(first).toEqual({ id: 'c', 'strlen(id)': '1', '@ptr': expect.any(String) });
  });

  it('takes where for filter, in any case', async () => {
    const rows = await query(RECORDS, 'FIELDS id\n| WHERE id = "a"');
    expect(rows.map((row) => row['id'])).toEqual(['a']);
  });

  it('sorts in the natural order, either way, by more than one key', async () => {
    const values = ['5A', '111A', 'A', '#', '3', '01', '!', '0', 'a', 3].map((value, index) => ({ value, index }));
    const sorted = (await query(values, 'fields value | sort value asc, index')).map((row) => row['value']);
    expect(sorted).toEqual(['!', '#', '5A', '111A', 'A', 'a', '0', '01', '3', '3']);
    const descending = (await query(values, 'fields index | sort value desc, index desc')).map((row) => row['index']);
    expect(descending.slice(0, 3)).toEqual(['9', '4', '5']);
    const missing = await query(RECORDS, 'fields id | sort latency asc');
    expect(missing.map((row) => row['id'])).toEqual(['c', 'a', 'b']);
  });

  it('limits', async () => {
    const rows = await query(RECORDS, 'fields id | sort @timestamp asc | limit 2');
    expect(rows.map((row) => row['id'])).toEqual(['a', 'b']);
    expect(await query(RECORDS, 'fields id | limit any 1')).toHaveLength(1);
  });

  it('counts', async () => {
    const values = [...RECORDS, { id: 'd', eventName: 'DeleteSecret' }];
    expect(await query(values, 'stats count(*) as all, count(latency)')).toEqual([{ all: '4', 'count(latency)': '2' }]);
    const groups = await query(values, 'stats count(*) as n by eventName, user.name | sort n desc, eventName asc');
    expect(groups).toEqual([
      { eventName: 'DeleteSecret', n: '1' },
      { eventName: 'DeleteSecret', 'user.name': 'bob', n: '1' },
      { eventName: 'Exception in main', n: '1' },
      { eventName: 'GetSecretValue', 'user.name': 'alice', n: '1' },
    ]);
    expect(await query(values, 'filter id = "none" | stats count(*) by eventName')).toEqual([]);
  });

  it('discovers no more than 200 fields of a message', async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`f${index}`, index]));
    const [row] = await query([many], 'fields f0, f199, f200');
    expect(row).toEqual({ f0: '0', f199: '199', '@ptr': expect.any(String) });
  });
});

describe('what is no query', () => {
  const malformed: Record<string, string> = {
    'an unknown command': 'frobnicate x',
    'a command of the language that is not simulated': 'parse @message "*" as x',
    'nothing behind the pipe': 'fields a |',
    'a pipe too few': 'fields a filter b = 1',
    'an open text': 'filter a = "x',
    'an open parenthesis': 'filter (a = 1',
    'an open list': 'filter a in ["x"',
    'a list of fields': 'filter a in [b]',
    'a condition without a value': 'filter a =',
    'a hyphen in a field': 'filter foo-bar = 1',
    'like without a text': 'filter a like 5',
    'a regex that is none': 'filter a like /(/',
    'an unknown function': 'filter frobnicate(a) = 1',
    'a limit of 0': 'limit 0',
    'a limit of 100,001': 'limit 100001',
    'a limit that is no number': 'limit x',
    'an aggregate that is not simulated': 'stats avg(a)',
    'no end of parentheses': `filter ${'('.repeat(5000)}`,
  };
  for (const [name, queryString] of Object.entries(malformed)) {
    it(name, async () => {
      const server = await start({ logGroups: { app: {} } });
      const input = { ...DAY, logGroupName: 'app', queryString };
      const error = await failure(logs(server).send(new StartQueryCommand(input)));
      expect(error.name).toBe('MalformedQueryException');
    });
  }

  it('is told with the place', async () => {
    const server = await start({ logGroups: { app: {} } });
    const input = { ...DAY, logGroupName: 'app', queryString: 'fields a | filtr b = 1' };
    expect(await failure(logs(server).send(new StartQueryCommand(input)))).toMatchObject({
      message: 'unexpected symbol found filtr at line 1 and position 11',
      queryCompileError: { location: { startCharOffset: 11, endCharOffset: 16 } },
    });
  });
});

it('runs the sample queries of the documentation that are in the subset', () => {
  const samples = [
    'fields @timestamp, @message | sort @timestamp desc | limit 25',
    'fields @message | filter @message not like /Exception/',
    'filter (eventName="StartInstances" or eventName="StopInstances") and awsRegion="us-east-2"',
    'filter eventName="CreateUser"\n    | fields awsRegion, requestParameters.userName, responseElements.user.arn',
    'filter eventName="UpdateTrail" and ispresent(errorCode)\n    | stats count(*) by errorCode, errorMessage',
    'filter tlsDetails.tlsVersion in [ "TLSv1", "TLSv1.1" ]\n| stats count(*) as numOutdatedTlsCalls by eventSource\n| sort numOutdatedTlsCalls desc',
    'stats count(*) as requestCount by path\n| sort requestCount desc\n| limit 10',
    'fields @timestamp, @message\n| filter (range>3000 and accountId=123456789012)\n| sort @timestamp desc\n| limit 20',
    'filter @`aws.tag.aws:cloudformation:stack-name` = "my-stack"',
  ];
  for (const sample of samples) {
    expect(() => parseInsightsQuery(sample, { missingFieldNotEqual: false }), sample).not.toThrow();
  }
});
