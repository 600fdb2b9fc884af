/** The vendor's clients: the caller's own, or the SDK's, loaded when it is needed and not before. */
import { AuditError } from '../../model/error.ts';
import type {
  CallOptions,
  FilterLogEventsClient,
  LiveTailClient,
  LogsInsightsClient,
  LookupEventsClient,
  SendClient,
} from './ports.ts';

// Bundles for browsers and edge runtimes leave the SDK out (`browser` in package.json), so that whoever gives a client of
// another kind does not carry it along.

/** How to reach an AWS API; every member goes to the SDK as its users know it. */
export interface AwsConnection {
  readonly region: string;
  /** Credentials or a provider of them; without it the SDK's default chain (environment, profile, role). */
  readonly credentials?: object | (() => Promise<object>);
  /** A profile of the shared configuration files. */
  readonly profile?: string;
  readonly endpoint?: string;
  /** Anything else that the SDK's client takes: proxy agent, user agent, retry mode. */
  readonly config?: object;
}

/** Answers after 35 seconds have been seen; a shorter limit cuts real ones off. */
const REQUEST_TIMEOUT = 60_000;
const CONNECTION_TIMEOUT = 10_000;

/** @internal */
export const isSend = (client: object): client is SendClient =>
  typeof (client as Partial<SendClient>).send === 'function';

/**
 * A `LookupEvents` port over whatever the caller has.
 *
 * @internal
 */
export async function lookupEventsClient(
  connection: AwsConnection,
  client?: LookupEventsClient | SendClient,
): Promise<LookupEventsClient> {
  if (client && 'lookupEvents' in client) return client;
  const sdk = await load('@aws-sdk/client-cloudtrail', () => import('@aws-sdk/client-cloudtrail'));
  const sender = client && isSend(client) ? client : new sdk.CloudTrailClient(settings(connection));
  return { lookupEvents: (input, options) => send(sender, new sdk.LookupEventsCommand(input), options) };
}

/**
 * A `FilterLogEvents` port over whatever the caller has, with `StartLiveTail` unless the caller's own object has none.
 *
 * @internal
 */
export async function filterLogEventsClient(
  connection: AwsConnection,
  client?: FilterLogEventsClient | SendClient,
): Promise<FilterLogEventsClient & Partial<LiveTailClient>> {
  if (client && 'filterLogEvents' in client) return client;
  const sdk = await load('@aws-sdk/client-cloudwatch-logs', () => import('@aws-sdk/client-cloudwatch-logs'));
  const own = () => new sdk.CloudWatchLogsClient({ ...hostSettings(connection), ...settings(connection) });
  const sender = client && isSend(client) ? client : own();
  return {
    filterLogEvents: (input, options) => send(sender, new sdk.FilterLogEventsCommand(input), options),
    startLiveTail: (input, options) => send(sender, new sdk.StartLiveTailCommand(input), options),
  };
}

/** Live Tail has a host name of its own, `stream-` before the usual one; an endpoint that somebody set has no such twin. */
function hostSettings({ endpoint, config }: AwsConnection): { readonly disableHostPrefix?: true } {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS } = globalThis.process?.env ?? {};
  const set = endpoint ?? (config as { endpoint?: unknown } | undefined)?.endpoint;
  return set || AWS_ENDPOINT_URL_CLOUDWATCH_LOGS || AWS_ENDPOINT_URL ? { disableHostPrefix: true } : {};
}

/**
 * The port of a Logs Insights query over whatever the caller has.
 *
 * @internal
 */
export async function logsInsightsClient(
  connection: AwsConnection,
  client?: LogsInsightsClient | SendClient,
): Promise<LogsInsightsClient> {
  if (client && 'startQuery' in client) return client;
  const sdk = await load('@aws-sdk/client-cloudwatch-logs', () => import('@aws-sdk/client-cloudwatch-logs'));
  const sender = client && isSend(client) ? client : new sdk.CloudWatchLogsClient(settings(connection));
  return {
    startQuery: (input, options) => send(sender, new sdk.StartQueryCommand(input), options),
    getQueryResults: (input, options) => send(sender, new sdk.GetQueryResultsCommand(input), options),
    stopQuery: (input, options) => send(sender, new sdk.StopQueryCommand(input), options),
  };
}

/** One attempt a request: pace and retries are this package's, which knows the quota and counts what it asks. @internal */
export function settings({ region, credentials, profile, endpoint, config }: AwsConnection): object {
  return {
    maxAttempts: 1,
    // Without the last member the SDK only logs a warning, and waits for ever.
    requestHandler: {
      requestTimeout: REQUEST_TIMEOUT,
      connectionTimeout: CONNECTION_TIMEOUT,
      throwOnRequestTimeout: true,
    },
    region,
    ...(credentials && { credentials }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...config,
  };
}

/** The port's types say what an answer holds; the SDK's own types are not named here. @internal */
export function send<Answer>(client: SendClient, command: object, options?: CallOptions): Promise<Answer> {
  return client.send(command as never, options as never) as Promise<Answer>;
}

/** @internal */
export async function load<T>(name: string, module: () => Promise<T>, what = 'this source'): Promise<T> {
  try {
    const loaded = await module();
    if (!isLeftOut(loaded)) return loaded;
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new AuditError('missing-dependency', `${what} needs ${name}; install it with: npm install ${name}`, {
      cause,
    });
  }
  throw new AuditError(
    'missing-dependency',
    `${what} needs ${name}, which bundles for browsers and edge runtimes leave out; give it a client: fetchClient() of secret-events/aws/fetch, or the SDK's own that has the API's methods (CloudTrail, CloudWatchLogs)`,
  );
}

/** What a bundler puts in the place of a module that is left out is empty, whatever else it is. */
const isLeftOut = (module: unknown) => !Object.values(module as object).some((value) => typeof value === 'function');

const owners = new Map<string, object>();

/**
 * What a quota is counted by on this side: the caller's client or credentials object, else the account that the same
 * words lead to. Two sources that reach one account share their pace only if they agree in this.
 *
 * @internal
 */
export function quotaOwner({ credentials, profile, endpoint }: AwsConnection, client?: object): object {
  if (client) return client;
  if (typeof credentials === 'function') return credentials;
  const key = JSON.stringify([
    (credentials as { accessKeyId?: string } | undefined)?.accessKeyId ?? null,
    profile ?? null,
    endpoint ?? null,
  ]);
  let owner = owners.get(key);
  if (!owner) {
    owner = {};
    owners.set(key, owner);
  }
  return owner;
}
