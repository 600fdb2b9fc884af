import { afterEach, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../../src/model/event.ts';
import { cloudWatchLogs } from '../../../../src/providers/aws/cloudwatch-logs.ts';
import { logsInsights } from '../../../../src/providers/aws/logs-insights.ts';
import { events } from '../../../../src/reader/events.ts';
import type { AuditSource } from '../../../../src/source/source.ts';
import type { AwsFault } from '../../../../src/testing/index.ts';
import { sourceLaws } from '../../../support/source-laws.ts';
import { CLIENTS, decode, NOW, recordsOf, startRig, type World } from './rig.ts';

const GROUP = 'CloudTrail/logs';
const withGroup = { logGroups: { [GROUP]: { trail: true } } } as never;
const logs = ({ logs: client, clock }: World) =>
  cloudWatchLogs({ region: 'us-east-1', logGroup: GROUP, client, pace: { clock, maxWait: 60_000 } });
const insights = ({ logs: client, clock }: World) =>
  logsInsights({ region: 'us-east-1', logGroups: [GROUP], client, pace: { clock, maxWait: 60_000 } });

const rigs: { close(): Promise<void> }[] = [];
const opener =
  (kind: (typeof CLIENTS)[number]) =>
  async (...[records, make, options]: Parameters<typeof startRig>) => {
    const rig = await startRig(records, make, options, kind);
    rigs.push(rig);
    return rig;
  };
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});
const times = (list: readonly AuditEvent[]) => list.map((event) => event.time.getTime());

