/** A Secrets Manager instance on the loopback interface, and what it holds. */
import { afterEach } from 'vitest';
import type { AuditEvent } from '../../../../src/model/event.ts';
import { type SecretsManagerHistoryOptions, secretsManagerHistory } from '../../../../src/providers/ibm/index.ts';
import { events } from '../../../../src/reader/events.ts';
import type { EventsRequest } from '../../../../src/reader/request.ts';
import {
  type IbmSecret,
  type IbmServer,
  type IbmServerOptions,
  startIbmServer,
  virtualClock,
} from '../../../../src/testing/index.ts';
import { SecretsManagerV2 } from './secrets-manager-v2.ts';

export const INSTANCE = '7f3c2a10-5b6d-4e8f-9a01-23456789abcd';
export const ACCOUNT = '0a1b2c3d4e5f40718293a4b5c6d7e8f9';
const CRN = `crn:v1:bluemix:public:secrets-manager:us-south:a/${ACCOUNT}:${INSTANCE}`;

export const crnOf = (id: string) => `${CRN}:secret:${id}`;

/** A secret's metadata as the API writes it; made at noon, read never, with one version. */
export function secretOf(id: string, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    name: `name of ${id}`,
    crn: crnOf(id),
    secret_group_id: 'group-1',
    secret_type: 'arbitrary',
    created_at: '2026-11-01T12:00:00Z',
    created_by: 'IBMid-0001',
    updated_at: '2026-11-01T12:00:00Z',
    retrieved_at: '1970-01-01T00:00:00Z',
    versions_total: 1,
    locks_total: 0,
    state: 1,
    state_description: 'active',
    labels: [],
    custom_metadata: {},
    ...fields,
  };
}

export function versionOf(id: string, created_at: string, fields: Readonly<Record<string, unknown>> = {}) {
  return { id, created_at, created_by: 'IBMid-0002', auto_rotated: false, payload_available: true, ...fields };
}

export function lockOf(name: string, version: string, created_at: string) {
  const by = { created_at, updated_at: created_at, created_by: 'iam-ServiceId-1' };
  return { name, ...by, secret_version_id: version, secret_version_alias: 'current', attributes: {} };
}

const running: IbmServer[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** Both ways to ask: requests of our own, and the vendor's client. */
export const WAYS = ['our own requests', "the vendor's client"] as const;

export interface Instance {
  readonly server: IbmServer;
  readonly options: SecretsManagerHistoryOptions;
  /** Names of the requests to Secrets Manager so far. */
  asked(): readonly string[];
}

/** Starts an instance, and says how to reach it; no clock waits. */
export async function startInstance(
  secrets: readonly IbmSecret[],
  way: (typeof WAYS)[number] = 'our own requests',
  more: IbmServerOptions = {},
): Promise<Instance> {
  const clock = more.clock ?? virtualClock(Date.now());
  const server = await startIbmServer({ secrets, ...more, clock });
  running.push(server);
  const client = SecretsManagerV2.to(server);
  const place = { region: 'us-south', instanceId: INSTANCE, pace: { clock } };
  return {
    server,
    options:
      way === 'our own requests'
        ? { ...place, endpoint: server.url, authenticator: client.getAuthenticator() as never }
        : { ...place, client },
    asked: () => server.requests.filter(({ service }) => service === 'secrets-manager').map((one) => one.operation),
  };
}

export async function tell(options: SecretsManagerHistoryOptions, request: EventsRequest = {}) {
  const stream = events(secretsManagerHistory(options), { order: 'oldest-first', ...request });
  const list: AuditEvent[] = await stream.toArray();
  const [report] = stream.report.sources;
  return { list, report, notices: report?.notices ?? [], complete: stream.report.complete };
}
