import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../src/model/error.ts';
import { events } from '../../src/reader/events.ts';
import { makeEvent, memorySource } from '../support/memory-source.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 10, 0, 0, second));
const series = (count: number, step = 1, offset = 0, fields = {}) =>
  Array.from({ length: count }, (_, i) => makeEvent({ time: at(i * step + offset), id: `e${offset}-${i}`, ...fields }));
const seconds = (list: readonly { readonly time: Date }[]) =>
  list.map((event) => (event.time.getTime() - at(0).getTime()) / 1000);

describe('a request that cannot be meant is refused at once', () => {
  const { source } = memorySource([]);
  test.each([
    [{ form: '24h' }, /takes no "form"/],
    [{ from: '24 hours' }, /from: "24 hours" is no time/],
    [{ from: '2026-13-40' }, /is no time/],
    [{ from: '2026-11-02', to: '2026-11-01' }, /must be before to/],
    [{ from: '2026-11-02', to: '2026-11-02' }, /must be before to/],
    [{ limit: -1 }, /limit: -1/],
    [{ limit: 1.5 }, /limit: 1.5/],
    [{ order: 'newest' }, /order: "newest" is none of/],
    [{ scope: 'secret' }, /scope: "secret" is none of/],
    [{ where: { actr: 'x' } }, /no field "actr"/],
    [{ where: { 'actor.nam': 'x' } }, /did you mean "actor.name"/],
    [{ where: { name: { startWith: 'x' } } }, /did you mean "startsWith"/],
  ])('%j', (request, message) => {
    expect(() => events(source, request as object)).toThrowError(message);
    try {
      events(source, request as object);
    } catch (error) {
      expect(AuditError.is(error) && error.code).toBe('invalid-argument');
    }
  });

  test('no source, two of one name, an order that the source has not', () => {
    expect(() => events([])).toThrowError(/at least one source/);
    expect(() => events([source, source])).toThrowError(/two sources are named "memory"/);
    const oldestOnly = memorySource([], { order: 'oldest-first' }).source;
    expect(() => events(oldestOnly)).toThrowError(/oldest-first only/);
  });
});

describe('laziness and ending', () => {
  test('nothing is asked before the first pull, and a page at a time after it', async () => {
    const { source, seen } = memorySource(series(100));
    const stream = events(source);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.reads).toBe(0);
    const iterator = stream[Symbol.asyncIterator]();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.reads).toBe(0);
    await iterator.next();
    expect(seen.pages).toBe(1);
    await iterator.return?.();
    expect(seen).toMatchObject({ pages: 1, closed: 1 });
  });

  test('break closes the source, and the books count what was taken', async () => {
    const { source, seen } = memorySource(series(100));
    const stream = events(source);
    let count = 0;
    for await (const _ of stream) if (++count === 15) break;
    expect(seen).toMatchObject({ pages: 2, closed: 1 });
    expect(stream.report.sources[0]).toMatchObject({ received: 20, yielded: 15, beyondLimit: 5, finished: false });
    expect(stream.report.complete).toBe(false);
  });

  test('limit and take ask for no page more than needed', async () => {
    for (const open of [
      (s: ReturnType<typeof memorySource>) => events(s.source, { limit: 20 }),
      (s: ReturnType<typeof memorySource>) => events(s.source).take(20),
    ]) {
      const memory = memorySource(series(100));
      const stream = open(memory);
      expect(await stream.toArray()).toHaveLength(20);
      expect(memory.seen).toMatchObject({ pages: 2, closed: 1 });
      expect(stream.report).toMatchObject({ finished: true, complete: true });
    }
  });

  test('limit 0 asks nothing', async () => {
    const { source, seen } = memorySource(series(5));
    expect(await events(source, { limit: 0 }).toArray()).toEqual([]);
    expect(seen.reads).toBe(0);
  });

  test('a stream is read once', async () => {
    const stream = events(memorySource(series(3)).source);
    await stream.toArray();
    await expect(stream.toArray()).rejects.toThrowError(/read already/);
  });

  test('await using ends a source that hangs', async () => {
    const { source, seen } = memorySource(series(50), { hangAfter: 1 });
    {
      await using stream = events(source);
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
    }
    expect(seen.closed).toBe(1);
  });

  test('closing while a page is on its way ends quietly', async () => {
    const { source, seen } = memorySource(series(50), { hangAfter: 0 });
    const stream = events(source);
    const pending = stream.toArray();
    await new Promise((resolve) => setImmediate(resolve));
    await stream[Symbol.asyncDispose]();
    await expect(pending).resolves.toEqual([]);
    expect(seen.closed).toBe(1);
    expect(stream.report.finished).toBe(false);
  });
});

