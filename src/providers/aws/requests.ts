/** How requests to AWS are made: whose quota they count against, how fast they go, what their errors mean. */
import { type Clock, realClock } from '../../source/clock.ts';
import { paceOf } from '../../source/pace.ts';
import type { RetryContext } from '../../source/retry.ts';
import type { SourceRequest } from '../../source/source.ts';
import { type AwsConnection, quotaOwner } from './clients.ts';
import { awsErrorCode, awsRetryAfter } from './errors.ts';

/** How fast to ask. */
export interface PaceOptions {
  /** Requests a second for this account and Region, shared with everything else that asks there. */
  readonly perSecond?: number;
  /** How long one request may be refused for its rate before that is an error, in milliseconds; ten minutes by default. */
  readonly maxWait?: number;
  /** Requests in flight at once where the service answers slowly; 8 by default. Only event history needs it. */
  readonly inFlight?: number;
  /** For tests that let time pass at once. */
  readonly clock?: Clock;
}

/** Options that every AWS source takes beside its connection. */
export interface AwsSourceOptions extends AwsConnection {
  readonly pace?: PaceOptions;
  /** The source's name in events, notices and errors; replaces one made of API, Region and log group. */
  readonly name?: string;
}

const MAX_WAIT = 10 * 60_000;

/** @internal */
export function clockOf({ pace }: AwsSourceOptions): Clock {
  return pace?.clock ?? realClock;
}

/**
 * What a request needs beside its input. `operation` and Region name the quota; every reader in the process that reaches
 * the same account shares it.
 *
 * @internal
 */
export function contextOf(
  source: string,
  options: AwsSourceOptions & { readonly client?: object },
  { sink, signal }: SourceRequest,
  operation: string,
  perSecond: number,
): RetryContext {
  const clock = clockOf(options);
  return {
    source,
    pace: paceOf(quotaOwner(options, options.client), `${operation} ${options.region}`, perSecond, clock),
    clock,
    sink,
    signal,
    codeOf: awsErrorCode,
    waitOf: awsRetryAfter,
    maxWait: options.pace?.maxWait ?? MAX_WAIT,
  };
}
