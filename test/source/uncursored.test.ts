import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Order } from '../../src/source/source.ts';
import { halves, uncursored } from '../../src/source/uncursored.ts';
import type { Span } from '../../src/source/windows.ts';

const ORDERS: readonly Order[] = ['newest-first', 'oldest-first'];

/** Reads times behind answers of so many, which are cut where they are full. */
async function read(times: readonly number[], window: Span, order: Order, longest: number, most: number) {
  const asked: Span[] = [];
  const sign = order === 'oldest-first' ? 1 : -1;
  const list: number[] = [];
  let settled = true;
  let least = Number.NEGATIVE_INFINITY;
  const answers = uncursored(
    window,
    order,
    () => longest,
    async (span) => {
      asked.push(span);
      const found = times.filter((time) => time >= span.start && time <= span.end);
      if (found.length <= most) return { value: found, rest: [] };
      const parts = halves(span, order);
      return parts ? { value: [], rest: parts } : { value: found, rest: [] };
    },
  );
  for await (const { value, reached } of answers) {
    for (const time of value) settled &&= time * sign >= least;
    list.push(...[...value].sort((a, b) => (a - b) * sign));
    // What is still to come lies at `reached` or behind it; backwards `reached` itself has been read.
    if (reached !== undefined) least = order === 'oldest-first' ? reached : -(reached - 1);
  }
  return { list, asked, settled };
}

describe.each(ORDERS)('a window without a cursor, %s', (order) => {
  test('every moment is read once, in order, in spans that are no longer than allowed', async () => {
    const time = fc.integer({ min: 0, max: 400 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(time, { maxLength: 60 }),
        time,
        time,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 9 }),
        async (times, a, b, longest, most) => {
          const window = { start: Math.min(a, b), end: Math.max(a, b) };
          const { list, asked, settled } = await read(times, window, order, longest, most);
          const expected = times.filter((at) => at >= window.start && at <= window.end);
          expect(list).toEqual(expected.sort((x, y) => (order === 'oldest-first' ? x - y : y - x)));
          expect(settled).toBe(true);
          expect(asked.every(({ start, end }) => start <= end && end - start < longest)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('nothing is asked ahead', async () => {
    let asked = 0;
    const answers = uncursored(
      { start: 0, end: 99 },
      order,
      () => 10,
      async () => ({ value: asked++, rest: [] }),
    );
    expect(asked).toBe(0);
    await answers.next();
    expect(asked).toBe(1);
    await answers.return();
    expect(asked).toBe(1);
  });

  test('an empty window asks nothing', async () => {
    const { asked } = await read([1], { start: 2, end: 1 }, order, 10, 10);
    expect(asked).toEqual([]);
  });
});
