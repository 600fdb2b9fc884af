import { describe, expect, test } from 'vitest';
import { type AuditSource, explain } from '../../src/index.ts';
import { GROUP, withAwsServer } from './aws-world.ts';
import { cli } from './world.ts';

const server = withAwsServer();

describe('read --explain', () => {
  test('prints the plan of a lookup and makes no request', async () => {
    const asked = ['--since', '24h', '--name', 'GetSecretValue', '--denied', '--explain'];
    expect(await cli('read', 'cloudtrail://us-east-1', ...asked)).toEqual({
      code: 0,
      out: `aws.cloudtrail-lookup/us-east-1
  LookupEvents in us-east-1, 2026-11-19T12:00:00.000Z to 2026-11-20T12:00:00.000Z, EventName = "GetSecretValue", 50 events a request
  filtered by the source:
    EventName = "GetSecretValue"
  left to the reader:
    denied = true
`,
      err: '',
    });
    expect(server().requests).toEqual([]);
  });

  test('of several sources, each in the order given, files last', async () => {
    const sources = ['samples/aws', `logs-insights://us-east-1/${GROUP}`, 'cloudtrail://eu-west-1'];
    const { code, out, err } = await cli('read', ...sources, '--explain', '--format', 'json');
    expect(code).toBe(0);
    const plans = JSON.parse(out) as { source: string; steps: string[] }[];
    expect(plans.map(({ source }) => source)).toEqual([
      `aws.logs-insights/us-east-1/${GROUP}`,
      'aws.cloudtrail-lookup/eu-west-1',
      'files',
    ]);
    expect(plans[0]?.steps[0]).toMatch(/^StartQuery 2026-11-19T12:00:00\.000Z to .*eventSource = /);
    expect(plans[2]?.steps).toEqual(['read every file in the folder: samples/aws']);
    expect(err).toBe('secret-events: no --since: the last 24 hours of every source; --since 7d reads more\n');
    expect(server().requests).toEqual([]);
  });

  test('as JSON lines, one plan a line', async () => {
    const sources = ['cloudtrail://us-east-1', `cloudwatch-logs://us-east-1/${GROUP}`];
    const { out } = await cli('read', ...sources, '--explain', '--format', 'jsonl', '--denied');
    const plans = out.trimEnd().split('\n');
    expect(plans.map((line) => (JSON.parse(line) as { source: string }).source)).toEqual([
      'aws.cloudtrail-lookup/us-east-1',
      `aws.cloudwatch-logs/us-east-1/${GROUP}`,
    ]);
    expect(server().requests).toEqual([]);
  });

  test('of a filter that no event of the cloud can pass', async () => {
    const { out } = await cli('read', 'cloudtrail://us-east-1', '--provider', 'ibm', '--explain');
    expect(out).toContain('  no request: no CloudTrail event can pass the filter\n  filtered by the source: nothing\n');
  });

  test('what is wrong is wrong here, too', async () => {
    const { code } = await cli('read', 'cloudtrail://us-east-1', '--since', '1h', '--until', '2h', '--explain');
    expect(code).toBe(2);
  });

  test('a path with terminal controls in it is made safe', async () => {
    const { out } = await cli('read', 'no\x1b[2J', '--explain');
    expect(out).toContain('not found: no\\x1b[2J');
    const { out: json } = await cli('read', 'no\x9b2J', '--explain', '--format', 'json');
    expect(json).not.toContain('\x9b');
    expect(JSON.parse(json)).toMatchObject([{ steps: ['not found: no\x9b2J'] }]);
  });
});

describe('explain()', () => {
  const silent: AuditSource = {
    name: 'silent',
    order: 'either',
    read: () => {
      throw new Error('it was read');
    },
    codeOf: () => 'unknown',
  };

  test('a source that tells nothing of itself says so', () => {
    expect(explain(silent)).toEqual([
      {
        source: 'silent',
        steps: ['this source does not tell how it reads'],
        pushedDown: [],
        leftToReader: ['the whole request'],
      },
    ]);
  });

  test('gives every source what events() would', () => {
    const requests: unknown[] = [];
    const telling: AuditSource = {
      ...silent,
      name: 'telling',
      explain: (request) => {
        requests.push(request);
        return { source: 'telling', steps: [], pushedDown: [], leftToReader: [] };
      },
    };
    const where = { denied: true } as const;
    const plans = explain([telling, silent], { from: '24h', to: '1h', where, limit: 3, order: 'oldest-first' });
    expect(plans.map(({ source }) => source)).toEqual(['telling', 'silent']);
    expect(requests).toMatchObject([
      {
        from: new Date('2026-11-19T12:00:00Z'),
        to: new Date('2026-11-20T11:00:00Z'),
        startedAt: new Date('2026-11-20T12:00:00Z'),
        where,
        limit: 3,
        order: 'oldest-first',
        scope: 'secrets',
      },
    ]);
  });

  test('refuses what events() refuses', () => {
    expect(() => explain([silent, silent])).toThrow('two sources are named "silent"');
    expect(() => explain(silent, { limit: -1 })).toThrow('limit');
  });
});
