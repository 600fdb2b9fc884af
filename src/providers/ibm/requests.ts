/** How requests to IBM are made: how fast they go, what is tried again, what an answer means. */
import { parseJson } from '../../model/json-text.ts';
import { type Clock, realClock } from '../../source/clock.ts';
import type { Pace } from '../../source/pace.ts';
import { type RetryContext, withRetries } from '../../source/retry.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { Connection, IbmConnection } from './clients.ts';
import { errorOfAnswer, IbmError, ibmErrorCode, retryAfterOf } from './errors.ts';
import type { FetchAnswer, FetchInit } from './ports.ts';

/** How fast to ask. */
export interface IbmPaceOptions {
  /** Requests in any minute for this instance, shared with everything else in the process that asks it. */
  readonly perMinute?: number;
  /** How long one request may be refused for its rate before that is an error, in milliseconds; ten minutes by default. */
  readonly maxWait?: number;
  /** For tests that let time pass at once. */
  readonly clock?: Clock;
}

/** Options that every IBM source takes beside what it reads. */
export interface IbmSourceOptions extends IbmConnection {
  readonly pace?: IbmPaceOptions;
  /** The source's name in events, notices and errors; replaces one made of service, region and instance. */
  readonly name?: string;
}

const MAX_WAIT = 10 * 60_000;

/** @internal */
export function clockOf({ pace }: IbmSourceOptions): Clock {
  return pace?.clock ?? realClock;
}

/** What a request needs beside its words. @internal */
export function contextOf(
  source: string,
  options: IbmSourceOptions,
  { sink, signal }: Pick<SourceRequest, 'sink' | 'signal'>,
  pace: Pace,
): RetryContext {
  return {
    source,
    pace,
    clock: clockOf(options),
    sink,
    signal,
    codeOf: ibmErrorCode,
    waitOf: retryAfterOf,
    maxWait: options.pace?.maxWait ?? MAX_WAIT,
  };
}

/**
 * Runs a request until it is answered. A token that the service refuses is renewed once: it may have been revoked, or
 * the clocks disagree on when it ends.
 *
 * @internal
 */
export async function untilAnswered<T>(
  connection: Connection,
  context: RetryContext,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const attempt = () => withOwnSignal(context.signal, request);
  try {
    return await withRetries(attempt, context);
  } catch (error) {
    if (!(error instanceof IbmError) || error.status !== 401 || error.service === 'IAM') throw error;
    connection.renew();
    context.sink.count('retries');
    return withRetries(attempt, context);
  }
}

/**
 * A signal for one request: fetch leaves a listener behind on the one that it is given, and a stream that follows makes
 * thousands of requests. It aborts at the end, so that no answer that is only half read keeps its socket.
 */
async function withOwnSignal<T>(signal: AbortSignal, request: (own: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const stop = () => own.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await request(own.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    own.abort();
  }
}

/**
 * One request whose answer is a success; its body is still to be read, or to be cancelled.
 *
 * @throws IbmError for every other status, with IBM's own words.
 * @internal
 */
export async function ask(
  connection: Connection,
  path: string,
  init: Omit<FetchInit, 'redirect'>,
): Promise<FetchAnswer> {
  const answer = await connection.send(path, init);
  if (answer.status >= 200 && answer.status < 300) return answer;
  const text = await textOf(answer, ERROR_LENGTH).catch(() => '');
  init.signal.throwIfAborted();
  throw errorOfAnswer(connection.title, answer.status, parseJson(text), waitOf(answer));
}

/** Bytes of an error that are read, and of a JSON answer. */
const ERROR_LENGTH = 64 * 1024;
const ANSWER_LENGTH = 64 * 1024 * 1024;

/**
 * The JSON that a path answers with; paced, tried again, with one new token where the old one is refused.
 *
 * @internal
 */
export function getJson(connection: Connection, path: string, context: RetryContext): Promise<unknown> {
  return untilAnswered(connection, context, async (signal) => {
    const answer = await ask(connection, path, { method: 'GET', headers: { Accept: 'application/json' }, signal });
    const body = parseJson(await textOf(answer, ANSWER_LENGTH));
    if (body !== undefined) return body;
    throw new IbmError('unavailable', 'the answer is no JSON, or was cut off', { service: connection.title });
  });
}

async function textOf({ body }: FetchAnswer, most: number): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let left = most; left > 0; ) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      left -= value?.length ?? 0;
    }
    return text;
  } finally {
    // Of an answer that was read to its end this does nothing.
    reader.cancel().catch(() => {});
  }
}

/** `Retry-After` in seconds or as a date; not documented for IBM's APIs, and heeded if it comes. */
function waitOf({ headers }: FetchAnswer): number | undefined {
  const text = headers.get('retry-after');
  if (!text) return undefined;
  const wait = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait > 0 ? wait : undefined;
}
