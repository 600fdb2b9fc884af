import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../src/model/event.ts';
import { Pace } from '../../src/source/pace.ts';
import { newestFirst, oldestFirst, type Span, type SpanReader } from '../../src/source/windows.ts';
import { virtualClock } from '../../src/testing/clock.ts';
import { makeEvent } from '../support/memory-source.ts';

const START = Date.UTC(2026, 10, 1);
const signal = new AbortController().signal;

/** A provider that pages newest first, with a quota and a latency, in virtual time. */
function provider(
  seconds: readonly number[],
  options: { pageSize?: number; latency?: number; perSecond?: number; limit?: number; inFlight?: number } = {},
) {
  const { pageSize = 5, latency = 50, perSecond = 2, limit = Number.POSITIVE_INFINITY, inFlight = 8 } = options;
  const clock = virtualClock(START);
  const pace = new Pace(perSecond, clock);
  const all = seconds
    .map((second, i) => makeEvent({ time: new Date(START + second * 1000), id: `${i}` }))
    .sort((a, b) => b.time.getTime() - a.time.getTime());
  const stats = { requests: 0, flying: 0, mostFlying: 0, clock };
  async function* ask({ start, end }: Span): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const inside = all.filter((event) => event.time.getTime() >= start && event.time.getTime() <= end);
    for (let i = 0; i === 0 || i < inside.length; i += pageSize) {
      await pace.take(signal);
      stats.requests++;
      stats.mostFlying = Math.max(stats.mostFlying, ++stats.flying);
      await clock.sleep(latency);
      stats.flying--;
      yield inside.slice(i, i + pageSize);
    }
  }
  const reader: SpanReader = { ask, latency: () => latency, pageSize, perSecond, inFlight, grain: 1000, limit };
  return { reader, stats };
}

async function collect(pages: AsyncIterable<readonly AuditEvent[]>): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}
const unique = (events: readonly AuditEvent[]) => [...new Map(events.map((event) => [event.id, event])).values()];
const inSeconds = (events: readonly AuditEvent[]) => events.map((event) => (event.time.getTime() - START) / 1000);
const window = (length: number): Span => ({ start: START, end: START + length * 1000 - 1 });

describe('a window', () => {
  const anySeconds = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 999 }), fc.constant(500), fc.integer({ min: 700, max: 710 })),
    { maxLength: 900 },
  );

  test.each([
    ['newest first', newestFirst, (a: number, b: number) => b - a],
    ['oldest first', oldestFirst, (a: number, b: number) => a - b],
  ] as const)('comes whole and in order, %s, whatever latency and density', async (_, read, compare) => {
    await fc.assert(
      fc.asyncProperty(
        anySeconds,
        fc.constantFrom(1, 3, 7),
        fc.constantFrom(0, 400, 2500),
        async (seconds, pageSize, latency) => {
          const { reader } = provider(seconds, { pageSize, latency });
          const events = await collect(read(window(1000), reader));
          // A moment at which the window was cut may come twice; the reader drops copies, and order must hold without that.
          expect(inSeconds(unique(events))).toEqual([...seconds].sort(compare));
          const times = inSeconds(events);
          for (let i = 1; i < times.length; i++)
            expect(compare(times[i - 1] as number, times[i] as number)).toBeLessThanOrEqual(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('costs the fewest requests where the quota is the limit', async () => {
    for (const count of [0, 1, 5, 6, 1000]) {
      const seconds = Array.from({ length: count }, (_, i) => i);
      const { reader, stats } = provider(seconds, { latency: 100 });
      await collect(newestFirst(window(1000), reader));
      expect(stats.requests).toBe(Math.max(1, Math.ceil(count / 5)));
      expect(stats.mostFlying).toBe(1);
    }
  });

  test('small enough is turned round without a request more', async () => {
    const { reader, stats } = provider(Array.from({ length: 150 }, (_, i) => i));
    expect(inSeconds(await collect(oldestFirst(window(1000), reader)))).toEqual(
      Array.from({ length: 150 }, (_, i) => i),
    );
    expect(stats.requests).toBe(30);
  });

  test('large, oldest first, costs at most a tenth more than its pages', async () => {
    const seconds = Array.from({ length: 20_000 }, (_, i) => Math.floor(i / 4));
    const { reader, stats } = provider(seconds, { pageSize: 10 });
    const events = unique(await collect(oldestFirst(window(5000), reader)));
    expect(events).toHaveLength(20_000);
    expect(stats.requests).toBeLessThan(2200);
  });

  test('a slow service is asked in several parts, so that the quota is the limit', async () => {
    const seconds = Array.from({ length: 10_000 }, (_, i) => i);
    const { reader, stats } = provider(seconds, { pageSize: 50, latency: 2000 });
    const began = stats.clock.now();
    expect(unique(await collect(newestFirst(window(10_000), reader)))).toHaveLength(10_000);
    const quota = (10_000 / 50 / 2) * 1000;
    expect(stats.mostFlying).toBeGreaterThan(2);
    expect(stats.clock.now() - began).toBeLessThan(quota * 1.2);
    expect(stats.requests).toBeLessThan(200 * 1.1);
  });

  test.each([
    ['newest first', newestFirst],
    ['oldest first', oldestFirst],
  ] as const)(
    'a slow service and a day with busy hours, %s: little time and few requests are lost',
    async (_, read) => {
      // Nine in ten between nine and five.
      const seconds = Array.from({ length: 10_000 }, (_, i) =>
        i % 10 === 0 ? i * 8.64 : 32_400 + ((i * 2.88) % 28_800),
      );
      const { reader, stats } = provider(seconds.map(Math.floor), { pageSize: 50, latency: 2000 });
      const began = stats.clock.now();
      expect(unique(await collect(read(window(86_400), reader)))).toHaveLength(10_000);
      expect(stats.clock.now() - began).toBeLessThan(100_000 * 1.3);
      expect(stats.requests).toBeLessThan(200 * 1.12);
      // Four answers of two seconds are two a second.
      expect(stats.mostFlying).toBeLessThanOrEqual(4);
    },
  );

  test('a part that turns out fuller than planned is cut again', async () => {
    // Sparse where it is judged, a hundred times denser behind that.
    const seconds = [
      ...Array.from({ length: 300 }, (_, i) => 20_000 - i * 40),
      ...Array.from({ length: 10_000 }, (_, i) => 8000 - Math.floor(i / 4)),
    ];
    const { reader, stats } = provider(seconds, { pageSize: 50, latency: 2000 });
    const began = stats.clock.now();
    expect(unique(await collect(newestFirst(window(20_001), reader)))).toHaveLength(10_300);
    // One after another it would take 412 s.
    expect(stats.clock.now() - began).toBeLessThan(206_000);
  });

  test('a small limit never starts parts side by side', async () => {
    const { reader, stats } = provider(
      Array.from({ length: 5000 }, (_, i) => i),
      { latency: 2000, limit: 40 },
    );
    let count = 0;
    for await (const page of newestFirst(window(5000), reader)) {
      count += page.length;
      if (count >= 40) break;
    }
    expect(stats).toMatchObject({ requests: 8, mostFlying: 1 });
  });

  test('leaving early ends what is in flight', async () => {
    const { reader, stats } = provider(
      Array.from({ length: 5000 }, (_, i) => i),
      { latency: 2000 },
    );
    let pages = 0;
    for await (const _ of newestFirst(window(5000), reader)) if (++pages === 12) break;
    const asked = stats.requests;
    await stats.clock.advance(60_000);
    expect(stats.requests).toBe(asked);
    expect(stats.flying).toBe(0);
  });
});
