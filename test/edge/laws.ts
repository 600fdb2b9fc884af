/** The source laws as they run inside of an edge runtime; laws.test.ts bundles this file and starts it there. */
import { decodeCloudTrail } from '../../src/providers/aws/decode.ts';
import { fetchClient } from '../../src/providers/aws/fetch/index.ts';
import { cloudTrailLookup, cloudWatchLogs, logsInsights } from '../../src/providers/aws/index.ts';
import type { AuditSource } from '../../src/source/source.ts';
import type { AwsFault, Clock } from '../../src/testing/index.ts';
import { type Rig, type SourceSpec, sourceLaws } from '../support/source-laws.ts';

/** A server, which the runtime reaches by its address alone. */
interface Place {
  readonly url: string;
  readonly clock: Clock;
  asked(): number;
  close(): Promise<void>;
}

/** What is outside of the runtime: records as text, and servers. */
export interface Outside {
  records(count: number): string;
  serve(records: string, fault: AwsFault | undefined): Promise<Place>;
}

const region = 'us-east-1';
const GROUP = 'CloudTrail/logs';
/** As for every AWS server of tests: no key is checked. */
const credentials = async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' });

const SOURCES: Readonly<Record<string, (place: Place) => AuditSource>> = {
  'CloudTrail LookupEvents': ({ url, clock }) =>
    cloudTrailLookup({
      region,
      client: fetchClient({ region, endpoint: url, credentials }),
      pace: { clock, maxWait: 60_000 },
    }),
  'CloudWatch Logs FilterLogEvents': ({ url, clock }) =>
    cloudWatchLogs({
      region,
      logGroup: GROUP,
      client: fetchClient({ region, endpoint: url, credentials }),
      pace: { clock, maxWait: 60_000 },
    }),
  'CloudWatch Logs Insights': ({ url, clock }) =>
    logsInsights({
      region,
      logGroups: [GROUP],
      client: fetchClient({ region, endpoint: url, credentials }),
      pace: { clock, maxWait: 60_000 },
    }),
};

/** Registers the laws for every source that the fetch client fits. */
export function run(outside: Outside): void {
  for (const [name, make] of Object.entries(SOURCES)) {
    const start = async (records: readonly object[], fault?: AwsFault): Promise<Rig> => {
      const place = await outside.serve(JSON.stringify(records), fault);
      return { source: make(place), asked: () => place.asked(), close: () => place.close() };
    };
    const failing = (fault: AwsFault) => (records: readonly object[]) => start(records, fault);
    const failures: SourceSpec['failures'] = {
      'a denied call': { start: failing({ kind: 'access-denied' }), code: 'permission-denied' },
      'credentials that ran out': { start: failing({ kind: 'expired-token' }), code: 'unauthenticated' },
      'a service that is down': { start: failing({ kind: 'server-error', probability: 1 }), code: 'unavailable' },
      'a wire that breaks': { start: failing({ kind: 'reset', probability: 1 }), code: 'unavailable' },
      'answers that are cut off': { start: failing({ kind: 'truncate', probability: 1 }), code: 'unavailable' },
      'throttling without end': { start: failing({ kind: 'throttle', probability: 1 }), code: 'rate-limited' },
    };
    sourceLaws({
      name: `${name}, in an edge runtime`,
      orders: ['newest-first', 'oldest-first'],
      records: (count) => JSON.parse(outside.records(count)) as object[],
      decode: (record) => decodeCloudTrail(record),
      start,
      failures,
    });
  }
}
