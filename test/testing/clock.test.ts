import { describe, expect, it } from 'vitest';
import { realClock, virtualClock } from '../../src/testing/index.ts';

describe('a virtual clock', () => {
  it('moves when somebody sleeps, and only by that', async () => {
    const clock = virtualClock(1000);
    expect(clock.now()).toBe(1000);
    await clock.sleep(3_600_000);
    expect(clock.now()).toBe(3_601_000);
  });

  it('does not add up what is slept side by side, and wakes in the order of the deadlines', async () => {
    const clock = virtualClock(0);
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    await Promise.all([sleeper('late', 500), sleeper('early', 200), sleeper('as late', 500)]);
    expect(woken).toEqual(['early at 200', 'late at 500', 'as late at 500']);
  });

  it('lets who was woken sleep again before a later sleeper is due', async () => {
    const clock = virtualClock(0);
    const woken: number[] = [];
    const often = async () => {
      for (let turn = 0; turn < 4; turn++) {
        await clock.sleep(100);
        woken.push(clock.now());
      }
    };
    await Promise.all([often(), clock.sleep(350).then(() => woken.push(clock.now()))]);
    expect(woken).toEqual([100, 200, 300, 350, 400]);
  });

  it('rejects an aborted sleep with the reason itself, and stands still', async () => {
    const clock = virtualClock(0);
    const reason = new Error('enough');
    await expect(clock.sleep(1000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const aborting = new AbortController();
    const sleeping = clock.sleep(1000, aborting.signal);
    aborting.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await clock.sleep(0);
    expect(clock.now()).toBe(0);
  });

  it('waits until a moment without making it come', async () => {
    const clock = virtualClock(0);
    const seen: number[] = [];
    const waiting = clock.until(700).then(() => seen.push(clock.now()));
    await clock.sleep(600);
    expect(seen).toEqual([]);
    await clock.advance(600);
    await waiting;
    expect(seen).toEqual([700]);
    expect(clock.now()).toBe(1200);
  });
});

describe('the real clock', () => {
  it('tells the time of the machine', () => {
    const before = Date.now();
    const now = realClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('sleeps, and rejects an aborted sleep with the reason itself', async () => {
    const clock = realClock();
    await clock.sleep(1);
    await clock.until?.(0);
    const reason = new Error('enough');
    await expect(clock.sleep(1000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const aborting = new AbortController();
    const sleeping = clock.sleep(60_000, aborting.signal);
    aborting.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });
});
