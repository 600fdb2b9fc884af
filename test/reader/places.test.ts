/** Where a stream stands, and that it goes on from there: nothing lost, nothing twice. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../src/model/event.ts';
import { events } from '../../src/reader/events.ts';
import { storeCheckpoint } from '../../src/source/checkpoint.ts';
import type { Cursor } from '../../src/source/cursor.ts';
import type { Order } from '../../src/source/source.ts';
import { type Arriving, lateSource, ownClock } from '../support/late-source.ts';
import { makeEvent, memorySource } from '../support/memory-source.ts';

const START = Date.UTC(2026, 10, 20);
const DELAY = 5000;
const at = (ms: number) => new Date(START + ms);
const series = (count: number, step = 100) =>
  Array.from({ length: count }, (_, i) => makeEvent({ time: at(i * step), id: `e${i}` }));
const ids = (list: readonly AuditEvent[]) => list.map(({ id }) => id);

/** Some sources and their late records; many share a moment, and some are in several sources. */
const worlds = fc.record({
  sources: fc.integer({ min: 1, max: 4 }),
  records: fc.array(
    fc.record({
      time: fc.integer({ min: 0, max: 200 }).map((n) => n * 100),
      late: fc.integer({ min: 0, max: DELAY }),
      in: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 60 },
  ),
  steps: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
  pageSize: fc.integer({ min: 1, max: 5 }),
  overlap: fc.boolean(),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

function sourcesOf(world: World, clock: ReturnType<typeof ownClock>) {
  return Array.from({ length: world.sources }, (_, s) => {
    const arriving = world.records.flatMap((record, i): Arriving[] =>
      record.in.some((n) => n % world.sources === s)
        ? [
            {
              event: makeEvent({ time: at(record.time), id: `e${i}` }),
              // Each way has its own delay.
              arrives: START + record.time + ((record.late * (s + 1)) % (DELAY + 1)),
            },
          ]
        : [],
    );
    const delay = { deliveryDelay: DELAY + s * 100 };
    return lateSource(arriving, { clock, name: `s${s}`, pageSize: world.pageSize, pollInterval: 700, ...delay }).source;
  });
}

const everything = (world: World) => world.records.map((_, i) => `e${i}`).sort();

describe('a cursor taken with each event gives each event exactly once', () => {
  test('while following late records of several sources, over any number of restarts', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const clock = ownClock(START);
        const got: string[] = [];
        let cursor: Cursor | undefined;
        const end = START + 40_000;
        for (let run = 0; clock.now() < end; run++) {
          const most = world.steps[run % world.steps.length] as number;
          const ending = new AbortController();
          const stream = events(sourcesOf(world, clock), {
            follow: true,
            clock,
            signal: ending.signal,
            ...(cursor ? { resume: cursor } : { from: new Date(START) }),
            // Ends it when it has been quiet for long: a generator that waits cannot be left.
            onWatermark: (time) => time.getTime() > end && ending.abort(new Error('enough')),
          });
          let taken = 0;
          try {
            for await (const event of stream) {
              got.push(event.id);
              // As it would lie in a database.
              cursor = JSON.parse(JSON.stringify(stream.cursor));
              if (++taken > most) break;
            }
          } catch (error) {
            expect((error as Error).message).toBe('enough');
          }
        }
        expect([...got].sort()).toEqual(everything(world));
      }),
      { numRuns: 300 },
    );
  });

  test.each(['oldest-first', 'newest-first'] as const)('in a window, %s', async (order: Order) => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const clock = ownClock(START + 60_000);
        const got: AuditEvent[] = [];
        let cursor: Cursor | undefined;
        for (let run = 0, finished = false; !finished && run < 100; run++) {
          const most = world.steps[run % world.steps.length] as number;
          const stream = events(sourcesOf(world, clock), {
            order,
            clock,
            from: new Date(START),
            ...(cursor && { resume: cursor }),
          });
          let taken = 0;
          for await (const event of stream) {
            got.push(event);
            cursor = stream.cursor;
            if (++taken > most) break;
          }
          finished = stream.report.finished;
        }
        expect(ids(got).sort()).toEqual(everything(world));
        const sign = order === 'oldest-first' ? 1 : -1;
        const times = got.map(({ time }) => sign * time.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a checkpoint', () => {
  test('loses nothing, whenever the process dies, and gives again only what was in hand', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.integer({ min: 0, max: 3000 }), async (world, checkpointInterval) => {
        const clock = ownClock(START);
        const got: string[] = [];
        const store = new Map<string, string>();
        const end = START + 40_000;
        for (let run = 0; clock.now() < end; run++) {
          // Whoever always leaves at the first event is given that event for ever.
          const most = 1 + (world.steps[run % world.steps.length] as number);
          const ending = new AbortController();
          let dead = false;
          // What a process that was killed would have saved after its death is not saved.
          const alive = {
            get: (key: string) => store.get(key),
            set: (key: string, value: string) => !dead && store.set(key, value),
          };
          const stream = events(sourcesOf(world, clock), {
            follow: true,
            clock,
            checkpointInterval,
            from: new Date(START),
            signal: ending.signal,
            checkpoint: storeCheckpoint(alive),
            onWatermark: (time) => time.getTime() > end && ending.abort(new Error('enough')),
          });
          let taken = 0;
          try {
            for await (const event of stream) {
              got.push(event.id);
              if (++taken > most) {
                dead = run % 2 === 0;
                break;
              }
            }
          } catch (error) {
            expect((error as Error).message).toBe('enough');
          }
        }
        expect([...new Set(got)].sort()).toEqual(everything(world));
      }),
      { numRuns: 300 },
    );
  });

  test('the next run of a script gives what has come since, late ones included', async () => {
    const clock = ownClock(START + 10_000);
    const late: Arriving = { event: makeEvent({ time: at(9000), id: 'late' }), arrives: START + 12_000 };
    const first: Arriving[] = series(100).map((event) => ({ event, arrives: event.time.getTime() }));
    const store = new Map<string, string>();
    const run = async () => {
      const { source, requests } = lateSource([...first, late], { clock, deliveryDelay: DELAY, pageSize: 50 });
      const checkpoint = storeCheckpoint(store);
      const stream = events(source, { from: new Date(START), checkpoint, clock });
      return { got: ids(await stream.toArray()), requests, report: stream.report };
    };
    const one = await run();
    expect(one.got).toHaveLength(100);
    expect(one.requests[0]?.order).toBe('oldest-first');
    await clock.sleep(5000);
    const two = await run();
    expect(two.got).toEqual(['late']);
    // Only the time for which records may come late is read again, and its events are known.
    expect(two.requests[0]?.from).toEqual(at(5000));
    expect(two.report.sources[0]).toMatchObject({ received: 51, duplicates: 50, yielded: 1 });
    expect((await run()).got).toEqual([]);
  });

  test('an event counts as taken when the consumer comes back, not when it is handed out', async () => {
    const store = new Map<string, string>();
    const request = { checkpoint: storeCheckpoint(store), checkpointInterval: 0 };
    const open = () => events(memorySource(series(10)).source, request);
    const failing = async () => {
      let taken = 0;
      for await (const event of open()) if (++taken === 4) throw new Error(event.id);
    };
    await expect(failing()).rejects.toThrow('e3');
    expect(ids(await open().toArray())).toEqual(['e3', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
  });

  test('an abort saves what was done, whether the consumer was busy or waiting', async () => {
    for (const hangAfter of [undefined, 1]) {
      const store = new Map<string, string>();
      const request = { checkpoint: storeCheckpoint(store), checkpointInterval: 1e9 };
      const ending = new AbortController();
      const { source } = memorySource(series(20), { pageSize: 5, ...(hangAfter && { hangAfter }) });
      const run = async () => {
        let taken = 0;
        for await (const _ of events(source, { ...request, signal: ending.signal })) {
          if (++taken === 5) setTimeout(() => ending.abort(new Error('stop')));
          if (hangAfter === undefined && taken === 5) await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      await expect(run()).rejects.toThrow('stop');
      const rest = await events(memorySource(series(20)).source, request).toArray();
      expect(ids(rest)[0]).toBe('e5');
    }
  });

  test('a derived stream saves by the events that its items were made of', async () => {
    const store = new Map<string, string>();
    const request = { checkpoint: storeCheckpoint(store), checkpointInterval: 0 };
    const open = () => events(memorySource(series(10)).source, request);
    let taken = 0;
    for await (const _ of open()
      .filter((event) => Number(event.id.slice(1)) % 3 === 0)
      .map(({ id }) => id)) {
      if (++taken === 3) break;
    }
    // e6 was in hand; e4 and e5 stood before it, and had not been passed by when e3 was done.
    expect(ids(await open().toArray())).toEqual(['e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
    store.clear();
    expect(
      await open()
        .map(({ id }) => id)
        .take(4)
        .toArray(),
    ).toHaveLength(4);
    expect(ids(await open().toArray())[0]).toBe('e4');
  });

  test('is saved once in an interval, and at the end', async () => {
    const clock = ownClock(START);
    let saved = 0;
    const checkpoint = { load: async () => undefined, save: async () => void saved++ };
    const stream = events(memorySource(series(100)).source, { checkpoint, checkpointInterval: 1000, clock });
    let taken = 0;
    for await (const _ of stream) if (++taken % 10 === 0) await clock.sleep(300);
    // Begin, then after every fourth pause of 300 ms, and the end.
    expect(saved).toBe(1 + 2 + 1);
  });

  test('that cannot be read or written ends the stream with an error that says so', async () => {
    const broken = new Error('disk full');
    const load = { load: () => Promise.reject(broken), save: async () => {} };
    await expect(events(memorySource(series(3)).source, { checkpoint: load }).toArray()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the checkpoint could not be loaded: disk full',
      cause: broken,
    });
    const save = { load: async () => undefined, save: () => Promise.reject(broken) };
    await expect(events(memorySource(series(3)).source, { checkpoint: save }).toArray()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the checkpoint could not be saved: disk full',
    });
  });
});

describe('a cursor', () => {
  const taken = async (count = 3) => {
    const stream = events(memorySource(series(10)).source, { order: 'oldest-first' });
    let n = 0;
    for await (const _ of stream) if (++n === count) return stream.cursor;
    throw new Error('there were fewer');
  };

  test('is plain JSON, names what it stands for, and goes on as its text as well', async () => {
    const cursor = await taken();
    expect(JSON.parse(JSON.stringify(cursor))).toEqual(cursor);
    expect(cursor).toMatchObject({
      version: 1,
      scope: 'secrets',
      order: 'oldest-first',
      sources: { memory: { at: at(200).toISOString(), seen: [`${START + 200}|aws|e2|GetSecretValue`] } },
    });
    const stream = events(memorySource(series(10)).source, { resume: JSON.stringify(cursor), order: 'oldest-first' });
    expect(ids(await stream.toArray())).toEqual(['e3', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
  });

  test('stands still while nothing is taken, and behind the page with pages()', async () => {
    const stream = events(memorySource(series(10), { pageSize: 4 }).source, { order: 'oldest-first' });
    expect(stream.cursor.sources['memory']).toEqual({ seen: [] });
    for await (const _ of stream.pages()) {
      expect(stream.cursor.sources['memory']?.at).toBe(at(300).toISOString());
      break;
    }
  });

  test('of another stream is refused, and says what differs', async () => {
    const resume = await taken();
    const { source } = memorySource(series(10));
    const other = memorySource([], { name: 'other' }).source;
    const open = (request: object, sources: Parameters<typeof events>[0] = source) =>
      events(sources, { order: 'oldest-first', resume, ...request });
    expect(() => open({ scope: 'all' })).toThrow(/its scope is secrets, and this one has all/);
    expect(() => open({ order: 'newest-first' })).toThrow(/its order is oldest-first/);
    expect(() => open({ where: { denied: true } })).toThrow(/its filter is another one/);
    const since = (gte: Date) => ({ where: { time: { gte } } });
    const dated = events(source, { order: 'oldest-first', ...since(at(0)) });
    for await (const _ of dated) break;
    expect(() => open({ ...since(at(1)), resume: dated.cursor })).toThrow(/its filter is another one/);
    expect(() => open({ ...since(at(0)), resume: dated.cursor })).not.toThrow();
    expect(() => open({}, [source, other])).toThrow(/its sources are memory, and this one reads memory, other/);
    expect(() => open({ scope: 'all' })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    // The window may differ: a cursor has its own.
    expect(ids(await open({ from: '1h' }).toArray())[0]).toBe('e3');
  });

  test('that is damaged, cut off or of a later version is refused', async () => {
    const cursor = await taken();
    const text = JSON.stringify(cursor);
    const open = (resume: unknown) => events(memorySource(series(10)).source, { resume: resume as Cursor });
    const damaged = expect.objectContaining({ code: 'malformed' });
    for (const length of [0, 1, 40, text.length - 1]) expect(() => open(text.slice(0, length))).toThrow(damaged);
    for (const value of [null, 7, [], {}, { version: 1 }, { ...cursor, check: 'x' }]) {
      expect(() => open(value)).toThrow(damaged);
    }
    // One digit of a time: still JSON, still a time.
    expect(() => open(text.replace('T00:00:00.200Z', 'T00:00:00.300Z'))).toThrow(damaged);
    expect(() => open({ ...cursor, version: 2 })).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  test('what a store gives back is held to the same', async () => {
    const { source } = memorySource(series(10));
    for (const value of ['', '{"version":1', 'null ', '[]', '{"version":1,"sources":{}}']) {
      const checkpoint = storeCheckpoint(new Map([['secret-events', value]]));
      await expect(events(source, { checkpoint }).toArray()).rejects.toMatchObject({ code: 'malformed' });
    }
  });

  test('hostile names of sources and ids stay data', async () => {
    const name = '__proto__';
    const list = [makeEvent({ time: at(1), id: '__proto__' }), makeEvent({ time: at(1), id: 'x'.repeat(100_000) })];
    const open = (request: object) =>
      events(memorySource(list, { name }).source, { order: 'oldest-first', ...request });
    const stream = open({});
    for await (const _ of stream) break;
    const resume = JSON.parse(JSON.stringify(stream.cursor));
    expect(ids(await open({ resume }).toArray())).toEqual([list[1]?.id]);
    const whole = open({});
    await whole.toArray();
    expect(JSON.stringify(whole.cursor).length).toBeLessThan(1000);
  });
});