describe('abort rejects with the reason itself', () => {
  const reason = new Error('enough');

  test('before the first pull: the source is never asked', async () => {
    const { source, seen } = memorySource(series(5));
    const stream = events(source, { signal: AbortSignal.abort(reason) });
    await expect(stream.toArray()).rejects.toBe(reason);
    expect(seen.reads).toBe(0);
  });

  test('between pages, and while a source hangs', async () => {
    for (const hangAfter of [undefined, 2]) {
      const controller = new AbortController();
      const { source, seen } = memorySource(series(100), hangAfter === undefined ? {} : { hangAfter });
      let count = 0;
      const run = (async () => {
        for await (const _ of events([source, memorySource(series(100), { name: 'other' }).source], {
          signal: controller.signal,
        })) {
          if (++count === 15) setImmediate(() => controller.abort(reason));
          if (count >= 15) await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      await expect(run).rejects.toBe(reason);
      expect(seen.closed).toBe(1);
    }
  });
});

describe('window, scope, filter, order', () => {
  test('[from, to): the first bound is in, the second is out', async () => {
    const list = await events(memorySource(series(10)).source, { from: at(3), to: at(7) }).toArray();
    expect(seconds(list)).toEqual([6, 5, 4, 3]);
  });

  test('oldest first', async () => {
    expect(seconds(await events(memorySource(series(4)).source, { order: 'oldest-first' }).toArray())).toEqual([
      0, 1, 2, 3,
    ]);
  });

  test('scope secrets leaves other services out, scope all lets them through', async () => {
    const list = [
      makeEvent({ time: at(1) }),
      makeEvent({ time: at(2), service: 'kms.amazonaws.com', name: 'Decrypt' }),
      makeEvent({ time: at(3), provider: 'ibm', service: 'secrets-manager', name: 'secrets-manager.secret.read' }),
    ];
    expect(await events(memorySource(list).source).toArray()).toHaveLength(2);
    expect(await events(memorySource(list).source, { scope: 'all' }).toArray()).toHaveLength(3);
  });

  test('the filter holds whatever the source gives', async () => {
    const list = series(20).map((event, i) =>
      i % 3 === 0 ? makeEvent({ ...event, denied: true, outcome: 'failure' }) : event,
    );
    const stream = events(memorySource(list).source, { where: { denied: true }, limit: 3 });
    expect(seconds(await stream.toArray())).toEqual([18, 15, 12]);
    expect(stream.report.sources[0]).toMatchObject({ yielded: 3 });
  });

  test('the window reaches the source as given, and "now" is frozen when the stream starts', async () => {
    const { source, seen } = memorySource([]);
    await events(source, { from: '1h', where: { denied: true }, limit: 7 }).toArray();
    const [request] = seen.requests;
    expect(request).toMatchObject({ scope: 'secrets', order: 'newest-first', limit: 7, where: { denied: true } });
    expect((request?.startedAt.getTime() ?? 0) - (request?.from?.getTime() ?? 0)).toBe(3_600_000);
    expect(request?.to).toBeUndefined();
  });
});

describe('several sources', () => {
  test('are merged by time in either order, for any interleaving and page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }), { minLength: 1, maxLength: 17 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        async (times, pageSize, oldest) => {
          const sources = times.map(
            (list, s) =>
              memorySource(
                list.map((second, i) => makeEvent({ time: at(second), id: `${s}-${i}`, source: `s${s}` })),
                { name: `s${s}`, pageSize },
              ).source,
          );
          const stream = events(sources, { order: oldest ? 'oldest-first' : 'newest-first' });
          const got = seconds(await stream.toArray());
          const want = times.flat().sort((a, b) => (oldest ? a - b : b - a));
          expect(got).toEqual(want);
          for (const books of stream.report.sources) {
            expect(books.received).toBe(
              books.yielded + books.filtered + books.duplicates + books.malformed + books.beyondLimit,
            );
          }
          expect(stream.report.complete).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('look ahead one page each', async () => {
    const many = Array.from({ length: 5 }, (_, i) =>
      memorySource(
        series(100, 1, 0, { source: `s${i}`, provider: 'aws' }).map((e) => ({ ...e, id: `${i}-${e.id}` })),
        { name: `s${i}` },
      ),
    );
    const iterator = events(many.map((m) => m.source))[Symbol.asyncIterator]();
    await iterator.next();
    expect(many.map((m) => m.seen.pages)).toEqual([1, 1, 1, 1, 1]);
    await iterator.return?.();
    expect(many.map((m) => m.seen.closed)).toEqual([1, 1, 1, 1, 1]);
  });

  test('a copy in another source comes once and is counted there', async () => {
    const shared = series(30);
    const stream = events([
      memorySource(shared, { name: 'a' }).source,
      memorySource(shared, { name: 'b', pageSize: 7 }).source,
    ]);
    expect(await stream.toArray()).toHaveLength(30);
    expect(stream.report.sources.map((books) => [books.yielded, books.duplicates])).toEqual([
      [30, 0],
      [0, 30],
    ]);
  });

  test('one id is one event only together with its time and name', async () => {
    const list = [
      makeEvent({ time: at(1), id: '-' }),
      makeEvent({ time: at(2), id: '-' }),
      makeEvent({ time: at(1), id: '-', name: 'DeleteSecret' }),
      makeEvent({ time: at(1), id: '-' }),
    ];
    expect(await events(memorySource(list).source).toArray()).toHaveLength(3);
  });
});

describe('errors', () => {
  const boom = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

  test('are wrapped once, with the code of the source and the cause kept', async () => {
    const { source } = memorySource(series(30), { failAfter: { pages: 1, error: boom, code: 'unavailable' } });
    const error = await events(source)
      .toArray()
      .catch((e: unknown) => e);
    expect(AuditError.is(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'unavailable',
      retryable: true,
      source: 'memory',
      cause: boom,
      message: 'memory: socket hang up',
    });
  });

  test('an AuditError of the source passes as it is', async () => {
    const own = new AuditError('permission-denied', 'no', { source: 'memory' });
    await expect(
      events(memorySource(series(3), { failAfter: { pages: 0, error: own } }).source).toArray(),
    ).rejects.toBe(own);
  });

  test('throw closes the other sources; continue goes on with them and reports the loss', async () => {
    for (const onSourceError of ['throw', 'continue'] as const) {
      const good = memorySource(
        series(50).map((e) => ({ ...e, id: `g${e.id}` })),
        { name: 'good' },
      );
      const bad = memorySource(series(50), { name: 'bad', failAfter: { pages: 2, error: boom, code: 'unavailable' } });
      const stream = events([good.source, bad.source], { onSourceError });
      if (onSourceError === 'throw') {
        await expect(stream.toArray()).rejects.toMatchObject({ code: 'unavailable' });
        expect(stream.report.finished).toBe(false);
      } else {
        expect(await stream.toArray()).toHaveLength(70);
        expect(stream.report).toMatchObject({ finished: true, complete: false });
        expect(stream.report.sources[1]?.notices).toMatchObject([
          { code: 'source-failed', incomplete: true, count: 1 },
        ]);
      }
      expect([good.seen.closed, bad.seen.closed]).toEqual([1, 1]);
    }
  });

  test('one source fails while another hangs: the error comes, the hanging one is closed', async () => {
    const hanging = memorySource(series(5), { name: 'hanging', hangAfter: 0 });
    const bad = memorySource(series(5), { name: 'bad', failAfter: { pages: 0, error: boom, code: 'unavailable' } });
    await expect(events([hanging.source, bad.source]).toArray()).rejects.toMatchObject({ source: 'bad' });
    expect(hanging.seen.closed).toBe(1);
  });
});

describe('helpers', () => {
  test('filter, map, take chain and close the source', async () => {
    const { source, seen } = memorySource(series(1000));
    const names = events(source)
      .filter((event) => event.time.getUTCSeconds() % 2 === 0)
      .map((event) => event.time.getUTCSeconds())
      .take(3);
    expect(await names.toArray()).toEqual([38, 36, 34]);
    expect(seen).toMatchObject({ pages: 1, closed: 1 });
  });

  test('filter takes a Filter as well', async () => {
    const list = [makeEvent({ time: at(1), actor: { name: 'ci' } }), makeEvent({ time: at(2) })];
    expect(await events(memorySource(list).source).filter({ 'actor.name': 'ci' }).toArray()).toHaveLength(1);
  });

  test('pages gives what is there without waiting for more', async () => {
    const pages: number[] = [];
    for await (const page of events(memorySource(series(25)).source).pages()) pages.push(page.length);
    expect(pages).toEqual([10, 10, 5]);
  });
});

test('notices are taken together, with the first places, and bounded in number', async () => {
  const { source } = memorySource(series(1), {
    onPage: ({ sink }) => {
      for (let i = 0; i < 500; i++)
        sink.notice({ code: 'malformed-record', message: 'no time', place: `a.log:${i}`, incomplete: true });
      for (let i = 0; i < 500; i++) sink.notice({ code: 'unreadable-file', message: `file ${i}`, incomplete: true });
      sink.count('malformed', 500);
    },
  });
  let told = 0;
  const stream = events(source, { onNotice: () => told++ });
  await stream.toArray();
  const [books] = stream.report.sources;
  expect(books?.notices[0]).toMatchObject({ count: 500, places: Array.from({ length: 10 }, (_, i) => `a.log:${i}`) });
  expect(books?.notices.length).toBe(200);
  expect(told).toBe(699);
  expect(stream.report.complete).toBe(false);
  expect(books).toMatchObject({ received: 501, malformed: 500, yielded: 1 });
});

test('memory of seen events is bounded, and says when a copy may have slipped through', async () => {
  const { Seen } = await import('../../src/reader/seen.ts');
  const ordered = new Seen();
  for (let i = 0; i < 200_000; i++) ordered.add(`${i}|x`, i);
  expect(ordered.mayHaveMissed).toBe(false);
  expect(ordered.add('199999|x', 199_999)).toBe(false);
  ordered.add('3|late', 3);
  expect(ordered.mayHaveMissed).toBe(true);
});

test('a crowded moment is remembered whole, however many events it holds', async () => {
  const { Seen } = await import('../../src/reader/seen.ts');
  const seen = new Seen();
  for (let i = 0; i < 5000; i++) seen.add(`1|before-${i}`, 1);
  const crowd = Array.from({ length: 40_000 }, (_, i) => `2|${i}`);
  expect(crowd.filter((key) => seen.add(key, 2))).toHaveLength(40_000);
  expect(crowd.filter((key) => seen.add(key, 2))).toEqual([]);
});
