/** A server on the loopback interface that answers like CloudTrail, CloudWatch Logs, CloudWatch's alarms and SNS. */
import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../model/record.ts';
import { type Clock, realClock } from '../clock.ts';
import { seededRandom } from '../random.ts';
import type { Answer, Call } from './backend.ts';
import { type AwsFault, Faults, refusalOf, throttled } from './faults.ts';
import { listen, type RawRequest, type Reply } from './listener.ts';
import type { LiveTailEnd } from './live-tail.ts';
import { type AwsOperation, isOperation, OPERATIONS } from './operations.ts';
import { applyPageFault } from './page-fault.ts';
import { answerXml, errorXml, formInput } from './query-protocol.ts';
import { type AwsQuotas, QuotaMeter } from './quota.ts';
import { ServiceError } from './service-error.ts';
import { readSignature } from './signature.ts';
import {
  type AwsAccountOptions,
  type CloudTrailRecord,
  type LogMessage,
  SimulatedAccount,
} from './simulated-account.ts';

/** How to start a server. Everything can be left out. */
export interface AwsServerOptions extends AwsAccountOptions {
  /** Tells the time by which events age, quotas fill up and queries time out. The machine's clock by default. */
  readonly clock?: Clock;
  /** Requests per second where they are not to be AWS's own; `false` for as many as come. */
  readonly quotas?: AwsQuotas | false;
  /** How long an answer takes, on `clock`; to be told that it was one request too many takes none. */
  readonly latencyMs?: number;
  /** What chance is drawn from, so that a run repeats. */
  readonly seed?: number;
}

/** One request that the server has seen. */
export interface AwsRequest {
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  readonly input: JsonObject;
  /** When it came, in milliseconds on the server's clock. */
  readonly at: number;
  /** Of the answer; 0 as long as there is none. */
  readonly status: number;
  /** The error's name, when it was refused. */
  readonly error?: string;
  /** The fault that was worked into a page, or into how it was delivered. */
  readonly fault?: AwsFault['kind'];
}

/** A request while it is being answered. */
type Seen = { -readonly [Key in keyof AwsRequest]: AwsRequest[Key] };

/** When records arrive. */
export interface AddOptions {
  /** From when on they can be seen; from their own time when left out. */
  readonly deliveredAt?: Date | number;
}

