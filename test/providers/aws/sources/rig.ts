import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { decodeCloudTrail } from '../../../../src/providers/aws/decode.ts';
import { type FetchClient, fetchClient } from '../../../../src/providers/aws/fetch/index.ts';
import type { SendClient } from '../../../../src/providers/aws/index.ts';
import type { AuditSource } from '../../../../src/source/source.ts';
import {
  type AwsServer,
  type AwsServerOptions,
  type Clock,
  realClock,
  sampleCloudTrailRecords,
  startAwsServer,
  virtualClock,
} from '../../../../src/testing/index.ts';
import type { Rig } from '../../../support/source-laws.ts';

/** The moment of every test: a stream's own "now" is the machine's, so records lie in the machine's recent past. */
export const NOW = Math.floor(Date.now() / 1000) * 1000 - 2 * 3_600_000;

/** Records of six hours, unique, among them names that no catalog lists. */
export const recordsOf = (count: number, seed = 5) =>
  sampleCloudTrailRecords({ count, seed, from: NOW - 6 * 3_600_000, to: NOW });

export const decode = (record: object) => decodeCloudTrail(record);

/** Whose clients stand between a source and the server: what holds with one must hold with the other. */
export const CLIENTS = ['SDK client', 'fetch client'] as const;

/** A server in virtual time, and clients in front of it: nothing waits, and everything is counted. */
export async function startRig(
  records: readonly object[],
  make: (world: World) => AuditSource,
  options: Partial<AwsServerOptions> = {},
  kind: (typeof CLIENTS)[number] = 'SDK client',
): Promise<Rig & { readonly server: AwsServer }> {
  const clock = options.clock ?? virtualClock(Date.now());
  const server = await startAwsServer({ records: records as never, ...options, clock });
  const { trail, logs, destroy } = (kind === 'SDK client' ? sdkClients : fetchClients)({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: server.env.AWS_ACCESS_KEY_ID, secretAccessKey: server.env.AWS_SECRET_ACCESS_KEY },
  });
  const source = make({ server, clock, trail, logs });
  return {
    server,
    source,
    asked: () => server.requests.length,
    close: async () => {
      destroy();
      await server.stop();
    },
  };
}

export interface World {
  readonly server: AwsServer;
  readonly clock: Clock;
  readonly trail: SendClient | FetchClient;
  readonly logs: SendClient | FetchClient;
}

interface Settings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

function sdkClients(settings: Settings) {
  const trail = new CloudTrailClient({ ...settings, maxAttempts: 1 });
  const logs = new CloudWatchLogsClient({ ...settings, maxAttempts: 1, disableHostPrefix: true });
  const destroy = () => {
    trail.destroy();
    logs.destroy();
  };
  return { trail, logs, destroy };
}

function fetchClients(settings: Settings) {
  const client = fetchClient(settings);
  return { trail: client, logs: client, destroy: () => {} };
}

/** The wall's clock, so many times as fast: for what virtual time cannot show, several requests in flight at once. */
export function fastClock(factor: number): Clock {
  const began = Date.now();
  const real = realClock();
  return { now: () => began + (Date.now() - began) * factor, sleep: (ms, signal) => real.sleep(ms / factor, signal) };
}
