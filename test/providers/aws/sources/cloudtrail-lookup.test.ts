import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { afterEach, describe, expect, test } from 'vitest';
import { AuditError } from '../../../../src/model/error.ts';
import type { AuditEvent } from '../../../../src/model/event.ts';
import { cloudTrailLookup } from '../../../../src/providers/aws/cloudtrail-lookup.ts';
import { events } from '../../../../src/reader/events.ts';
import { type AwsFault, sampleCloudTrailRecords } from '../../../../src/testing/index.ts';
import { seededRandom } from '../../../../src/testing/random.ts';
import { sourceLaws } from '../../../support/source-laws.ts';
import { CLIENTS, decode, fastClock, NOW, recordsOf, startRig, type World } from './rig.ts';

const lookup = ({ trail, clock }: World) => cloudTrailLookup({ region: 'us-east-1', client: trail, pace: { clock } });
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
  const failing = (fault: AwsFault) => async (records: readonly object[]) => {
    const rig = await startRig(
      records,
      ({ trail, clock }) => cloudTrailLookup({ region: 'us-east-1', client: trail, pace: { clock, maxWait: 60_000 } }),
      {},
      kind,
    );
    rig.server.fault(fault);
    return rig;
  };

  sourceLaws({
    name: `CloudTrail LookupEvents, ${kind}`,
    orders: ['newest-first', 'oldest-first'],
    records: recordsOf,
    decode,
    start: (records) => startRig(records, lookup, {}, kind),
    failures: {
      'a denied call': { start: failing({ kind: 'access-denied', times: 1 }), code: 'permission-denied' },
      'credentials that ran out': { start: failing({ kind: 'expired-token', times: 1 }), code: 'unauthenticated' },
      'a service that is down': { start: failing({ kind: 'server-error', probability: 1 }), code: 'unavailable' },
      'throttling without end': { start: failing({ kind: 'throttle', probability: 1 }), code: 'rate-limited' },
      'a token that comes back unchanged': {
        start: failing({ kind: 'same-token', probability: 1 }),
        code: 'incomplete',
      },
    },
  });

  describe('requests', () => {
    test('are as few as there are pages, paced to two a second', async () => {
      const rig = await open(recordsOf(1020), lookup);
      const list = await events(rig.source, { scope: 'all' }).toArray();
      expect(list).toHaveLength(1020);
      expect(rig.asked()).toBe(Math.ceil(1020 / 50));
      const at = rig.server.requests.map((request) => request.at);
      for (let i = 2; i < at.length; i++)
        expect((at[i] as number) - (at[i - 2] as number)).toBeGreaterThanOrEqual(1000);
      expect(rig.server.requests.every((request) => request.status === 200)).toBe(true);
    });

    test('carry one attribute, the same words on every page of a token, and both bounds', async () => {
      const rig = await open(recordsOf(300), lookup);
      await events(rig.source, { where: { name: 'GetSecretValue', denied: false }, to: new Date(NOW) }).toArray();
      const inputs = rig.server.requests.map(({ input }) => ({ ...input, NextToken: undefined }));
      expect(inputs.length).toBeGreaterThan(1);
      for (const input of inputs) expect(input).toEqual(inputs[0]);
      expect(inputs[0]).toMatchObject({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GetSecretValue' }],
        MaxResults: 50,
        EndTime: (NOW - 1) / 1000,
      });
    });

    test('two readers of one client share its pace and do not throttle each other', async () => {
      const rig = await open(recordsOf(200), lookup, { clock: fastClock(2) });
      const [one, two] = await Promise.all([
        events(rig.source, { scope: 'all' }).toArray(),
        events(rig.source, { scope: 'all' }).toArray(),
      ]);
      expect([one.length, two.length]).toEqual([200, 200]);
      // On a busy machine two requests may arrive closer together than they left; each with a pace of its own, half would be refused.
      expect(rig.server.requests.filter((request) => request.status !== 200).length).toBeLessThanOrEqual(1);
    });

    test('a filter that no CloudTrail event can pass costs none', async () => {
      const rig = await open(recordsOf(10), lookup);
      expect(await events(rig.source, { where: { provider: 'ibm' } }).toArray()).toEqual([]);
      expect(rig.asked()).toBe(0);
    });

    test('explain makes none, and says what is left to the reader', async () => {
      const rig = await open(recordsOf(10), lookup);
      const request = {
        scope: 'secrets',
        order: 'newest-first',
        startedAt: new Date(),
        signal: new AbortController().signal,
        sink: { notice() {}, count() {} },
      } as const;
      const plan = rig.source.explain?.({ ...request, where: { name: 'GetSecretValue', denied: true } });
      expect(plan?.steps[0]).toContain('EventName = "GetSecretValue"');
      expect(plan?.leftToReader.join()).toContain('denied');
      expect(rig.asked()).toBe(0);
    });

    test('a slow service is asked side by side', async () => {
      const rig = await open(recordsOf(3000), lookup, { latencyMs: 2000, clock: fastClock(8) });
      const list = await events(rig.source, { scope: 'all' }).toArray();
      expect(list).toHaveLength(3000);
      expect(times(list)).toEqual([...times(list)].sort((a, b) => b - a));
      const at = rig.server.requests.map((request) => request.at);
      const oneAfterAnother = (3000 / 50) * 2000;
      // On a busy machine timers are late; test/source/windows.test.ts holds closer bounds where they are not.
      expect(Math.max(...at) - Math.min(...at)).toBeLessThan(oneAfterAnother * 0.8);
      expect(rig.server.requests.filter((request) => request.status === 200).length).toBeLessThan(60 * 1.5);
    });
  });

  describe('honesty', () => {
    test('a window older than 90 days is clamped, with a notice', async () => {
      const rig = await open(recordsOf(60), lookup);
      const stream = events(rig.source, { from: '120d', to: '1h' });
      await stream.toArray();
      expect(stream.report.sources[0]?.notices).toMatchObject([{ code: 'clamped-to-90-days', incomplete: true }]);
      expect(stream.report.complete).toBe(false);
    });

    test('a window that reaches into the delay is not final, one that ends before it is complete', async () => {
      const rig = await open(recordsOf(60), lookup);
      const young = events(rig.source, { from: '8h' });
      await young.toArray();
      expect(young.report.sources[0]?.notices).toMatchObject([{ code: 'not-final-yet' }]);
      const settled = events(rig.source, { from: '9h', to: '1h' });
      expect(await settled.toArray()).not.toHaveLength(0);
      expect(settled.report).toMatchObject({ complete: true, finished: true });
    });

    test('a record that is cut off is counted and told, the others come', async () => {
      const rig = await open(recordsOf(120), lookup);
      rig.server.fault({ kind: 'malformed-record', times: 2 });
      const stream = events(rig.source, { scope: 'all' });
      expect(await stream.toArray()).toHaveLength(118);
      expect(stream.report.sources[0]).toMatchObject({ received: 120, malformed: 2 });
      expect(stream.report.sources[0]?.notices.find((notice) => notice.code === 'malformed-record')).toMatchObject({
        count: 2,
        incomplete: true,
      });
    });
  });

  describe('faults', () => {
    test('a burst of throttling is waited out, and counted', async () => {
      const rig = await open(recordsOf(200), lookup);
      rig.server.fault({ kind: 'throttle', times: 7 });
      const stream = events(rig.source, { scope: 'all' });
      expect(await stream.toArray()).toHaveLength(200);
      expect(stream.report.sources[0]).toMatchObject({ requests: 11, retries: 7 });
      expect(stream.report.sources[0]?.waitedMs).toBeGreaterThan(0);
      expect(rig.asked()).toBe(11);
    });

    test('a denied call is asked once', async () => {
      const rig = await open(recordsOf(200), lookup);
      rig.server.fault({ kind: 'access-denied', times: 1 });
      const error = await events(rig.source)
        .toArray()
        .catch((e: unknown) => e);
      expect(AuditError.is(error) && error.code).toBe('permission-denied');
      expect((error as Error).cause).toBeInstanceOf(Error);
      expect(rig.asked()).toBe(1);
    });

    test.each<AwsFault>([
      { kind: 'server-error', times: 3 },
      { kind: 'reset', times: 3 },
      { kind: 'truncate', times: 3 },
      { kind: 'slow', ms: 45_000, times: 2 },
      { kind: 'empty-page', times: 3 },
      { kind: 'duplicate-page', times: 2 },
    ])('$kind: every event once, in order', async (fault) => {
      const records = recordsOf(400);
      const rig = await open(records, lookup);
      rig.server.fault({ ...fault, after: 1 });
      const list = await events(rig.source, { scope: 'all' }).toArray();
      expect(list.map((event) => event.id).sort()).toEqual(records.map((record) => decode(record).id).sort());
      expect(times(list)).toEqual([...times(list)].sort((a, b) => b - a));
    });
  });

  test('100,000 events through five kinds of faults: each once, in order, and as few requests as that takes', async () => {
    const records = sampleCloudTrailRecords({ count: 100_000, seed: 9, from: NOW - 40 * 86_400_000, to: NOW });
    const rig = await open(records, lookup);
    for (const kind of ['throttle', 'server-error', 'reset', 'truncate', 'empty-page'] as const)
      rig.server.fault({ kind, probability: 0.02 });
    const stream = events(rig.source, { scope: 'all' });
    let count = 0;
    let last = Number.POSITIVE_INFINITY;
    const seen = new Set<string>();
    for await (const event of stream) {
      expect(event.time.getTime()).toBeLessThanOrEqual(last);
      last = event.time.getTime();
      seen.add(event.id);
      count++;
    }
    expect([count, seen.size]).toEqual([100_000, 100_000]);
    const [books] = stream.report.sources;
    const empty = rig.server.requests.filter((request) => request.fault === 'empty-page').length;
    expect(books?.requests).toBe(rig.asked());
    expect(rig.asked()).toBe(2000 + (books?.retries ?? 0) + empty);
  }, 120_000);

  test('200 aborts at random moments: the reason, no request after it, nothing unhandled', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', listen);
    const rig = await open(recordsOf(2000), lookup, { latencyMs: 700 });
    const reason = new Error('enough');
    const random = seededRandom(1);
    for (let i = 0; i < 200; i++) {
      const controller = new AbortController();
      const after = Math.floor(random() * 30);
      const run = (async () => {
        let pages = 0;
        for await (const _ of events(rig.source, { scope: 'all', signal: controller.signal }).pages())
          if (++pages > 30) break;
      })();
      const settled = run.then(
        () => 'ended',
        (error: unknown) => error,
      );
      for (let turn = 0; turn < after; turn++) await new Promise((resolve) => setImmediate(resolve));
      controller.abort(reason);
      expect([reason, 'ended']).toContain(await settled);
      // What was in flight when the signal fired may still arrive at the server; nothing is asked after that.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    const asked = rig.asked();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rig.asked()).toBe(asked);
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  }, 120_000);
});

