import { describe, expect, test } from 'vitest';
import { Pace, paceOf } from '../../src/source/pace.ts';
import { virtualClock } from '../../src/testing/index.ts';

const { signal } = new AbortController();

/** When so many requests begin that all ask at once, in milliseconds after the first. */
async function starts(
  count: number,
  pace: (clock: ReturnType<typeof virtualClock>) => Pace,
): Promise<readonly number[]> {
  const clock = virtualClock(0);
  const limit = pace(clock);
  return Promise.all(
    Array.from({ length: count }, async () => {
      await limit.take(new AbortController().signal);
      return clock.now();
    }),
  );
}

describe('a pace', () => {
  test.each<readonly [count: number, per: number]>([
    [10, 60_000],
    [2, 1000],
    [7, 500],
  ])('lets %d begin at once, and never more in any %d ms', async (count, per) => {
    const at = await starts(4 * count, (clock) => new Pace(count, clock, per));
    expect(at.slice(0, count)).toEqual(new Array(count).fill(0));
    for (let i = count; i < at.length; i++) expect((at[i] as number) - (at[i - count] as number)).toBeGreaterThan(per);
    // And no slower than that, but for a margin.
    expect(at.at(-1)).toBeLessThan(3 * (per + 100));
  });

  test('less than one a second is one, with a longer second', async () => {
    const at = await starts(3, (clock) => new Pace(0.5, clock));
    expect(at[1]).toBeGreaterThanOrEqual(2000);
    expect(at[2]).toBeGreaterThanOrEqual(4000);
  });

  test('is one for an owner and a name', () => {
    const clock = virtualClock(0);
    expect(paceOf(clock, 'a', 10, clock, 60_000)).toBe(paceOf(clock, 'a', 10, clock, 60_000));
    expect(paceOf(clock, 'a', 10, clock)).not.toBe(paceOf(clock, 'b', 10, clock));
    expect(paceOf(clock, 'a', 10, clock)).not.toBe(paceOf({}, 'a', 10, clock));
  });

  test('leaves the place of one that gave up to the next', async () => {
    const clock = virtualClock(0);
    const pace = new Pace(1, clock, 60_000);
    await pace.take(signal);
    const controller = new AbortController();
    const reason = new Error('enough');
    const given = pace.take(controller.signal);
    const next = pace.take(signal);
    controller.abort(reason);
    await expect(given).rejects.toBe(reason);
    await next;
    expect(clock.now()).toBeLessThan(61_000);
  });
});
