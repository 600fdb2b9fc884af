import { afterEach, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../../src/model/event.ts';
import { ibmCloudLogs } from '../../../../src/providers/ibm/cloud-logs.ts';
import type { IbmCloudLogsOptions } from '../../../../src/providers/ibm/cloud-logs-options.ts';
import { events } from '../../../../src/reader/events.ts';
import { explain } from '../../../../src/reader/explain.ts';
import type { Order } from '../../../../src/source/source.ts';
import {
  type IbmFault,
  type IbmServer,
  type IbmServerOptions,
  sampleActivityEvents,
  virtualClock,
} from '../../../../src/testing/index.ts';
import { DAY, decode, INSTANCE, NOW, recordsOf, startRig } from './rig.ts';

const ORDERS: readonly Order[] = ['newest-first', 'oldest-first'];
const HOUR = 3_600_000;

const rigs: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

async function open(
  records: readonly object[],
  options: Partial<IbmCloudLogsOptions> = {},
  world: Partial<IbmServerOptions> = {},
) {
  const rig = await startRig(
    records,
    ({ server, clock, authenticator }) =>
      ibmCloudLogs({
        region: 'us-south',
        instanceId: INSTANCE,
        endpoint: server.url,
        authenticator,
        tier: 'frequent_search',
        pace: { clock },
        ...options,
      }),
    world,
  );
  rigs.push(rig);
  return rig;
}

const times = (list: readonly AuditEvent[]) => list.map((event) => event.time.getTime());
const sorted = (list: readonly number[], order: Order) =>
  [...list].sort((a, b) => (order === 'oldest-first' ? a - b : b - a));
const queries = (server: IbmServer) => server.requests.filter(({ operation }) => operation === 'query');
const metadataOf = (server: IbmServer) =>
  queries(server).map(({ input }) => input['metadata'] as Readonly<Record<string, string | number>>);
const ids = (list: readonly AuditEvent[]) => list.map((event) => event.id).sort();

describe('a month of 60,000 events behind answers of 2,000 rows', () => {
  const records = sampleActivityEvents({ count: 60_000, seed: 3, from: NOW - 30 * DAY, to: NOW });
  // 30 answers hold them all. Each of the four windows ends in an answer that is not full, and each full answer gives up
  // the rows of its last moment, which come again with the next: four and one more.
  const FEWEST = 60_000 / 2000 + 5;

  test.each(ORDERS)('%s: each once, in order, with the fewest queries', async (order) => {
    const rig = await open(records, { pageRows: 2000 });
    const stream = events(rig.source, { scope: 'all', from: new Date(NOW - 30 * DAY), order });
    const list = await stream.toArray();
    expect(list).toHaveLength(60_000);
    expect(new Set(ids(list)).size).toBe(60_000);
    expect(times(list)).toEqual(sorted(times(list), order));
    expect(queries(rig.server).length).toBeLessThanOrEqual(FEWEST);
    expect(stream.report.sources[0]).toMatchObject({ received: 60_000, duplicates: 0, retries: 0 });
  });

  test('the same with four kinds of failures at once', async () => {
    const rig = await open(records, { pageRows: 2000 }, { seed: 11 });
    const faults: readonly IbmFault[] = [
      { kind: 'throttle', retryAfter: 5, probability: 0.1 },
      { kind: 'server-error', probability: 0.1 },
      { kind: 'reset', probability: 0.1 },
      { kind: 'truncate', probability: 0.1 },
    ];
    for (const fault of faults) rig.server.fault(fault);
    const stream = events(rig.source, { scope: 'all', from: new Date(NOW - 30 * DAY) });
    const list = await stream.toArray();
    expect(list).toHaveLength(60_000);
    expect(new Set(ids(list)).size).toBe(60_000);
    expect(times(list)).toEqual(sorted(times(list), 'newest-first'));
    const hit = new Set(queries(rig.server).map(({ fault, error }) => fault ?? error));
    expect(hit).toEqual(new Set([undefined, 'resource_exhausted', 'method_internal_error', 'reset', 'truncate']));
    expect(stream.report.sources[0]?.retries).toBeGreaterThan(4);
  });
});

describe('a query', () => {
  test('says the window by the time of arrival, the tier, the language and the order', async () => {
    const rig = await open(recordsOf(10));
    const from = new Date(NOW - 5 * HOUR);
    const to = new Date(NOW - 2 * HOUR);
    await events(rig.source, { from, to, where: { name: 'secrets-manager.secret.read' } }).toArray();
    const [asked] = queries(rig.server);
    expect(asked?.input['query']).toMatch(
      /^source logs \| filter .*\$d\.action == 'secrets-manager\.secret\.read'.* \| orderby \$m\.timestamp desc \| limit 12000$/,
    );
    const metadata = metadataOf(rig.server)[0] ?? {};
    expect(metadata).toMatchObject({ tier: 'frequent_search', syntax: 'dataprime', limit: 12_000 });
    // A row comes after its act; clocks and roundings may differ by a second, bounds by a millisecond.
    expect(Date.parse(String(metadata['start_date']))).toBe(from.getTime() - 1001);
    expect(Date.parse(String(metadata['end_date']))).toBe(to.getTime() + 15 * 60_000 + 1);
  });

  test('names the Secrets Manager instances that are wanted', async () => {
    const other = '99999999-0000-4000-8000-000000000001';
    const mine = sampleActivityEvents({ count: 40, seed: 1, instance: INSTANCE, from: NOW - HOUR, to: NOW });
    const theirs = sampleActivityEvents({ count: 40, seed: 2, instance: other, from: NOW - HOUR, to: NOW });
    const rig = await open([...mine, ...theirs], { secretsManagerInstance: other });
    const list = await events(rig.source, { from: '1d' }).toArray();
    expect(list.length).toBeGreaterThan(10);
    expect(list.every(({ raw }) => JSON.stringify(raw).includes(other))).toBe(true);
    expect(queries(rig.server)[0]?.input['query']).toContain(`secrets-manager:${other}`);
  });

  test('is not made where no event can pass', async () => {
    const rig = await open(recordsOf(10));
    expect(await events(rig.source, { where: { provider: 'aws' } }).toArray()).toEqual([]);
    expect(rig.server.requests).toEqual([]);
  });

  test('asks for few rows where few are wanted and the engine knows which', async () => {
    const rig = await open(recordsOf(2000));
    const list = await events(rig.source, { scope: 'all', from: '1d', limit: 5 }).toArray();
    const all = sorted(
      recordsOf(2000).map((record) => decode(record).time.getTime()),
      'newest-first',
    );
    expect(times(list)).toEqual(all.slice(0, 5));
    expect(metadataOf(rig.server).map(({ limit }) => limit)).toEqual([110]);
    const where = { 'actor.name': { contains: 'a"b' } } as const;
    await events(rig.source, { scope: 'all', from: '1d', limit: 5, where }).toArray();
    expect(metadataOf(rig.server).at(-1)).toMatchObject({ limit: 12_000 });
  });

  test('is told by explain, and not made', async () => {
    const rig = await open(recordsOf(10), { tier: 'both' });
    const [plan] = explain(rig.source, { from: '20d', where: { denied: true, 'actor.name': { contains: 'a"b' } } });
    expect(plan?.source).toBe(`ibm.cloud-logs/us-south/${INSTANCE}`);
    expect(plan?.steps).toEqual([
      expect.stringMatching(
        /^POST \/v1\/query \(frequent_search, dataprime\), .* in 3 queries or more of at most 12000/,
      ),
      expect.stringMatching(
        /^POST \/v1\/query \(archive, dataprime\), .* of at most 50000 rows: source logs \| filter /,
      ),
    ]);
    expect(plan?.pushedDown[0]).toContain('$d.reason.reasonCode');
    expect(plan?.leftToReader.join()).toContain('actor.name contains');
    expect(explain(rig.source, { where: { provider: 'aws' } })[0]?.steps).toEqual([
      'no request: no activity tracking event can pass the filter',
    ]);
    expect(rig.server.requests).toEqual([]);
  });
});

describe('ten queries a minute', () => {
  test('are not exceeded in any minute, by two readers together', async () => {
    const rig = await open(recordsOf(1500), { pageRows: 60 });
    const read = () => events(rig.source, { scope: 'all', from: '1d' }).toArray();
    const [one, two] = await Promise.all([read(), read()]);
    expect([one.length, two.length]).toEqual([1500, 1500]);
    const at = queries(rig.server).map((request) => request.at);
    expect(at.length).toBeGreaterThan(50);
    for (const [i, time] of at.entries()) {
      const before = at[i - 10];
      if (before !== undefined) expect(time - before).toBeGreaterThan(60_000);
    }
    expect(queries(rig.server).every(({ status }) => status === 200)).toBe(true);
  });

  test('may be fewer, by an option', async () => {
    const rig = await open(recordsOf(300), { pageRows: 60, pace: { perMinute: 2, clock: virtualClock(Date.now()) } });
    const began = rig.clock.now();
    expect(await events(rig.source, { scope: 'all', from: '1d' }).toArray()).toHaveLength(300);
    expect(rig.clock.now() - began).toBe(0);
  });

  test.each(['status', 'stream'] as const)('what others use up is waited for, told by %s', async (rateLimitAs) => {
    const quotas = { queriesPerMinute: 3 };
    const rig = await open(recordsOf(600), { pageRows: 100 }, { quotas, rateLimitAs });
    const stream = events(rig.source, { scope: 'all', from: '1d' });
    expect(await stream.toArray()).toHaveLength(600);
    expect(stream.report.sources[0]?.retries).toBeGreaterThan(0);
  });

  test('Retry-After is heeded', async () => {
    const rig = await open(recordsOf(5));
    rig.server.fault({ kind: 'throttle', retryAfter: 42 });
    expect(await events(rig.source, { scope: 'all', from: '1d' }).toArray()).toHaveLength(5);
    const [first, second] = queries(rig.server);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(42_000);
  });
});

describe('the window', () => {
  const month = sampleActivityEvents({ count: 300, seed: 9, from: NOW - 20 * DAY, to: NOW });

  test.each(
    ORDERS.flatMap((order) =>
      ([['newest', 3] as const, ['oldest', 3] as const, ['newest', 0.5] as const] as const).map(
        ([clampTo, maxRangeDays]) => [order, clampTo, maxRangeDays] as const,
      ),
    ),
  )('%s, of which an instance answers the %s %d days only', async (order, clampTo, maxRangeDays) => {
    const rig = await open(month, {}, { clampTo, maxRangeDays });
    const stream = events(rig.source, { scope: 'all', from: new Date(NOW - 20 * DAY), order });
    const list = await stream.toArray();
    expect(ids(list)).toEqual(ids(month.map(decode)));
    expect(times(list)).toEqual(sorted(times(list), order));
    // One query taught it; the others are as long as the instance allows.
    expect(queries(rig.server).length).toBeLessThanOrEqual(Math.ceil(20.1 / maxRangeDays) + 4);
  });

  test('an option makes the parts shorter from the start', async () => {
    const rig = await open(month, { maxRangeDays: 3 }, { maxRangeDays: 3 });
    const list = await events(rig.source, { scope: 'all', from: new Date(NOW - 20 * DAY) }).toArray();
    expect(list).toHaveLength(300);
    expect(queries(rig.server)).toHaveLength(7);
  });

  test('without a beginning reaches 90 days back, and 366 in the archive, and says so', async () => {
    const old = sampleActivityEvents({ count: 3, seed: 2, from: NOW - 80 * DAY, to: NOW - 70 * DAY });
    const older = sampleActivityEvents({ count: 4, seed: 3, from: NOW - 300 * DAY, to: NOW - 100 * DAY });
    for (const [tier, count, asked] of [
      ['frequent_search', 3, 12],
      ['archive', 7, 46],
    ] as const) {
      const rig = await open([...old, ...older], { tier });
      const stream = events(rig.source, { scope: 'all' });
      expect(await stream.toArray()).toHaveLength(count);
      expect(queries(rig.server)).toHaveLength(asked);
      expect(stream.report.sources[0]?.notices).toContainEqual(
        expect.objectContaining({ code: 'clamped-window', incomplete: true }),
      );
    }
    const rig = await open(older, { tier: 'archive' });
    expect(await events(rig.source, { scope: 'all', from: '400d' }).toArray()).toHaveLength(4);
  });

  test('a window that is settled leaves nothing to say', async () => {
    const rig = await open(month, { tier: 'both' });
    const stream = events(rig.source, { scope: 'all', from: '10d', to: '1h' });
    await stream.toArray();
    expect(stream.report).toMatchObject({ complete: true });
    const young = events(rig.source, { scope: 'all', from: '1h' });
    await young.toArray();
    expect(young.report.sources[0]?.notices.map(({ code }) => code)).toEqual(['not-final-yet']);
  });

  test.each(ORDERS)('%s, an event that reached the log late stands where its act was', async (order) => {
    const [late = {}, ...rest] = recordsOf(80);
    const rig = await open(rest);
    const at = decode(late).time.getTime();
    rig.server.add([late as never], { timestamp: at + 14 * 60_000 });
    const list = await events(rig.source, { scope: 'all', from: '1d', order }).toArray();
    expect(list).toHaveLength(80);
    expect(times(list)).toEqual(sorted(times(list), order));
    const window = { scope: 'all', order, from: new Date(at), to: new Date(at + 1) } as const;
    expect(ids(await events(rig.source, window).toArray())).toContain(decode(late).id);
  });
});

describe('rows that are not as they should be', () => {
  test.each<IbmFault>([
    { kind: 'repeated-rows', times: 3 },
    { kind: 'shuffled-rows', times: 3 },
    { kind: 'shuffled-rows', probability: 1 },
    { kind: 'keep-alive', probability: 1 },
    { kind: 'unclosed', probability: 1 },
    { kind: 'split', probability: 1 },
    { kind: 'split', bytes: 61, probability: 1 },
    { kind: 'stream-rate-limit', times: 2 },
    { kind: 'stream-error', times: 2 },
    { kind: 'stream-error', shape: 'errors', batches: 2, times: 2 },
    { kind: 'reset', times: 3 },
    { kind: 'truncate', times: 3 },
    { kind: 'server-error', times: 3 },
  ])('$kind: every event once, in order', async (fault) => {
    const rig = await open(recordsOf(400), { pageRows: 150 }, { batchSize: 40 });
    rig.server.fault(fault);
    const stream = events(rig.source, { scope: 'all', from: '1d' });
    const list = await stream.toArray();
    expect(ids(list)).toEqual(ids(recordsOf(400).map(decode)));
    expect(times(list)).toEqual(sorted(times(list), 'newest-first'));
    expect(stream.report.sources[0]).toMatchObject({ malformed: 0, yielded: 400 });
  });

  test('lines may end in CRLF and characters may come in pieces', async () => {
    const rig = await open(recordsOf(20), {}, { lineEnd: '\r\n', chunkBytes: 1 });
    const list = await events(rig.source, { scope: 'all', from: '1d' }).toArray();
    expect(ids(list)).toEqual(ids(recordsOf(20).map(decode)));
    expect(list.some(({ secret }) => /[^\x20-\x7e]/.test(secret?.name ?? ''))).toBe(true);
  });

  test('a record that is cut off is counted once, and told', async () => {
    const rig = await open(recordsOf(50), { pageRows: 20 });
    rig.server.fault({ kind: 'malformed-row' });
    const stream = events(rig.source, { scope: 'all', from: '1d' });
    expect(await stream.toArray()).toHaveLength(49);
    expect(stream.report.sources[0]).toMatchObject({ received: 50, malformed: 1 });
  });

  test('rows of other kinds are counted and told, also at the edge of two answers', async () => {
    const rig = await open([]);
    const moment = NOW - HOUR;
    rig.server.addRows([
      { user_data: 'no JSON', timestamp: moment },
      { user_data: JSON.stringify({ ...recordsOf(1)[0], eventTime: undefined }), timestamp: moment },
      { user_data: JSON.stringify({ payload: recordsOf(1)[0], logSourceCRN: 'crn:v1' }), timestamp: moment },
      { user_data: '{"__proto__":{"polluted":1},"constructor":1}', timestamp: moment },
    ]);
    const stream = events(rig.source, { scope: 'all', from: '1d', where: {} });
    const list = await stream.toArray();
    expect(list.map(({ time }) => time.getTime()).includes(moment)).toBe(true);
    expect(stream.report.sources[0]).toMatchObject({ received: 4, malformed: 2, yielded: 2 });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('more rows in one millisecond than an answer holds are a notice, and hold up nothing', async () => {
    const crowd = recordsOf(30).map((record) => ({ ...record, eventTime: new Date(NOW - HOUR).toISOString() }));
    for (const order of ORDERS) {
      const rig = await open([...recordsOf(50, 8), ...crowd], { pageRows: 10 });
      const stream = events(rig.source, { scope: 'all', from: '1d', order });
      const list = await stream.toArray();
      expect(list.length).toBeGreaterThanOrEqual(60);
      expect(list.length).toBeLessThan(80);
      expect(ids(list)).toEqual(expect.arrayContaining(ids(recordsOf(50, 8).map(decode))));
      expect(stream.report.complete).toBe(false);
      expect(stream.report.sources[0]?.notices).toContainEqual(
        expect.objectContaining({ code: 'result-limit', incomplete: true }),
      );
    }
  });

  test('in Lucene, too', async () => {
    const crowd = recordsOf(30).map((record) => ({ ...record, eventTime: new Date(NOW - HOUR).toISOString() }));
    const rig = await open(crowd, { pageRows: 10, syntax: 'lucene' });
    const stream = events(rig.source, { scope: 'all', from: '1d' });
    expect(await stream.toArray()).toHaveLength(10);
    expect(stream.report.sources[0]?.notices.map(({ code }) => code)).toContain('result-limit');
  });
});

describe('warnings', () => {
  const read = async (warning: object, times = 1) => {
    const rig = await open(recordsOf(40));
    rig.server.fault({ kind: 'warning', warning: warning as never, times });
    const stream = events(rig.source, { scope: 'all', from: '6h', to: '1h' });
    const list = await stream.toArray();
    const notices = stream.report.sources[0]?.notices ?? [];
    return { count: list.length, notices, complete: stream.report.complete, asked: queries(rig.server).length };
  };
  const inWindow = recordsOf(40).filter((record) => {
    const time = decode(record).time.getTime();
    return time >= Date.now() - 6 * HOUR && time < Date.now() - HOUR;
  }).length;

  test.each([
    { compile_warning: { warning_message: "keypath does not exist '$d.x'" } },
    { deprecation_warning: { warning_message: 'x' } },
    { field_count_limit_warning: {} },
    { aggregation_buckets_limit_warning: { aggregation_buckets_limit: 1 } },
    { sidebar_filter_cardinality_limit_warning: {} },
  ])('%j is passed on, and misses nothing', async (warning) => {
    const { count, notices, complete, asked } = await read(warning);
    expect({ count, complete, asked }).toEqual({ count: inWindow, complete: true, asked: 1 });
    expect(notices).toMatchObject([{ code: 'query-warning', incomplete: false }]);
  });

  test('one that warns of nothing is nothing', async () => {
    expect(await read({})).toMatchObject({ count: inWindow, notices: [], complete: true });
  });

  test.each([
    { archive_warning: { no_metastore_data: {} } },
    { archive_warning: { bucket_access_denied: {} } },
    { archive_warning: { bucket_read_failed: {} } },
  ])('%j is a notice that events may be missing', async (warning) => {
    const { count, notices, complete } = await read(warning);
    expect({ count, complete }).toEqual({ count: inWindow, complete: false });
    expect(notices).toMatchObject([{ code: 'archive-incomplete', incomplete: true }]);
    expect(notices[0]?.message).toContain(Object.keys(warning.archive_warning)[0]);
  });

  test.each(['a_warning_of_tomorrow', 'constructor'])('%s may mean anything', async (name) => {
    const { count, notices } = await read({ [name]: { text: 'be warned\u001b[2J' } });
    expect(count).toBe(inWindow);
    expect(notices).toMatchObject([{ code: 'incomplete-answer', incomplete: true }]);
    expect(notices[0]?.message).toContain(`${name}: be warned [2J`);
  });

  test.each([
    'bytes_scanned_limit_warning',
    'blocks_limit_warning',
    'files_read_limit_warning',
    'scroll_timeout_warning',
    'shuffle_file_size_limit_reached_warning',
    'time_range_warning',
  ])('%s: the window is halved, and then it is whole', async (name) => {
    const { count, notices, complete, asked } = await read({ [name]: {} }, 2);
    expect({ count, notices, complete }).toEqual({ count: inWindow, notices: [], complete: true });
    // The whole, its first half, the two quarters of it, and the second half.
    expect(asked).toBe(5);
  });

  test('what cannot be searched in a minute is a notice, and the rest is read', async () => {
    const rig = await open(recordsOf(40));
    rig.server.fault({ kind: 'warning', warning: { scroll_timeout_warning: {} }, probability: 1 });
    const window = { from: new Date(NOW - 10 * 60_000), to: new Date(NOW) };
    const stream = events(rig.source, { scope: 'all', ...window });
    const list = await stream.toArray();
    const expected = recordsOf(40).filter((record) => decode(record).time >= window.from);
    expect(ids(list)).toEqual(ids(expected.map(decode).filter(({ time }) => time < window.to)));
    expect(stream.report.sources[0]?.notices).toMatchObject([{ code: 'incomplete-answer', incomplete: true }]);
    expect(queries(rig.server).length).toBeLessThan(100);
  });

  test.each(['dataprime', 'lucene'] as const)('a limit of rows that the service lowers, in %s', async (syntax) => {
    const rig = await open(recordsOf(300), {
      syntax,
      pageRows: 250,
      fetch: (url, init) => fetch(url, { ...init, body: init.body?.replace('"limit":250', '"limit":100') ?? '' }),
    });
    const stream = events(rig.source, { scope: 'all', from: new Date(NOW - 7 * HOUR), to: new Date(NOW + 1000) });
    expect(await stream.toArray()).toHaveLength(300);
    expect(stream.report.complete).toBe(true);
  });

  test.each(['dataprime', 'lucene'] as const)(
    'a limit that every answer claims to have reached, in %s',
    async (syntax) => {
      for (const limited of [
        { number_of_results_limit_warning: { number_of_results_limit: 100 } },
        { number_of_results_limit_warning: {} },
      ]) {
        const rig = await open(recordsOf(40), { syntax });
        rig.server.fault({ kind: 'warning', warning: limited, probability: 1 });
        const stream = events(rig.source, { scope: 'all', from: new Date(NOW - HOUR), to: new Date(NOW + 1000) });
        const expected = recordsOf(40).filter((record) => decode(record).time.getTime() >= NOW - HOUR);
        expect(ids(await stream.toArray())).toEqual(ids(expected.map(decode)));
        expect(stream.report.complete).toBe(false);
        expect(queries(rig.server).length).toBeLessThan(200);
      }
    },
  );
});

describe('tiers', () => {
  const records = recordsOf(200);
  const high = records.filter((_, i) => i % 2 === 0);
  const low = records.filter((_, i) => i % 2 === 1);

  test.each([true, false])('both are one stream without copies (with log ids: %s)', async (logIds) => {
    const rig = await open(high, { tier: 'both', pageRows: 30 }, { logIds });
    rig.server.add(low as never, { tiers: ['archive'] });
    for (const order of ORDERS) {
      const stream = events(rig.source, { scope: 'all', from: '1d', to: '1h', order });
      const list = await stream.toArray();
      expect(list.map(({ raw }) => JSON.stringify(raw)).sort()).toEqual(records.map((r) => JSON.stringify(r)).sort());
      expect(times(list)).toEqual(sorted(times(list), order));
      expect(stream.report).toMatchObject({ complete: true, sources: [{ duplicates: 100 }] });
    }
    expect(new Set(metadataOf(rig.server).map(({ tier }) => tier))).toEqual(new Set(['frequent_search', 'archive']));
  });

  test('are the default, because one alone may hide events', async () => {
    const rig = await open([]);
    rig.server.add(low as never, { tiers: ['archive'] });
    const { server, source } = rig;
    expect(await events(source, { scope: 'all', from: '1d' }).toArray()).toEqual([]);
    const clock = virtualClock(Date.now());
    const authenticator = { authenticate: async () => {} };
    const plans = explain(
      ibmCloudLogs({ region: 'us-south', instanceId: INSTANCE, endpoint: server.url, authenticator, pace: { clock } }),
    );
    expect(plans[0]?.steps).toHaveLength(2);
  });

  test('an instance without an archive is a notice, and frequent search is read', async () => {
    const refusal = JSON.stringify({
      errors: [{ code: 'bad_request', message: 'no bucket' }],
      trace: 't',
      status_code: 400,
    });
    const rig = await open(high, {
      tier: 'both',
      fetch: async (url, init) =>
        init.body?.includes('"archive"') ? new Response(refusal, { status: 400 }) : fetch(url, init),
    });
    const stream = events(rig.source, { scope: 'all', from: '1d', to: '1h' });
    expect(await stream.toArray()).toHaveLength(100);
    expect(stream.report.sources[0]?.notices).toMatchObject([{ code: 'archive-incomplete', incomplete: true }]);
    expect(stream.report.sources[0]?.notices[0]?.message).toContain('no bucket');
  });
});

describe('tokens', () => {
  test('one that is refused in the middle is renewed once', async () => {
    const rig = await open(recordsOf(100), { pageRows: 30 });
    rig.server.fault({ kind: 'unauthenticated', after: 2 });
    const stream = events(rig.source, { scope: 'all', from: '1d' });
    expect(await stream.toArray()).toHaveLength(100);
    expect(rig.server.requests.filter(({ service }) => service === 'iam')).toHaveLength(2);
  });

  test('one serves all queries as long as it is good', async () => {
    const rig = await open(recordsOf(100), { pageRows: 30 });
    await events(rig.source, { scope: 'all', from: '1d' }).toArray();
    await events(rig.source, { scope: 'all', from: '1d' }).toArray();
    expect(rig.server.requests.filter(({ service }) => service === 'iam')).toHaveLength(1);
  });
});

test('a stream that follows asks again, and gives what has come since, once', async () => {
  const started = virtualClock(Date.now());
  const records = recordsOf(3);
  const rig = await open([], { pace: { clock: started } }, { clock: started });
  const list: AuditEvent[] = [];
  const add = (record: object | undefined) =>
    rig.server.add([{ ...record, eventTime: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString() } as never]);
  add(records[0]);
  const stream = events(rig.source, { scope: 'all', follow: { pollInterval: 20 }, from: '1h' });
  for await (const event of stream) {
    list.push(event);
    if (list.length === 3) break;
    add(records[list.length]);
  }
  expect(new Set(list.map(({ id }) => id)).size).toBe(3);
  expect(queries(rig.server).length).toBeGreaterThan(2);
});

describe('options that cannot be meant are refused at once', () => {
  test.each<readonly [Partial<IbmCloudLogsOptions>, RegExp]>([
    [{ region: 'us_south' }, /region: "us_south" is no region of IBM Cloud; write it like us-south/],
    [{ region: 'us-south.evil.example/' }, /region/],
    [{ instanceId: '' }, /instanceId/],
    [{ instanceId: 'evil.example/x' }, /instanceId/],
    [{ instanceId: 'crn:v1:bluemix:public:logs:us-south:a/1:2::' }, /GUID/],
    [{ secretsManagerInstance: ['x', "y' || true"] }, /secretsManagerInstance/],
    [{ endpoint: 'logs.example' }, /endpoint/],
    [{ endpoint: 'https://me:pass@logs.example' }, /^(?!.*pass).*endpoint/],
    [{ tier: 'hot' as never }, /tier: "hot" is none of frequent_search, archive, both/],
    [{ syntax: 'sql' as never }, /syntax/],
    [{ pageRows: 0 }, /pageRows/],
    [{ maxRangeDays: 0 }, /maxRangeDays/],
    [{ deliveryDelay: -1 }, /deliveryDelay/],
    [{ pace: { perMinute: 0 } }, /perMinute/],
  ])('%j', (options, message) => {
    expect(() => ibmCloudLogs({ region: 'us-south', instanceId: INSTANCE, ...options })).toThrow(message);
  });
});
