/** One request of the AWS JSON 1.1 protocol, signed, and its answer. */
import { AwsV4Signer } from 'aws4fetch';
import type { JsonObject } from '../../../model/record.ts';
import { unlessAborted } from '../../../source/unless-aborted.ts';
import { awsErrorCode } from '../errors.ts';
import type { CallOptions } from '../ports.ts';
import { outputOf, refusalOf, wireFailure } from './answer.ts';
import type { KeptCredentials, Signing } from './credentials.ts';
import type { FetchService } from './endpoint.ts';
import { FetchFailure } from './failure.ts';
import type { AwsFetch, AwsFetchAnswer } from './ports.ts';

/** One operation of a service. @internal */
export interface Operation {
  readonly name: string;
  readonly service: FetchService;
  /** What stands before the name in `X-Amz-Target`. */
  readonly target: string;
  /** Members of its answer that hold a list and the token of the next page. */
  readonly list?: string;
  readonly token?: string;
}

/** What all requests of a client have in common. @internal */
export interface Wire {
  readonly region: string;
  readonly credentials: KeptCredentials;
  readonly fetch: AwsFetch;
  /** Milliseconds for one request and the whole of its answer. */
  readonly timeout: number;
  readonly maxBytes: number;
  addressOf(service: FetchService): string;
}

/** A signature is good for five minutes; the SDK corrects its clock when it is off by four. */
const SKEW = 4 * 60_000;

/** Makes requests, each once: pace and retries are the source's, which knows the quota and counts what it asks. @internal */
export class Caller {
  readonly #wire: Wire;
  /** By how much the clock of the services is ahead of this machine's, in milliseconds. */
  #offset = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** An abort rejects with its reason, whether or not `fetch` heeds the signal; so does the time that is over. */
  async call(operation: Operation, input: object, { abortSignal }: CallOptions = {}): Promise<JsonObject> {
    abortSignal?.throwIfAborted();
    const { timeout } = this.#wire;
    // One of its own for each request: fetch leaves a listener behind on the signal that it is given.
    const own = new AbortController();
    const stop = () => own.abort(abortSignal?.reason);
    abortSignal?.addEventListener('abort', stop, { once: true });
    const late = new FetchFailure('TimeoutError', `${operation.name}: no whole answer within ${timeout} ms`);
    const timer = setTimeout(() => own.abort(late), timeout);
    try {
      return await unlessAborted(this.#ask(operation, input, own.signal), own.signal);
    } catch (error) {
      throw own.signal.aborted ? own.signal.reason : error;
    } finally {
      clearTimeout(timer);
      abortSignal?.removeEventListener('abort', stop);
      // No answer that is only half read keeps its socket.
      own.abort();
    }
  }

  async #ask(operation: Operation, input: object, signal: AbortSignal): Promise<JsonObject> {
    const { credentials, maxBytes } = this.#wire;
    const signing = await credentials.get();
    signal.throwIfAborted();
    const signedAt = Date.now() + this.#offset;
    const answer = await this.#send(operation, JSON.stringify(input), signing, signedAt, signal);
    if (answer.status >= 200 && answer.status < 300) return outputOf(operation.name, answer, maxBytes, operation);
    const skewed = this.#correctClock(answer, signedAt);
    const refusal = await refusalOf(operation.name, answer, signing.credentials, skewed);
    if (awsErrorCode(refusal) === 'unauthenticated') credentials.refused(signing);
    throw refusal;
  }

  async #send(
    { name, service, target }: Operation,
    body: string,
    { credentials, keys }: Signing,
    signedAt: number,
    signal: AbortSignal,
  ): Promise<AwsFetchAnswer> {
    const { region, addressOf, fetch } = this.#wire;
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const signed = await new AwsV4Signer({
      method: 'POST',
      url: addressOf(service),
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${target}.${name}` },
      body,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
      service,
      region,
      cache: keys,
      datetime: new Date(signedAt).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    }).sign();
    const headers = Object.fromEntries(signed.headers);
    try {
      return await fetch(signed.url.href, { method: 'POST', headers, body, redirect: 'manual', signal });
    } catch (cause) {
      throw wireFailure(name, cause);
    }
  }

  /** Whether the service's clock and the one that signed are too far apart; the next request goes by the service's. */
  #correctClock({ headers }: AwsFetchAnswer, signedAt: number): boolean {
    const date = Date.parse(headers.get('date') ?? '');
    if (!(Math.abs(date - signedAt) >= SKEW)) return false;
    this.#offset = date - Date.now();
    return true;
  }
}