describe.each(CLIENTS)('%s', (kind) => {
  const open = opener(kind);
  const failing = (make: (world: World) => AuditSource, fault: AwsFault) => async (records: readonly object[]) => {
    const rig = await startRig(records, make, withGroup, kind);
    rig.server.fault(fault);
    return rig;
  };
  const failures = (make: (world: World) => AuditSource) => ({
    'a denied call': { start: failing(make, { kind: 'access-denied', times: 1 }), code: 'permission-denied' as const },
    'credentials that ran out': {
      start: failing(make, { kind: 'expired-token', times: 1 }),
      code: 'unauthenticated' as const,
    },
    'a service that is down': {
      start: failing(make, { kind: 'server-error', probability: 1 }),
      code: 'unavailable' as const,
    },
    'throttling without end': {
      start: failing(make, { kind: 'throttle', probability: 1 }),
      code: 'rate-limited' as const,
    },
    'a log group that is not there': {
      start: (records: readonly object[]) => startRig(records, make, {}, kind),
      code: 'not-found' as const,
    },
  });

  sourceLaws({
    name: `CloudWatch Logs FilterLogEvents, ${kind}`,
    orders: ['newest-first', 'oldest-first'],
    records: recordsOf,
    decode,
    start: (records) => startRig(records, logs, withGroup, kind),
    failures: failures(logs),
  });

  sourceLaws({
    name: `CloudWatch Logs Insights, ${kind}`,
    orders: ['newest-first', 'oldest-first'],
    records: recordsOf,
    decode,
    start: (records) => startRig(records, insights, withGroup, kind),
    failures: {
      ...failures(insights),
      'a query that fails': {
        start: failing(insights, { kind: 'query-status', status: 'Failed', times: 1 }),
        code: 'unknown',
      },
      'a query that times out': {
        start: failing(insights, { kind: 'query-status', status: 'Timeout', times: 1 }),
        code: 'unavailable',
      },
      'a query that somebody cancels': {
        start: failing(insights, { kind: 'query-status', status: 'Cancelled', times: 1 }),
        code: 'incomplete',
      },
    },
  });

  describe('FilterLogEvents', () => {
    test('asks backwards for newest first, forwards for oldest first, with the filter as a pattern', async () => {
      const rig = await open(recordsOf(100), logs, withGroup);
      await events(rig.source, { from: new Date(NOW - 3_600_000), where: { action: 'secret.delete' } }).toArray();
      await events(rig.source, { from: new Date(NOW - 3_600_000), order: 'oldest-first' }).toArray();
      const [first, second] = rig.server.requests;
      expect(first?.input).toMatchObject({ logGroupName: GROUP, startFromHead: false, startTime: NOW - 3_600_000 });
      expect(first?.input['filterPattern']).toContain('DeleteSecret');
      expect(second?.input).toMatchObject({ startFromHead: true });
    });

    test('a record that arrived late stands where its act was', async () => {
      const [late, ...rest] = recordsOf(80);
      for (const order of ['newest-first', 'oldest-first'] as const) {
        const rig = await open([], logs, withGroup);
        const at = (record: object) => decode(record).time.getTime();
        rig.server.addMessages(
          GROUP,
          rest.map((record) => ({ timestamp: at(record) + 1000, message: JSON.stringify(record) })),
        );
        rig.server.addMessages(GROUP, [{ timestamp: at(late as object) + 50 * 60_000, message: JSON.stringify(late) }]);
        const list = await events(rig.source, { scope: 'all', order }).toArray();
        expect(list).toHaveLength(80);
        expect(times(list)).toEqual([...times(list)].sort((a, b) => (order === 'oldest-first' ? a - b : b - a)));
        const around = at(late as object);
        const window = await events(rig.source, {
          scope: 'all',
          order,
          from: new Date(around),
          to: new Date(around + 1),
        }).toArray();
        expect(window.map((event) => event.id)).toContain(decode(late as object).id);
      }
    });

    test('a message that is no CloudTrail record is counted and passed over', async () => {
      const rig = await open(recordsOf(10), logs, withGroup);
      rig.server.addMessages(GROUP, [{ timestamp: NOW, message: 'START RequestId: 1' }]);
      const stream = events(rig.source, { scope: 'all' });
      expect(await stream.toArray()).toHaveLength(10);
      expect(stream.report.sources[0]).toMatchObject({ received: 11, malformed: 1 });
      expect(stream.report.sources[0]?.notices.some((notice) => notice.code === 'not-a-record')).toBe(true);
    });

    test('backwards without a bound ends where the API ends, and says so', async () => {
      const rig = await open(recordsOf(10), logs, withGroup);
      const stream = events(rig.source);
      await stream.toArray();
      expect(stream.report.sources[0]?.notices.map((notice) => notice.code)).toContain('clamped-window');
    });

    test('what is older than the API goes backwards comes all the same, in order', async () => {
      const rig = await open([], logs, withGroup);
      const old = recordsOf(40).map((record, i) => ({ ...record, eventTime: `2023-12-3${i % 2}T0${i % 10}:00:00Z` }));
      rig.server.addMessages(
        GROUP,
        old.map((record) => ({ timestamp: Date.parse(record.eventTime), message: JSON.stringify(record) })),
      );
      const list = await events(rig.source, { scope: 'all', from: '2023-12-29', to: '2024-01-02' }).toArray();
      expect(list).toHaveLength(40);
      expect(times(list)).toEqual([...times(list)].sort((a, b) => b - a));
    });

    test.each<AwsFault>([
      { kind: 'server-error', times: 2 },
      { kind: 'reset', times: 2 },
      { kind: 'truncate', times: 2 },
      { kind: 'empty-page', times: 3 },
      { kind: 'duplicate-page', times: 1 },
      { kind: 'throttle', times: 4 },
    ])('$kind: every event once, in order', async (fault) => {
      const rig = await open(recordsOf(900), logs, withGroup);
      rig.server.fault(fault);
      const list = await events(rig.source, { scope: 'all' }).toArray();
      expect(new Set(list.map((event) => event.id)).size).toBe(900);
      expect(list).toHaveLength(900);
      expect(times(list)).toEqual([...times(list)].sort((a, b) => b - a));
    });

    test('names of groups that AWS would refuse are refused at once', () => {
      for (const logGroup of ['', 'a b', 'x'.repeat(513), 'arn:aws:logs:us-east-1:111122223333:log-group:x:*']) {
        expect(() => cloudWatchLogs({ region: 'us-east-1', logGroup })).toThrowError(/logGroup/);
      }
    });
  });

  describe('Logs Insights', () => {
    test('a full answer halves the window, and nothing is lost', async () => {
      const rig = await open(recordsOf(23_000), insights, withGroup);
      const stream = events(rig.source, { scope: 'all', from: new Date(NOW - 6 * 3_600_000) });
      const list = await stream.toArray();
      expect(list).toHaveLength(23_000);
      expect(times(list)).toEqual([...times(list)].sort((a, b) => b - a));
      expect(rig.server.requests.filter((request) => request.operation === 'StartQuery').length).toBeGreaterThan(3);
      expect(stream.report.sources[0]?.scannedBytes).toBeGreaterThan(0);
      expect(stream.report.sources[0]?.matchedRecords).toBeGreaterThan(0);
    });

    test('leaving while a query runs stops it', async () => {
      const rig = await open(recordsOf(50), insights, withGroup);
      const controller = new AbortController();
      const pending = events(rig.source, { signal: controller.signal }).toArray();
      pending.catch(() => {});
      const asked = async (operation: string) => {
        while (!rig.server.requests.some((request) => request.operation === operation))
          await new Promise((resolve) => setImmediate(resolve));
      };
      await asked('StartQuery');
      controller.abort(new Error('enough'));
      await expect(pending).rejects.toThrowError('enough');
      await asked('StopQuery');
    });

    test('options that cannot be meant are refused at once', () => {
      for (const logGroups of [
        [],
        ['a', 'arn:aws:logs:us-east-1:111122223333:log-group:b'],
        Array.from({ length: 51 }, (_, i) => `g${i}`),
      ]) {
        expect(() => logsInsights({ region: 'us-east-1', logGroups })).toThrowError(/logGroups/);
      }
    });
  });
});
