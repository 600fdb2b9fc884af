import { describe } from 'vitest';
import { ibmCloudLogs } from '../../../../src/providers/ibm/cloud-logs.ts';
import type { IbmCloudLogsOptions } from '../../../../src/providers/ibm/cloud-logs-options.ts';
import type { IbmFault, IbmServerOptions } from '../../../../src/testing/index.ts';
import { sourceLaws } from '../../../support/source-laws.ts';
import { decode, INSTANCE, recordsOf, startRig, type World } from './rig.ts';

const make =
  (options: Partial<IbmCloudLogsOptions>) =>
  ({ server, clock, authenticator }: World) =>
    ibmCloudLogs({
      region: 'us-south',
      instanceId: INSTANCE,
      endpoint: server.url,
      authenticator,
      pageRows: 60,
      pace: { clock, maxWait: 60_000 },
      ...options,
    });

const always = { probability: 1 } as const;
const failing =
  (...faults: readonly IbmFault[]) =>
  async (records: readonly object[]) => {
    const rig = await startRig(records, make({ tier: 'frequent_search' }));
    for (const fault of faults) rig.server.fault(fault);
    return rig;
  };

const FAILURES = {
  'a denied call': { start: failing({ kind: 'access-denied' }), code: 'permission-denied' },
  'a token that is refused, and the next one too': {
    start: failing({ kind: 'unauthenticated', times: 2 }),
    code: 'unauthenticated',
  },
  'a key that is not known': { start: failing({ kind: 'iam-failure' }), code: 'unauthenticated' },
  'a service that is down': { start: failing({ kind: 'server-error', ...always }), code: 'unavailable' },
  'a wire that breaks each time': { start: failing({ kind: 'reset', ...always }), code: 'unavailable' },
  'an answer that is cut off each time': { start: failing({ kind: 'truncate', ...always }), code: 'unavailable' },
  'throttling without end': { start: failing({ kind: 'throttle', ...always }), code: 'rate-limited' },
  'throttling inside the stream': { start: failing({ kind: 'stream-rate-limit', ...always }), code: 'rate-limited' },
  'an error inside the stream': {
    start: failing({ kind: 'stream-error', code: 'something_new' }),
    code: 'unknown',
  },
  'the body of an error inside the stream': {
    start: failing({ kind: 'stream-error', shape: 'errors', ...always }),
    code: 'unavailable',
  },
  'an instance that is not there': {
    start: failing({ kind: 'error', status: 404, code: 'not_found' }),
    code: 'not-found',
  },
  'a query that is refused': { start: failing({ kind: 'error', status: 400 }), code: 'invalid-argument' },
  'a query that takes too long': {
    start: failing({ kind: 'error', status: 408, code: 'deadline_exceeded', ...always }),
    code: 'unavailable',
  },
} as const;

const VARIANTS: Readonly<Record<string, readonly [Partial<IbmCloudLogsOptions>, Partial<IbmServerOptions>]>> = {
  'frequent search, in DataPrime': [{ tier: 'frequent_search' }, {}],
  'both tiers, whose bounds are not in the window': [{}, { bounds: '()', timestamps: 'nanoseconds' }],
  'frequent search, in Lucene': [
    { tier: 'frequent_search', syntax: 'lucene' },
    { timestamps: 'no-zone', lineEnd: '\r\n' },
  ],
  'the archive, whose bounds are in the window, and which tells no limit': [
    { tier: 'archive' },
    { bounds: '[]', limitWarning: 'never', unordered: 'oldest-first', chunkBytes: 1009 },
  ],
};

describe.each(Object.entries(VARIANTS))('%s', (name, [options, server]) => {
  sourceLaws({
    name: `IBM Cloud Logs, ${name}`,
    orders: ['newest-first', 'oldest-first'],
    records: recordsOf,
    decode,
    start: (records) => startRig(records, make(options), server),
    failures: options.tier === 'frequent_search' && options.syntax === undefined ? FAILURES : {},
  });
});
