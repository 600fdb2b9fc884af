/** One request, made until it is answered: paced, backed off with full jitter, counted. */
import { AuditError, type ErrorCode } from '../model/error.ts';
import type { Clock } from './clock.ts';
import type { Pace } from './pace.ts';
import { publish } from './signals.ts';
import type { SourceSink } from './source.ts';

/** @internal */
export interface RetryContext {
  readonly source: string;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly sink: SourceSink;
  readonly signal: AbortSignal;
  readonly codeOf: (error: unknown) => ErrorCode;
  /** How long an error asks to be waited for, in milliseconds; `undefined` when it does not say. */
  readonly waitOf?: (error: unknown) => number | undefined;
  /** How long one request may be refused for its rate before that is an error, in milliseconds. */
  readonly maxWait: number;
  /** Told how long the provider took for an answer, in milliseconds; waiting for the pace and for a retry is not in it. */
  readonly answered?: (ms: number) => void;
  /** A number in [0, 1); a test gives its own. */
  readonly random?: () => number;
}

/** A failure that is not about the rate is tried again this often; a service that is down stays down. */
const ATTEMPTS = 5;
const FIRST_BACKOFF = 250;
const LONGEST_BACKOFF = 20_000;

/**
 * Runs `request` until it succeeds. `rate-limited` goes on until `maxWait` has passed, `unavailable` five times,
 * everything else ends at once.
 *
 * @internal
 */
export async function withRetries<T>(request: () => Promise<T>, context: RetryContext): Promise<T> {
  const { source, pace, clock, sink, signal, codeOf, maxWait, answered, waitOf, random = Math.random } = context;
  const began = clock.now();
  let failures = 0;
  for (let attempt = 1; ; attempt++) {
    const waited = await pace.take(signal);
    if (waited > 0) {
      sink.count('waitedMs', waited);
      publish('secret-events:wait', { source, waitMs: waited });
    }
    sink.count('requests');
    publish('secret-events:request', { source, attempt });
    const sent = clock.now();
    try {
      const answer = await request();
      answered?.(clock.now() - sent);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const code = codeOf(error);
      const asked = waitOf?.(error) ?? 0;
      const backoff = asked + random() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** attempt);
      if (code === 'rate-limited') {
        if (clock.now() + backoff - began > maxWait) throw refused(error, context, maxWait);
      } else if (code !== 'unavailable' || ++failures >= ATTEMPTS) {
        throw error;
      }
      sink.count('retries');
      sink.count('waitedMs', Math.round(backoff));
      publish('secret-events:retry', { source, attempt, code, waitMs: Math.round(backoff) });
      await clock.sleep(backoff, signal);
    }
  }
}

function refused(cause: unknown, { source }: RetryContext, maxWait: number): AuditError {
  return new AuditError(
    'rate-limited',
    `${source}: the provider still refused for the rate of requests after ${Math.round(maxWait / 1000)} s; something else uses up the quota, or maxWait is too short`,
    { source, cause },
  );
}
