/** A server on the loopback interface that answers like IBM Cloud: tokens, Cloud Logs, Secrets Manager. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../model/record.ts';
import { realClock } from '../clock.ts';
import { openLoopback, readBody } from '../loopback.ts';
import { seededRandom } from '../random.ts';
import { sendJson, sendStream } from './delivery.ts';
import { environmentOf, type IbmEnvironment } from './environment.ts';
import { Faults, type IbmFault, refusalOf } from './faults.ts';
import { type IbmLogRow, rowAsGiven, rowOfEvent } from './log-row.ts';
import { logRules } from './log-rules.ts';
import { LogStore } from './log-store.ts';
import { type Asked, findOperation, type IbmService, serviceOf } from './operations.ts';
import { QueryQuota } from './query-quota.ts';
import { runQuery, type StreamItem } from './query-run.ts';
import { readForm, readJson } from './request-input.ts';
import { SecretsInstance } from './secrets-instance.ts';
import type { ActivityEventRecord, IbmAddOptions, IbmServerOptions } from './server-options.ts';
import { ServiceError } from './service-error.ts';
import { TokenService } from './token-service.ts';

/** One request that the server has seen. */
export interface IbmRequest {
  readonly service: IbmService;
  /** The operation's name, or method and path of what is none. */
  readonly operation: string;
  /** The body or the parameters; of a request for a token, no more than its kind. */
  readonly input: JsonObject;
  /** When it came, in milliseconds on the server's clock. */
  readonly at: number;
  /** Of the answer; 0 as long as there is none. */
  readonly status: number;
  /** The error's code, when it was refused, be it in a stream of status 200. */
  readonly error?: string;
  /** The fault that was worked into the answer, or into how it was delivered. */
  readonly fault?: IbmFault['kind'];
}

/** A request while it is being answered. */
type Seen = { -readonly [Key in keyof IbmRequest]: IbmRequest[Key] };

