/** Following sources that have to be asked again and again. */
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { events } from '../../src/reader/events.ts';
import type { EventsRequest } from '../../src/reader/request.ts';
import { type Arriving, type LateOptions, lateSource, ownClock } from '../support/late-source.ts';
import { makeEvent, memorySource } from '../support/memory-source.ts';

const START = Date.UTC(2026, 10, 20);
const MINUTE = 60_000;
const OVERLAP = 15 * MINUTE;
const act = (ms: number, late = 0, id = `at-${ms}`): Arriving => ({
  event: makeEvent({ time: new Date(START + ms), id }),
  arrives: START + ms + late,
});

/** Follows for so long by a clock of its own. */
async function follow(
  arriving: readonly Arriving[],
  lasting: number,
  request: EventsRequest = {},
  options: Partial<LateOptions> = {},
) {
  const clock = ownClock(START);
  const { source, requests } = lateSource(arriving, {
    clock,
    deliveryDelay: OVERLAP,
    pollInterval: MINUTE,
    pageSize: 50,
    ...options,
  });
  const ending = new AbortController();
  const got: AuditEvent[] = [];
  const watermarks: number[] = [];
  const stream = events(source, {
    follow: true,
    clock: { ...clock, sleep: (ms, signal) => rest(ms, signal) },
    signal: ending.signal,
    onWatermark: (time) => watermarks.push(time.getTime() - START),
    ...request,
  });
  const rest = async (ms: number, signal?: AbortSignal) => {
    if (clock.now() - START >= lasting) ending.abort(new Error('enough'));
    await clock.sleep(ms, signal);
  };
  const error = await (async () => {
    for await (const event of stream) got.push(event);
  })().catch((e: unknown) => e);
  return { got: got.map(({ id }) => id), requests, stream, watermarks, clock, error };
}

