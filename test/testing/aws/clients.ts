/** The vendor's SDK, aimed at a server of ours. */
import {
  CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach } from 'vitest';
import { type AwsServer, type AwsServerOptions, startAwsServer, virtualClock } from '../../../src/testing/index.ts';

/** When the tests take place. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');
const MINUTE = 60_000;

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

/** A server that is stopped after the test; on a clock of its own at {@link NOW} unless it is given one. */
export async function start(options: AwsServerOptions = {}): Promise<AwsServer> {
  const server = await startAwsServer({ clock: virtualClock(NOW), quotas: false, ...options });
  open.push(server);
  return server;
}

interface Caller {
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly maxAttempts?: number;
}

function configuration(
  server: AwsServer,
  { region = 'us-east-1', accessKeyId = 'AKIAEXAMPLE', maxAttempts = 1 }: Caller,
) {
  return {
    endpoint: server.url,
    region,
    maxAttempts,
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    // Without it the SDK looks for the host stream-127.0.0.1.
    disableHostPrefix: true,
  };
}

export function cloudTrail(server: AwsServer, caller: Caller = {}): CloudTrailClient {
  const client = new CloudTrailClient(configuration(server, caller));
  open.push({ stop: async () => client.destroy() });
  return client;
}

export function logs(server: AwsServer, caller: Caller = {}): CloudWatchLogsClient {
  const client = new CloudWatchLogsClient(configuration(server, caller));
  open.push({ stop: async () => client.destroy() });
  return client;
}

/** Every page of a lookup, one after the other. */
export async function lookupPages(client: CloudTrailClient, input: LookupEventsCommandInput = {}): Promise<Event[][]> {
  const pages: Event[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new LookupEventsCommand({ ...input, ...(NextToken && { NextToken }) }));
    pages.push(page.Events ?? []);
    NextToken = page.NextToken;
  } while (NextToken);
  return pages;
}

/** Every page of a log group, one after the other. */
export async function filterPages(
  client: CloudWatchLogsClient,
  input: FilterLogEventsCommandInput,
): Promise<FilteredLogEvent[][]> {
  const pages: FilteredLogEvent[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new FilterLogEventsCommand({ ...input, ...(nextToken && { nextToken }) }));
    pages.push(page.events ?? []);
    nextToken = page.nextToken;
  } while (nextToken);
  return pages;
}

/** A record of a management event, so many minutes before {@link NOW}. */
export function record(eventID: string, minutesAgo: number, fields: Record<string, unknown> = {}) {
  return {
    eventVersion: '1.11',
    eventID,
    eventTime: new Date(NOW - minutesAgo * MINUTE).toISOString().replace('.000Z', 'Z'),
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'GetSecretValue',
    awsRegion: 'us-east-1',
    ...fields,
  };
}

/** What a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was expected to fail.');
}