/** A running server. */
export interface AwsServer {
  /** The endpoint, on 127.0.0.1. */
  readonly url: string;
  /** What makes AWS's SDKs and tools talk to the server, with credentials that are good nowhere else. */
  readonly env: Readonly<
    Record<
      'AWS_ENDPOINT_URL' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_REGION' | 'AWS_DEFAULT_REGION',
      string
    >
  >;
  /** Every request, in the order they came. */
  readonly requests: readonly AwsRequest[];
  /** Feeds records: to the event history, and to every log group that is a trail's. */
  add(records: readonly CloudTrailRecord[], options?: AddOptions): void;
  /** Feeds messages to one log group, which is made when there is none. */
  addMessages(logGroup: string, messages: readonly LogMessage[], options?: AddOptions): void;
  /** Plans a failure. */
  fault(fault: AwsFault): void;
  /** Forgets the failures that are still to come. */
  clearFaults(): void;
  /** Ends all Live Tail sessions. */
  endLiveTail(how?: LiveTailEnd): void;
  /** Stops at once; open connections are closed. */
  stop(): Promise<void>;
  /** Stops it at the end of a block: `await using server = await startAwsServer()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a server that answers like CloudTrail and CloudWatch Logs, and like as much of CloudWatch and SNS as alarms
 * need: the same checks, errors, pages and quotas, over records of your own. It listens on 127.0.0.1 and asks for no more
 * than that a request is signed.
 *
 * @example
 * ```ts
 * import { sampleCloudTrailRecords, startAwsServer } from 'secret-events/testing';
 *
 * const server = await startAwsServer({ records: sampleCloudTrailRecords({ count: 200 }) });
 * server.fault({ kind: 'throttle', operation: 'LookupEvents', times: 3 });
 * Object.assign(process.env, server.env);
 * // ... what runs now reads from the server ...
 * console.log(server.requests.length);
 * await server.stop();
 * ```
 */
export async function startAwsServer(options: AwsServerOptions = {}): Promise<AwsServer> {
  const clock = options.clock ?? realClock();
  const account = new SimulatedAccount(clock, options);
  const faults = new Faults(seededRandom(options.seed ?? 1));
  const quota = new QuotaMeter(clock, options.quotas ?? {});
  const requests: AwsRequest[] = [];

  async function answer(raw: RawRequest, signal: AbortSignal): Promise<Reply> {
    // botocore and the JavaScript SDK disagree on everything before the last dot.
    const operation = raw.target.slice(raw.target.lastIndexOf('.') + 1);
    const seen: Seen = { operation, region: '', account: '', input: {}, at: clock.now(), status: 0 };
    requests.push(seen);
    try {
      const call = readCall(raw, operation);
      Object.assign(seen, call);
      if (!quota.admits(call.operation, call.account, call.region)) throw throttled();
      if (options.latencyMs) await clock.sleep(options.latencyMs, signal);
      const reply = run(call, seen);
      seen.status = reply.status;
      return raw.isForm ? { ...reply, xml: answerXml(operation, reply.body, randomUUID()) } : reply;
    } catch (error) {
      // Nobody is there any more to be told.
      if (signal.aborted) throw error;
      const { code, message, status, details } = asServiceError(error);
      Object.assign(seen, { status, error: code });
      const xml = raw.isForm ? errorXml({ code, message, status }, randomUUID()) : undefined;
      return { status, body: { __type: code, message, ...details }, xml };
    }
  }

  function readCall(raw: RawRequest, operation: string): Call & { readonly operation: AwsOperation } {
    const signature = readSignature(raw.authorization);
    if (!isOperation(operation)) throw new ServiceError('UnknownOperationException', `${operation} is not simulated.`);
    const { service } = OPERATIONS[operation];
    if (signature.service !== service) {
      throw new ServiceError(
        'InvalidSignatureException',
        `Credential should be scoped to correct service: '${service}'.`,
      );
    }
    const { region } = signature;
    return {
      operation,
      region,
      account: account.of(signature.accessKeyId),
      input: raw.isForm ? formInput(raw.body) : readInput(raw.body),
    };
  }

  function run(call: Call & { readonly operation: AwsOperation }, seen: Seen): Reply {
    const { service, run: perform } = OPERATIONS[call.operation];
    const refusal = faults.take('refusal', call);
    if (refusal) throw refusalOf(refusal, service);
    const result: Answer = perform(call, account);
    if (result.stream) return { status: 200, body: {}, stream: result.stream };
    const page = result.page && faults.take('page', call);
    const body = page ? applyPageFault(page, result, call) : result.output;
    const delivery = faults.take('delivery', call);
    const fault = delivery ?? page;
    if (fault) seen.fault = fault.kind;
    return { status: 200, body, fault: delivery };
  }

  account.add(options.records ?? []);
  const listener = await listen(clock, answer);
  return {
    url: listener.url,
    env: {
      AWS_ENDPOINT_URL: listener.url,
      AWS_ACCESS_KEY_ID: Object.keys(options.accounts ?? {})[0] ?? 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    },
    requests,
    add: (records, { deliveredAt } = {}) => account.add(records, deliveredAt),
    addMessages: (logGroup, messages, { deliveredAt } = {}) => account.addMessages(logGroup, messages, deliveredAt),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    endLiveTail: (how = 'timeout') => account.liveTail.end(how),
    stop: listener.stop,
    [Symbol.asyncDispose]: listener.stop,
  };
}

function readInput(body: string): JsonObject {
  let input: unknown;
  try {
    input = JSON.parse(body === '' ? '{}' : body);
  } catch {
    // Told below.
  }
  if (!isObject(input)) throw new ServiceError('SerializationException', 'The body is not a JSON object.');
  return input;
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('InternalFailure', String(error), 500);
}