describe('a source that is asked again', () => {
  test('gives each event once, late ones within the overlap included, and asks at its pace', async () => {
    const acts = [act(5000), act(5000, 0, 'twin'), act(30_000, 14 * MINUTE), act(90_000), act(91_000, 20 * MINUTE)];
    const { got, requests, stream, error } = await follow(acts, 60 * MINUTE);
    expect((error as Error).message).toBe('enough');
    // The last one came later than the overlap reaches, which is what an overlap means.
    expect(got).toEqual(['at-5000', 'twin', 'at-90000', 'at-30000']);
    expect(requests.length).toBe(61);
    const [books] = stream.report.sources;
    expect(books).toMatchObject({ yielded: 4, malformed: 0 });
    expect(books?.notices).toEqual([]);
  });

  test('reads the overlap again and nothing before it', async () => {
    const { requests } = await follow([act(1000)], 40 * MINUTE);
    for (const [i, request] of requests.entries()) {
      const asked = request.startedAt.getTime();
      expect(asked).toBe(START + i * MINUTE);
      expect(request.from?.getTime()).toBe(Math.max(START, START + (i - 1) * MINUTE - OVERLAP));
      expect(request.to).toBeUndefined();
      expect(request.order).toBe('oldest-first');
      expect(request.follow).toBeUndefined();
    }
  });

  test('remembers what the overlap holds and nothing beyond it', async () => {
    const acts = Array.from({ length: 3600 }, (_, i) => act(i * 1000));
    const { got, stream } = await follow(acts, 60 * MINUTE);
    expect(got).toHaveLength(3600);
    const { seen, at } = stream.cursor.sources['late'] as { seen: readonly string[]; at: string };
    expect(Date.parse(at)).toBe(START + 60 * MINUTE - OVERLAP);
    expect(seen.length).toBe(15 * 60);
  });

  test('tells a watermark that no event on time comes behind', async () => {
    const acts = Array.from({ length: 200 }, (_, i) => act(i * 10_000, (i * 7919) % OVERLAP));
    const clock = ownClock(START);
    const { source } = lateSource(acts, { clock, deliveryDelay: OVERLAP, pollInterval: MINUTE });
    let watermark = 0;
    const stream = events(source, { follow: true, clock, onWatermark: (time) => (watermark = time.getTime()) });
    let count = 0;
    for await (const event of stream) {
      expect(event.time.getTime()).toBeGreaterThanOrEqual(watermark);
      if (++count === acts.length) break;
    }
    expect(watermark).toBeGreaterThan(START + 20 * MINUTE);
    expect(stream.report.watermark?.getTime()).toBe(watermark);
    expect(stream.report.sources[0]?.covered?.to?.getTime()).toBe(watermark);
  });

  test('goes on without a gap after an hour of sleep, of throttling, and of a service that is down', async () => {
    for (const failure of [undefined, 'rate-limited', 'unavailable'] as const) {
      const acts = Array.from({ length: 120 }, (_, i) => act(i * MINUTE));
      const from = START + 10 * MINUTE;
      const { got, stream } = await follow(
        acts,
        130 * MINUTE,
        {},
        {
          beforePage: ({ startedAt }) => {
            const now = startedAt.getTime();
            if (failure && now >= from && now < from + 60 * MINUTE) throw new AuditError(failure, 'not now');
          },
        },
      );
      expect(got).toEqual(acts.map(({ event }) => event.id));
      const codes = stream.report.sources[0]?.notices.map(({ code }) => code);
      expect(codes).toEqual(failure ? ['source-resumed'] : []);
    }
  });

  test('waits longer and longer for a service that is down, and not for ever longer', async () => {
    const { clock, error } = await follow(
      [act(0)],
      120 * MINUTE,
      {},
      {
        beforePage: ({ startedAt }) => {
          if (startedAt.getTime() > START) throw new AuditError('unavailable', 'down');
        },
      },
    );
    expect((error as Error).message).toBe('enough');
    const pauses = clock.slept.filter((ms) => ms !== MINUTE);
    expect(pauses.slice(0, 9)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000]);
    expect(Math.max(...pauses)).toBe(5 * MINUTE);
  });

  test('that fails before it has ever answered, or for good, ends the stream', async () => {
    const never = await follow([act(0)], MINUTE, {}, { beforePage: () => fail('unavailable') });
    expect(never.error).toMatchObject({ code: 'unavailable', source: 'late' });
    const later = await follow(
      [act(0)],
      MINUTE,
      {},
      { beforePage: ({ startedAt }) => startedAt.getTime() > START && fail('permission-denied') },
    );
    expect(later.error).toMatchObject({ code: 'permission-denied', source: 'late' });
    expect(later.got).toEqual(['at-0']);
  });

  test('takes the interval and the overlap that the request gives', async () => {
    const { requests } = await follow([act(0)], 10_000, { follow: { pollInterval: 2000, overlap: 3000 } });
    expect(requests.map(({ startedAt }) => startedAt.getTime() - START)).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    expect(requests.at(-1)?.from?.getTime()).toBe(START + 5000);
  });

  test.each([
    [{ pollInterval: -1 }, /follow.pollInterval: -1 is no time/],
    [{ overlap: Number.NaN }, /follow.overlap: NaN is no time/],
    [{ interval: 5 }, /follow takes no "interval"/],
    [null, /follow: null is neither/],
  ])('%j is refused', (value, message) => {
    const { source } = lateSource([], { clock: ownClock(START) });
    expect(() => events(source, { follow: value as object })).toThrow(message);
  });

  test('beside a source that follows by itself and one that cannot', () => {
    const { source } = lateSource([], { clock: ownClock(START) });
    const plain = memorySource([], { name: 'files' }).source;
    expect(() => events([source, plain], { follow: true })).toThrow(/files cannot follow/);
  });
});

function fail(code: 'unavailable' | 'permission-denied'): never {
  throw new AuditError(code, code);
}