/** A running server. */
export interface IbmServer {
  /** Where all three services are, on 127.0.0.1. */
  readonly url: string;
  /** What makes IBM's SDK talk to the server, with a key that is good nowhere else. */
  readonly env: IbmEnvironment;
  /** Every request, in the order they came. */
  readonly requests: readonly IbmRequest[];
  /** Feeds events to Cloud Logs. */
  add(records: readonly ActivityEventRecord[], options?: IbmAddOptions): void;
  /** Feeds rows to Cloud Logs, of any kind. */
  addRows(rows: readonly IbmLogRow[]): void;
  /** Plans a failure. */
  fault(fault: IbmFault): void;
  /** Forgets the failures that are still to come. */
  clearFaults(): void;
  /** Stops at once; open connections are closed. */
  stop(): Promise<void>;
  /** Stops it at the end of a block: `await using server = await startIbmServer()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

interface Call extends Asked {
  readonly url: URL;
  readonly body: string;
  readonly request: IncomingMessage;
  readonly seen: Seen;
}

/** What goes out with a status of 200, and how it is spoiled. */
type Reply = ({ readonly body: Readonly<Record<string, unknown>> } | { readonly items: readonly StreamItem[] }) & {
  readonly content?: IbmFault | undefined;
  readonly delivery: IbmFault | undefined;
};

/**
 * Starts a server that answers like three services of IBM Cloud: tokens for keys, the query API of Cloud Logs, and what
 * can be read of Secrets Manager. It makes the same checks, errors, limits and warnings, over events and secrets of your
 * own. Where IBM's documentation is silent, options choose. It listens on 127.0.0.1.
 *
 * Sources: IBM Cloud docs, `cloud-logs`, `account`, `secrets-manager`; IBM/logs-go-sdk for the form of the stream.
 *
 * @example
 * ```ts
 * import { sampleActivityEvents, startIbmServer } from 'secret-events/testing';
 *
 * const server = await startIbmServer({ records: sampleActivityEvents({ count: 200 }) });
 * server.fault({ kind: 'throttle', retryAfter: 1 });
 * Object.assign(process.env, server.env);
 * // ... what runs now reads from the server ...
 * console.log(server.requests.length);
 * await server.stop();
 * ```
 */
export async function startIbmServer(options: IbmServerOptions = {}): Promise<IbmServer> {
  const clock = options.clock ?? realClock();
  const apiKey = options.apiKey ?? 'not-a-secret';
  const rules = logRules(options);
  const store = new LogStore(rules);
  const random = seededRandom(options.seed ?? 1);
  const logs = { store, rules, random, now: () => clock.now() };
  const faults = new Faults(random);
  const quota = new QueryQuota(clock, options.quotas ?? {});
  const secrets = new SecretsInstance(options.secrets ?? []);
  const requests: IbmRequest[] = [];
  const tokens = new TokenService({
    apiKey,
    apiKeyWithoutRole: options.apiKeyWithoutRole,
    seconds: options.tokenSeconds ?? 3600,
    clock: options.tokenClock ?? realClock(),
  });

  async function serve(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = await readBody(request);
    const asked = findOperation(request.method ?? '', url.pathname);
    const service = asked?.service ?? serviceOf(url.pathname);
    const operation = asked?.operation ?? `${request.method} ${url.pathname}`;
    const seen: Seen = { service, operation, input: {}, at: clock.now(), status: 0 };
    requests.push(seen);
    try {
      if (body === undefined)
        throw new ServiceError(413, 'The request is too large.', undefined, { connection: 'close' });
      if (!asked) throw new ServiceError(404, `${operation} is not simulated.`);
      const reply = await answer({ ...asked, url, body, request, seen }, signal);
      const fault = reply.delivery ?? reply.content;
      Object.assign(seen, { status: 200, ...(fault && { fault: fault.kind }) });
      const way = { clock, signal, fault: reply.delivery };
      if ('body' in reply) await sendJson(response, 200, reply.body, {}, way);
      else await sendStream(response, reply.items, rules, { ...way, keepAlive: reply.content?.kind === 'keep-alive' });
    } catch (error) {
      // Nobody is there any more to be told.
      if (signal.aborted || response.headersSent) throw error;
      const refusal = error instanceof ServiceError ? error : new ServiceError(500, String(error));
      Object.assign(seen, { status: refusal.status, error: refusal.code });
      await sendJson(response, refusal.status, refusal.body(), refusal.headers, { clock, signal });
    }
  }

  async function answer(call: Call, signal: AbortSignal): Promise<Reply> {
    const { service, operation, path, url, request, seen } = call;
    const { authorization } = request.headers;
    const refusal = faults.take('refusal', call);
    if (refusal?.kind === 'unauthenticated') tokens.revoke(authorization);
    if (refusal) throw refusalOf(refusal, service);
    if (service === 'iam') {
      const form = readForm(request, call.body);
      seen.input = { grant_type: form.get('grant_type') };
      await takeTime(signal);
      return { body: tokens.grant(form), delivery: faults.take('delivery', call) };
    }
    tokens.check(authorization);
    if (service === 'secrets-manager') {
      seen.input = { ...path, ...Object.fromEntries(url.searchParams) };
      await takeTime(signal);
      return { body: secrets.answer({ operation, path, url }, listener.url), delivery: faults.take('delivery', call) };
    }
    seen.input = readJson(request, call.body);
    const admitted = quota.admits();
    if (!admitted && rules.rateLimitAs === 'status') throw refusalOf({ kind: 'throttle' }, service);
    await takeTime(signal);
    const content = admitted ? faults.take('content', call) : undefined;
    const refused = !admitted || content?.kind === 'stream-rate-limit';
    if (refused) seen.error = 'rate_limit_reached';
    const items = runQuery(seen.input, logs, refused ? { kind: 'stream-rate-limit' } : content);
    return { items, content, delivery: faults.take('delivery', call) };
  }

  async function takeTime(signal: AbortSignal): Promise<void> {
    if (options.latencyMs) await clock.sleep(options.latencyMs, signal);
  }

  const add = (records: readonly ActivityEventRecord[], where: IbmAddOptions = {}) => {
    for (const record of records) store.add(rowOfEvent(record, store.next(), where));
  };
  const addRows = (rows: readonly IbmLogRow[]) => {
    for (const row of rows) store.add(rowAsGiven(row, store.next()));
  };
  add(options.records ?? []);
  addRows(options.rows ?? []);
  const listener = await openLoopback(serve);
  const { url, stop } = listener;
  return {
    url,
    env: environmentOf(url, apiKey),
    requests,
    add,
    addRows,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
