import { afterEach, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../../src/model/event.ts';
import { type CloudWatchLogsOptions, cloudWatchLogs } from '../../../../src/providers/aws/cloudwatch-logs.ts';
import { events } from '../../../../src/reader/events.ts';
import type { EventsRequest } from '../../../../src/reader/request.ts';
import type { AuditSource } from '../../../../src/source/source.ts';
import type { Clock, LiveTailEnd } from '../../../../src/testing/index.ts';
import { CLIENTS, decode, fastClock, NOW, recordsOf, startRig, type World } from './rig.ts';

const GROUP = 'CloudTrail/logs';
const ARN = `arn:aws:logs:us-east-1:111122223333:log-group:${GROUP}`;
const reason = new Error('enough');

/** When the streams of these tests start: their records have just come. */
const BEGIN = NOW + 200_000;

/** Real time from then on, so many times as fast. */
function clockFrom(factor = 1): Clock {
  const began = Date.now();
  const { sleep } = fastClock(factor);
  return { now: () => BEGIN + (Date.now() - began) * factor, sleep };
}

/** So many records that nobody else has, each at its second after `NOW`. */
const SAMPLES = recordsOf(2000);
let taken = 0;
function recordsAt(...seconds: number[]) {
  return seconds.map((second) => ({
    ...(SAMPLES[taken++ % SAMPLES.length] as object),
    eventID: `00000000-0000-4000-8000-${String(taken).padStart(12, '0')}`,
    eventTime: new Date(NOW + second * 1000).toISOString().replace('.000', ''),
  }));
}
const ids = (records: readonly object[]) => records.map((record) => decode(record).id).sort();

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(
  clock: Clock,
  options: Partial<CloudWatchLogsOptions> = {},
  liveTail?: object,
  make?: (world: World) => AuditSource,
  kind?: (typeof CLIENTS)[number],
) {
  const follow = ({ logs: client }: World) =>
    cloudWatchLogs({ region: 'us-east-1', logGroup: ARN, client, pace: { clock }, ...options });
  const settings = { clock, quotas: false, logGroups: { [GROUP]: { trail: true } }, ...(liveTail && { liveTail }) };
  const rig = await startRig([], make ?? follow, settings as never, kind);
  closing.push(() => rig.close());
  const asked = (operation: string) => rig.server.requests.filter((request) => request.operation === operation);
  const add = (records: readonly object[], deliveredAt?: number) =>
    rig.server.add(records as never, deliveredAt === undefined ? {} : { deliveredAt });
  return { ...rig, asked, add };
}

/** Follows in the background. */
function start(source: AuditSource, request: EventsRequest = {}, each: () => Promise<void> = async () => {}) {
  const controller = new AbortController();
  const got: AuditEvent[] = [];
  const stream = events(source, {
    follow: true,
    scope: 'all',
    from: new Date(NOW),
    signal: controller.signal,
    ...request,
  });
  const run = (async () => {
    for await (const event of stream) {
      got.push(event);
      await each();
    }
  })();
  let failure: unknown;
  run.catch((error: unknown) => {
    failure = error;
  });
  const stop = async () => {
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
  };
  closing.push(async () => {
    controller.abort(reason);
    await run.catch(() => {});
  });
  const until = async (met: () => boolean) => {
    while (!met()) {
      if (failure !== undefined) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const seen = () => got.map(({ id }) => id).sort();
  const notices = () => stream.report.sources[0]?.notices ?? [];
  return { got, seen, stream, run, stop, until, notices };
}

/** Time stands still but for the poll's own sleep, and in each of those something happens; after the last, it sleeps on. */
function stepped(interval: number, steps: (() => void)[]): Clock & { readonly done: () => boolean } {
  let now = BEGIN;
  return {
    now: () => now,
    done: () => steps.length === 0,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const step = ms === interval ? steps.shift() : () => {};
      if (!step) return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      now += ms;
      step();
    },
  };
}

/** Reads by polling, with one step in each pause, to the reading after the last. */
async function polled(
  kind: (typeof CLIENTS)[number],
  initial: readonly object[],
  changes: ((add: (records: readonly object[]) => void) => void)[],
  options: Partial<CloudWatchLogsOptions> = {},
) {
  const { pollInterval = 5000 } = options;
  let add: (records: readonly object[]) => void = () => {};
  let over = false;
  const steps = [...changes.map((change) => () => change(add)), () => {}];
  const clock = stepped(pollInterval, steps);
  const world = await open(
    {
      ...clock,
      sleep: (ms, signal) => {
        if (ms === pollInterval && steps.length === 0) over = true;
        return clock.sleep(ms, signal);
      },
    },
    options,
    undefined,
    undefined,
    kind,
  );
  add = world.add;
  add(initial);
  const following = start(world.source);
  await following.until(() => over);
  return { ...world, ...following };
}

describe.each(CLIENTS)('polling, %s', (kind) => {
  test('gives what is there, then what comes, once each, in one request a poll', async () => {
    const [old, one, two] = [recordsAt(1, 2, 3), recordsAt(61), recordsAt(62, 63)];
    const { seen, asked, stop, stream } = await polled(kind, old, [(add) => add(one), () => {}, (add) => add(two)]);
    expect(seen()).toEqual(ids([...old, ...one, ...two]));
    expect(asked('FilterLogEvents')).toHaveLength(5);
    expect(asked('StartLiveTail')).toHaveLength(0);
    expect(asked('FilterLogEvents')[0]?.input).toMatchObject({ startTime: NOW, startFromHead: true });
    const report = stream.report.sources[0];
    expect(report?.received).toBe((report?.yielded ?? 0) + (report?.duplicates ?? 0));
    await stop();
  });

  test('catches what becomes visible behind newer records, within the overlap', async () => {
    const [old, late, tooLate] = [recordsAt(1, 120), recordsAt(61), recordsAt(59)];
    const { seen, stop } = await polled(kind, old, [(add) => add(late), (add) => add(tooLate)], { overlap: 60_000 });
    expect(seen()).toEqual(ids([...old, ...late]));
    await stop();
  });

  test('records of one moment come once each, however many readings they are spread over', async () => {
    const ties = [recordsAt(30, 30), recordsAt(30, 30, 30), recordsAt(30)] as const;
    const { seen, stop } = await polled(kind, ties[0], [(add) => add(ties[1]), (add) => add(ties[2])], { overlap: 0 });
    expect(seen()).toEqual(ids(ties.flat()));
    await stop();
  });

  test('a quiet log is not read from its last record for ever', async () => {
    const hour = 3_600_000;
    const { asked, stop } = await polled(kind, recordsAt(1), [() => {}, () => {}], { pollInterval: hour });
    const starts = asked('FilterLogEvents').map(({ input }) => input['startTime'] as number);
    expect(starts[0]).toBe(NOW);
    expect(starts.at(-1)).toBeGreaterThan(NOW + hour);
    await stop();
  });

  test('a message that is no record is told of once, not with every reading', async () => {
    let rig: Awaited<ReturnType<typeof open>> | undefined;
    const clock = stepped(5000, [() => {}, () => {}]);
    rig = await open(clock, {}, undefined, undefined, kind);
    rig.server.addMessages(GROUP, [{ timestamp: NOW + 1000, message: 'START RequestId: 1' }]);
    const { until, stream, stop } = start(rig.source);
    await until(() => (rig?.asked('FilterLogEvents').length ?? 0) === 3 && clock.done());
    expect(stream.report.sources[0]).toMatchObject({ malformed: 1 });
    await stop();
  });

  test('sends the filter as one pattern, and explains itself', async () => {
    const { source, asked } = await open(stepped(5000, []), {}, undefined, undefined, kind);
    const where = { action: 'secret.delete' } as const;
    const following = start(source, { where });
    await following.until(() => asked('FilterLogEvents').length === 1);
    expect(asked('FilterLogEvents')[0]?.input['filterPattern']).toContain('DeleteSecret');
    await following.stop();
    const request = { where, scope: 'secrets', order: 'oldest-first', startedAt: new Date(NOW), follow: true } as never;
    expect(source.explain?.(request).steps).toEqual([expect.stringMatching(/every 5 s.*DeleteSecret/)]);
    const nobody = { ...(request as object), where: { any: [] } } as never;
    expect(source.explain?.(nobody).steps).toEqual([expect.stringContaining('no request')]);
  });

  test('an abort ends a pause at once, with its reason', async () => {
    let sleeping = false;
    const real = clockFrom();
    const clock: Clock = {
      now: real.now,
      sleep: (ms, signal) => {
        sleeping ||= ms === 3_600_000;
        return real.sleep(ms, signal);
      },
    };
    const { source } = await open(clock, { pollInterval: 3_600_000 }, undefined, undefined, kind);
    const { until, stop } = start(source);
    await until(() => sleeping);
    await stop();
  });
});

const live = { live: true };
const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

describe('Live Tail', () => {
  test('gives what is there, then updates as they come, without asking again', async () => {
    const { source, asked, add, server } = await open(clockFrom(), live, { intervalMs: 5 });
    const [old, one, two] = [recordsAt(1, 2), recordsAt(3), recordsAt(4, 5)];
    add(old);
    const { seen, until, stop, stream } = start(source);
    await until(() => seen().length === 2);
    add(one);
    await until(() => seen().length === 3);
    add(two);
    await until(() => seen().length === 5);
    expect(seen()).toEqual(ids([...old, ...one, ...two]));
    expect(asked('FilterLogEvents')).toHaveLength(1);
    expect(asked('StartLiveTail').map(({ input }) => input['logGroupIdentifiers'])).toEqual([[ARN]]);
    // In this order nothing falls between the two.
    expect(server.requests.map(({ operation }) => operation)).toEqual(['StartLiveTail', 'FilterLogEvents']);
    expect(stream.report.sources[0]?.notices).toEqual([]);
    await stop();
  });

  test('the filter goes along as a pattern, and the stream prefix', async () => {
    const { source, asked } = await open(clockFrom(), { ...live, streamPrefix: '111122223333_' }, { intervalMs: 5 });
    const { until, stop } = start(source, { where: { action: 'secret.delete' } });
    await until(() => asked('FilterLogEvents').length === 1);
    const [input] = asked('StartLiveTail').map((request) => request.input);
    expect(input).toMatchObject({ logStreamNamePrefixes: ['111122223333_'] });
    expect(input?.['logEventFilterPattern']).toContain('DeleteSecret');
    await stop();
  });

  test.each<LiveTailEnd>(['timeout', 'error', 'drop'])(
    'a session that ends (%s) is followed by another, and nothing is lost',
    async (how) => {
      const { source, asked, add, server } = await open(clockFrom(20), live, { intervalMs: 20 });
      const { seen, until, stop, notices, stream } = start(source);
      const all: object[] = [];
      for (let round = 1; round <= 3; round++) {
        const [before, between, after] = [recordsAt(round), recordsAt(round), recordsAt(round)];
        add(before);
        await until(() => seen().includes(ids(before)[0] as string));
        server.endLiveTail(how);
        // No session is there to see this one.
        add(between);
        await until(() => asked('StartLiveTail').length === round + 1);
        add(after);
        await until(() => ids([...between, ...after]).every((id) => seen().includes(id)));
        all.push(...before, ...between, ...after);
      }
      expect(seen()).toEqual(ids(all));
      expect(notices()).toMatchObject([{ code: 'session-restarted', incomplete: false, count: 3 }]);
      expect(stream.report.sources[0]?.malformed).toBe(0);
      await stop();
    },
  );

  test('sessions that run out by themselves go over into each other', async () => {
    const { source, asked, add } = await open(clockFrom(20), live, { intervalMs: 100, sessionMs: 1000 });
    const { seen, until, stop } = start(source);
    const all: object[] = [];
    while (asked('StartLiveTail').length < 6) {
      const more = recordsAt(all.length / 10);
      all.push(...more);
      add(more);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await until(() => seen().length === all.length);
    expect(seen()).toEqual(ids(all));
    await stop();
  });

  test('an update that is a sample says so', async () => {
    const { source, add, asked } = await open(clockFrom(), live, { intervalMs: 20 });
    const { got, until, stop, notices, stream } = start(source);
    await until(() => asked('FilterLogEvents').length === 1);
    add(recordsAt(...Array.from({ length: 1200 }, () => 1)));
    await until(() => notices().length > 0 && got.length > 0);
    expect(notices()).toMatchObject([{ code: 'sampled', incomplete: true }]);
    expect(stream.report.complete).toBe(false);
    await stop();
  });

  test('what a slow consumer makes Live Tail drop is read again, and told', async () => {
    const { source, add, asked } = await open(clockFrom(20), live, { intervalMs: 1000 });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { got, seen, until, stop, notices } = start(source, {}, () => held);
    await until(() => asked('FilterLogEvents').length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const all = recordsAt(1);
    add(all);
    await until(() => got.length === 1);
    for (let i = 0; i < 30; i++) {
      const more = recordsAt(...Array.from({ length: 100 }, () => 2)).map((record) => ({
        ...record,
        userAgent: 'x'.repeat(5000),
      }));
      all.push(...more);
      add(more);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    release();
    await until(() => got.length === all.length);
    expect(seen()).toEqual(ids(all));
    expect(notices()).toContainEqual(expect.objectContaining({ code: 'slow-consumer', incomplete: false }));
    await stop();
  });

  test('a gap is read once more when the overlap has passed, for what was not visible yet', async () => {
    let now = NOW + 60_000;
    const [late] = recordsAt(30);
    const client = {
      filterLogEvents: async () => ({
        events: now > NOW + 120_000 ? [{ timestamp: NOW + 30_000, message: JSON.stringify(late), eventId: '1' }] : [],
      }),
      startLiveTail: async () => ({
        responseStream: (async function* () {
          for (;;) {
            now += 1000;
            await new Promise((resolve) => setImmediate(resolve));
            yield { sessionUpdate: { sessionMetadata: { sampled: false }, sessionResults: [] } };
          }
        })(),
      }),
    };
    const clock = { now: () => now, sleep: async () => {} };
    const source = cloudWatchLogs({ region: 'us-east-1', logGroup: ARN, client, live: true, pace: { clock } });
    const stream = events(source, { follow: true, scope: 'all', from: new Date(NOW), limit: 1 });
    expect((await stream.toArray()).map(({ id }) => id)).toEqual(ids([late as object]));
    expect(stream.report.sources[0]?.requests).toBe(3);
  });

  test('sessions that end before their first update are not started for ever', async () => {
    let sessions = 0;
    const client = {
      filterLogEvents: async () => ({}),
      startLiveTail: async () => {
        sessions++;
        return { responseStream: (async function* () {})() };
      },
    };
    const source = cloudWatchLogs({
      region: 'us-east-1',
      logGroup: ARN,
      client,
      live: true,
      pace: { clock: clockFrom(1000) },
    });
    const failure = await events(source, { follow: true })
      .toArray()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unavailable', source: source.name });
    expect(sessions).toBe(5);
  });

  test('a session that is refused ends the stream', async () => {
    const { source, server } = await open(clockFrom(), live);
    server.fault({ kind: 'access-denied', operation: 'StartLiveTail' });
    await expect(events(source, { follow: true }).toArray()).rejects.toMatchObject({
      code: 'permission-denied',
      source: source.name,
    });
  });

  test('an abort and a break end the session and its connection', async () => {
    const { source, add, asked } = await open(clockFrom(), live, { intervalMs: 5 });
    const first = start(source);
    await first.until(() => asked('FilterLogEvents').length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = sockets();
    await first.stop();
    // Both ends of it are in this process.
    while (sockets() > before - 2) await new Promise((resolve) => setTimeout(resolve, 2));

    add(recordsAt(1));
    const open2 = sockets();
    for await (const _ of events(source, { follow: true, scope: 'all', from: new Date(NOW) })) break;
    while (sockets() > open2) await new Promise((resolve) => setTimeout(resolve, 2));

    // Left behind by a reader that goes on with other sources: nothing has aborted.
    const idle = sockets();
    const request = {
      follow: true,
      scope: 'all' as const,
      order: 'oldest-first' as const,
      from: new Date(NOW),
      startedAt: new Date(BEGIN),
      signal: new AbortController().signal,
      sink: { notice: () => {}, count: () => {} },
    };
    for await (const _ of source.read(request)) break;
    while (sockets() > idle) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(asked('StartLiveTail')).toHaveLength(3);
  });

  test("the SDK that this package loads itself finds an endpoint of one's own", async () => {
    const make = ({ server }: World) =>
      cloudWatchLogs({
        region: 'us-east-1',
        logGroup: ARN,
        live: true,
        endpoint: server.url,
        credentials: { accessKeyId: server.env.AWS_ACCESS_KEY_ID, secretAccessKey: server.env.AWS_SECRET_ACCESS_KEY },
      });
    const { source, add, asked } = await open(clockFrom(), {}, { intervalMs: 5 }, make);
    const { seen, until, stop } = start(source);
    await until(() => asked('FilterLogEvents').length === 1);
    const records = recordsAt(1, 2);
    add(records);
    await until(() => seen().length === 2);
    expect(seen()).toEqual(ids(records));
    await stop();
  });
});

test('options that cannot be meant are refused at once', () => {
  const make = (options: object) => () => cloudWatchLogs({ region: 'us-east-1', logGroup: ARN, ...options });
  expect(make({ live: true, logGroup: GROUP })).toThrowError(/give logGroup as arn:aws:logs:/);
  expect(make({ live: true, client: { filterLogEvents: async () => ({}) } })).toThrowError(/no startLiveTail; give/);
  for (const pollInterval of [0, -1, Number.NaN]) expect(make({ pollInterval })).toThrowError(/pollInterval/);
  for (const overlap of [-1, Number.NaN]) expect(make({ overlap })).toThrowError(/overlap/);
});