describe('clients', () => {
  const open = opener('SDK client');

  test('the aggregated client fits as well, and so does anything with lookupEvents', async () => {
    const rig = await open(recordsOf(20), ({ server, clock }) =>
      cloudTrailLookup({
        region: 'us-east-1',
        pace: { clock },
        client: new CloudTrail({
          region: 'us-east-1',
          endpoint: server.url,
          maxAttempts: 1,
          credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' },
        }),
      }),
    );
    expect(await events(rig.source, { scope: 'all' }).toArray()).toHaveLength(20);
    const own = cloudTrailLookup({ region: 'us-east-1', client: { lookupEvents: async () => ({ Events: [] }) } });
    expect(await events(own).toArray()).toEqual([]);
  });

  test('without one the SDK is loaded, and finds the endpoint in the environment', async () => {
    const rig = await open(recordsOf(20), ({ clock }) => cloudTrailLookup({ region: 'us-east-1', pace: { clock } }));
    const before = { ...process.env };
    Object.assign(process.env, rig.server.env);
    try {
      expect(await events(rig.source, { scope: 'all' }).toArray()).toHaveLength(20);
    } finally {
      process.env = before;
    }
  });

  test('a Region that is none is refused at once', () => {
    expect(() => cloudTrailLookup({ region: 'us-east' })).toThrowError(/no AWS Region/);
  });
});
