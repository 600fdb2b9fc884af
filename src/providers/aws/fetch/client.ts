/** Clients of CloudTrail and CloudWatch Logs over `fetch`. */
import { AuditError } from '../../../model/error.ts';
import type {
  CallOptions,
  FilterLogEventsClient,
  LogsInsightsClient,
  LookupEventsClient,
  LookupEventsInput,
} from '../ports.ts';
import { checkRegion } from '../region.ts';
import { Caller, type Operation } from './call.ts';
import { type FetchCredentials, KeptCredentials } from './credentials.ts';
import { addressOf, checkEndpoint, type FetchService } from './endpoint.ts';
import type { AwsFetch } from './ports.ts';

/** Options of {@link fetchClient}. */
export interface FetchClientOptions {
  readonly region: string;
  /** Keys, or what gives them; there is no default chain, since an edge runtime has no profile and no role. */
  readonly credentials: FetchCredentials | (() => Promise<FetchCredentials>);
  /** An address in place of AWS's own, for every service: a proxy, a VPC endpoint, a test server. */
  readonly endpoint?: string;
  /** In place of the global `fetch`: for a proxy, or to see what is asked. */
  readonly fetch?: AwsFetch;
  /** How long one request may take with the whole of its answer, in milliseconds; a minute by default. */
  readonly timeout?: number;
  /** The longest answer that is taken, in bytes after unpacking; 64 MB by default. */
  readonly maxBytes?: number;
}

/** What {@link fetchClient} gives: a client for `cloudTrailLookup`, `cloudWatchLogs` and `logsInsights`. */
export interface FetchClient extends LookupEventsClient, FilterLogEventsClient, LogsInsightsClient {}

/** Answers after 35 seconds have been seen. */
const TIMEOUT = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;
/** The longest that a timer takes. */
const LONGEST = 2 ** 31 - 1;

const trail = { service: 'cloudtrail', target: 'CloudTrail_20131101' } as const;
const logs = { service: 'logs', target: 'Logs_20140328' } as const;
const LOOKUP_EVENTS: Operation = { ...trail, name: 'LookupEvents', list: 'Events', token: 'NextToken' };
const FILTER_LOG_EVENTS: Operation = { ...logs, name: 'FilterLogEvents', list: 'events', token: 'nextToken' };
const START_QUERY: Operation = { ...logs, name: 'StartQuery', token: 'queryId' };
const GET_QUERY_RESULTS: Operation = { ...logs, name: 'GetQueryResults', list: 'results', token: 'status' };
const STOP_QUERY: Operation = { ...logs, name: 'StopQuery' };

/**
 * A client that needs no SDK: signed requests over `fetch`, a few kilobytes. It makes each request once; the source paces
 * and repeats them. Without Live Tail, which is no JSON.
 *
 * Facts: CloudTrail API Reference, `API_LookupEvents`; CloudWatch Logs API Reference, `API_FilterLogEvents`,
 * `API_StartQuery`; IAM User Guide, `reference_sigv`.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant. Its methods reject with what the service said,
 * in the shape of the SDK's errors; the sources make an `AuditError` of that.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 * import { fetchClient } from 'secret-events/aws/fetch';
 *
 * const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env;
 * const client = fetchClient({ region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
 * const stream = events(cloudTrailLookup({ region: 'us-east-1', client }), { from: '24h', where: { denied: true } });
 * for await (const event of stream) console.log(event.time, event.name, event.actor.name);
 * ```
 */
export function fetchClient(options: FetchClientOptions): FetchClient {
  const { region, endpoint, timeout = TIMEOUT, maxBytes = MAX_BYTES } = options;
  checkRegion(region);
  checkNumber('timeout', timeout, LONGEST);
  checkNumber('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
  const own = endpoint === undefined ? undefined : checkEndpoint(endpoint);
  const caller = new Caller({
    region,
    credentials: new KeptCredentials(options.credentials),
    // Called as a function of its own: some runtimes refuse a fetch that is called as a method.
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    timeout,
    maxBytes,
    addressOf: (service: FetchService) => own ?? addressOf(service, region),
  });
  // The members that are read are checked by name and kind; the rest is what the API promises.
  const ask =
    <Input extends object, Output>(operation: Operation, write: (input: Input) => object = (input) => input) =>
    (input: Input, callOptions?: CallOptions) =>
      caller.call(operation, write(input), callOptions) as Promise<Output>;
  return {
    lookupEvents: ask(LOOKUP_EVENTS, inSeconds),
    filterLogEvents: ask(FILTER_LOG_EVENTS),
    startQuery: ask(START_QUERY),
    getQueryResults: ask(GET_QUERY_RESULTS),
    stopQuery: ask(STOP_QUERY),
  };
}

/** The protocol has times as seconds since 1970, with milliseconds as a fraction. */
function inSeconds({ StartTime, EndTime, ...input }: LookupEventsInput): object {
  return {
    ...input,
    ...(StartTime && { StartTime: StartTime.getTime() / 1000 }),
    ...(EndTime && { EndTime: EndTime.getTime() / 1000 }),
  };
}

function checkNumber(name: string, value: number, most: number): void {
  if (value > 0 && value <= most) return;
  throw new AuditError('invalid-argument', `${name}: ${value} is no number from 1 to ${most}`);
}
