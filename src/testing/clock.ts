/** Time as an argument, so that waiting can be tested without waiting. */
import { type Clock as SourceClock, realClock as wallClock } from '../source/clock.ts';

/** What tells the time and waits. The code under test and the server it talks to are given the same one. */
export interface Clock extends SourceClock {
  /** Waits for a moment without making it come: on a virtual clock, until somebody else has slept or advanced past it. */
  until?(time: number, signal?: AbortSignal): Promise<void>;
}

/** A {@link Clock} that runs when somebody sleeps, and not otherwise. */
export interface VirtualClock extends Clock {
  until(time: number, signal?: AbortSignal): Promise<void>;
  /** Moves time forward by hand, and resolves once everything that was due has been woken. */
  advance(ms: number): Promise<void>;
}

/**
 * The machine's own clock.
 *
 * @example
 * ```ts
 * import { realClock, startAwsServer } from 'secret-events/testing';
 *
 * const server = await startAwsServer({ clock: realClock() });
 * await server.stop();
 * ```
 */
export function realClock(): Clock {
  return { ...wallClock, until: (time, signal) => wallClock.sleep(Math.max(0, time - wallClock.now()), signal) };
}

interface Sleeper {
  readonly due: number;
  /** Whether time runs for its sake. */
  readonly drives: boolean;
  wake(): void;
}

/**
 * A clock for tests: a sleep takes no real time, it moves the clock. Sleepers wake in the order of their deadlines, so
 * two that sleep side by side do not add up.
 *
 * @param start where time begins; the machine's present when left out.
 *
 * @example
 * ```ts
 * import { virtualClock } from 'secret-events/testing';
 *
 * const clock = virtualClock(new Date('2026-11-20T00:00:00Z'));
 * await clock.sleep(3_600_000);
 * console.log(new Date(clock.now()).toISOString()); // 2026-11-20T01:00:00.000Z
 * ```
 */
export function virtualClock(start: Date | number = Date.now()): VirtualClock {
  let now = Number(start);
  let pumping = false;
  const sleepers: Sleeper[] = [];

  function add(sleeper: Sleeper): void {
    // Behind its equals: who slept first wakes first.
    let index = sleepers.length;
    while (index > 0 && (sleepers[index - 1] as Sleeper).due > sleeper.due) index--;
    sleepers.splice(index, 0, sleeper);
    pump();
  }

  function wakeNext(limit: number): boolean {
    const next = sleepers[0];
    if (!next || next.due > limit) return false;
    sleepers.shift();
    now = Math.max(now, next.due);
    next.wake();
    return true;
  }

  function pump(): void {
    if (pumping) return;
    pumping = true;
    // One a turn of the loop: who is woken may go to sleep again before the next one is due.
    setImmediate(() => {
      pumping = false;
      const driver = sleepers.find((sleeper) => sleeper.drives);
      if (wakeNext(Math.max(now, driver?.due ?? now))) pump();
    });
  }

  function wait(due: number, drives: boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper: Sleeper = { due, drives, wake };
      signal?.addEventListener('abort', stop, { once: true });
      add(sleeper);
    });
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    sleep: (ms, signal) => wait(now + Math.max(0, ms), true, signal),
    until: (time, signal) => wait(time, false, signal),
    async advance(ms) {
      const end = now + ms;
      while (wakeNext(end)) await turn();
      now = Math.max(now, end);
      await turn();
    },
  };
}
