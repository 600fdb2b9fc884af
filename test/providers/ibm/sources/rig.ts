import { IamAuthenticator } from 'ibm-cloud-sdk-core';
import { decodeActivityEvent } from '../../../../src/providers/ibm/decode.ts';
import type { IbmAuthenticator } from '../../../../src/providers/ibm/ports.ts';
import type { AuditSource } from '../../../../src/source/source.ts';
import {
  type Clock,
  type IbmServer,
  type IbmServerOptions,
  sampleActivityEvents,
  startIbmServer,
  virtualClock,
} from '../../../../src/testing/index.ts';
import type { Rig } from '../../../support/source-laws.ts';

/** The moment of every test: a stream's own "now" is the machine's, so records lie in the machine's recent past. */
export const NOW = Math.floor(Date.now() / 1000) * 1000 - 2 * 3_600_000;
export const INSTANCE = '7f3c2a10-5b6d-4e8f-9a01-23456789abcd';
export const DAY = 86_400_000;

/** Records of six hours, unique, among them names that no catalog lists. */
export const recordsOf = (count: number, seed = 5) =>
  sampleActivityEvents({ count, seed, from: NOW - 6 * 3_600_000, to: NOW });

/** As a source makes it of a row that bears no `logid`. */
export const decode = (record: object) => decodeActivityEvent(record);

export interface World {
  readonly server: IbmServer;
  readonly clock: Clock;
  readonly authenticator: IbmAuthenticator;
}

/** A server in virtual time, and IBM's own authenticator in front of it: nothing waits, and everything is counted. */
export async function startRig(
  records: readonly object[],
  make: (world: World) => AuditSource,
  options: Partial<IbmServerOptions> = {},
): Promise<Rig & { readonly server: IbmServer; readonly clock: Clock }> {
  const clock = options.clock ?? virtualClock(Date.now());
  const server = await startIbmServer({ logIds: false, records: records as never, ...options, clock });
  const authenticator = new IamAuthenticator({ apikey: server.env.LOGS_APIKEY, url: server.url });
  return {
    server,
    clock,
    source: make({ server, clock, authenticator }),
    asked: () => server.requests.length,
    close: () => server.stop(),
  };
}
