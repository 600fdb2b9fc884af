/** A cloud on the loopback interface, at a moment that stands still. */
import { afterEach, beforeEach, vi } from 'vitest';
import { type AwsServer, type AwsServerOptions, startAwsServer } from '../../src/testing/index.ts';
import { cloudTrail } from './records.ts';

export const NOW = Date.UTC(2026, 10, 20, 12);
export const GROUP = 'org/CloudTrail/logs';

/** A record so many hours before {@link NOW}. */
export function hoursAgo(hours: number, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const eventTime = new Date(NOW - hours * 3_600_000).toISOString().replace('.000Z', 'Z');
  return cloudTrail({ eventTime, eventID: `id-${hours}`, ...fields });
}

export const DENIED = { errorCode: 'AccessDenied', errorMessage: 'User is not authorized' };

/** Two denied reads, of which one is older than a day, and what must not come with them. */
const RECORDS = [
  hoursAgo(30, DENIED),
  hoursAgo(5, DENIED),
  hoursAgo(4),
  hoursAgo(3, { ...DENIED, eventName: 'DeleteSecret', readOnly: false }),
];

/** What would lead it elsewhere. */
const ASIDE = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'] as const;

/** Starts a server for each test, and leads the SDK to it as its users do: by the environment, which is put back. */
export function withAwsServer(options: AwsServerOptions = {}): () => AwsServer {
  let server: AwsServer | undefined;
  beforeEach(async () => {
    // Timers stay real: requests on the loopback interface take real time.
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    server = await startAwsServer({ records: RECORDS, logGroups: { [GROUP]: { trail: true } }, ...options });
    for (const name of ASIDE) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
  });
  afterEach(async () => {
    await server?.stop();
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });
  return () => server as AwsServer;
}
