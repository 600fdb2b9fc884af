import type { AuditEvent } from '../../src/model/event.ts';
import type { Clock } from '../../src/source/clock.ts';
import type { AuditSource, SourceRequest } from '../../src/source/source.ts';

/** An event, and when its record can be read. */
export interface Arriving {
  readonly event: AuditEvent;
  readonly arrives: number;
}

export interface LateOptions {
  readonly clock: Clock;
  readonly name?: string;
  readonly pageSize?: number;
  readonly deliveryDelay?: number;
  readonly pollInterval?: number;
  /** Called before each page is given; may throw what the provider would. */
  readonly beforePage?: (request: SourceRequest) => void;
}

/** A source whose records become visible some time after their acts, by a clock of the test's own. */
export function lateSource(arriving: readonly Arriving[], options: LateOptions) {
  const { clock, name = 'late', pageSize = 3, deliveryDelay = 0, pollInterval = 1000, beforePage } = options;
  const requests: SourceRequest[] = [];
  const source: AuditSource = {
    name,
    order: 'either',
    deliveryDelay,
    pollInterval,
    async *read(request) {
      requests.push(request);
      const from = request.from?.getTime() ?? 0;
      const to = Math.min(request.to?.getTime() ?? Number.POSITIVE_INFINITY, request.startedAt.getTime() + 1);
      const sign = request.order === 'oldest-first' ? 1 : -1;
      const visible = arriving
        .filter(({ event, arrives }) => {
          const time = event.time.getTime();
          return arrives <= clock.now() && time >= from && time < to;
        })
        .map(({ event }) => ({ ...event, source: name }))
        .sort((a, b) => sign * (a.time.getTime() - b.time.getTime()));
      for (let i = 0; i < visible.length; i += pageSize) {
        beforePage?.(request);
        request.sink.count('requests');
        yield visible.slice(i, i + pageSize);
      }
    },
    codeOf: () => 'unavailable',
  };
  return { source, requests };
}

/** A clock that stands still until somebody sleeps. */
export function ownClock(start: number): Clock & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}
