/**
 * Both clouds in one stream, and everything that can go wrong, alone and in pairs: nothing lost, nothing twice, order
 * kept, every notice there, or a typed error. What comes of it is the table in docs/reliability.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { IamAuthenticator } from 'ibm-cloud-sdk-core';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { decodeCloudTrail } from '../../src/providers/aws/decode.ts';
import { fetchClient } from '../../src/providers/aws/fetch/index.ts';
import { cloudTrailLookup, type LookupEventsClient } from '../../src/providers/aws/index.ts';
import { decodeActivityEvent } from '../../src/providers/ibm/decode.ts';
import { ibmCloudLogs } from '../../src/providers/ibm/index.ts';
import { events } from '../../src/reader/events.ts';
import type { Report } from '../../src/reader/report.ts';
import type { Order } from '../../src/source/source.ts';
import {
  sampleActivityEvents,
  sampleCloudTrailRecords,
  startAwsServer,
  startIbmServer,
  virtualClock,
} from '../../src/testing/index.ts';
import { TROUBLES, type Trouble } from './faults.ts';

const NOW = Math.floor(Date.now() / 1000) * 1000 - 2 * 3_600_000;
const WINDOW = { from: NOW - 6 * 3_600_000, to: NOW };
const AWS = sampleCloudTrailRecords({ count: 160, seed: 5, ...WINDOW });
const IBM = sampleActivityEvents({ count: 160, seed: 6, ...WINDOW });
const EXPECTED = [
  ...AWS.map((record) => decodeCloudTrail(record).id),
  ...IBM.map((record) => decodeActivityEvent(record).id),
];

interface Result {
  /** Events in the answers that reached the AWS client whole. */
  readonly served: number;
  readonly list: readonly AuditEvent[];
  readonly report: Report;
  readonly error: unknown;
}

/** Whose client asks CloudTrail. */
const CLIENTS = ['SDK client', 'fetch client'] as const;
type ClientKind = (typeof CLIENTS)[number];
/** Long enough for everything but an answer that never comes. */
const TIMEOUT = 400;

function connect(
  kind: ClientKind,
  { url, env }: { readonly url: string; readonly env: Readonly<Record<string, string>> },
) {
  const credentials = {
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
  const settings = { region: 'us-east-1', endpoint: url, credentials };
  if (kind === 'fetch client') return { trail: fetchClient({ ...settings, timeout: TIMEOUT }), destroy: () => {} };
  const requestHandler = { requestTimeout: TIMEOUT, throwOnRequestTimeout: true };
  const trail = new CloudTrail({ ...settings, maxAttempts: 1, requestHandler });
  return { trail, destroy: () => trail.destroy() };
}

async function readThrough(
  troubles: readonly Trouble[],
  order: Order,
  kind: ClientKind = 'SDK client',
): Promise<Result> {
  const clock = virtualClock(Date.now());
  const [aws, ibm] = await Promise.all([
    startAwsServer({ clock, records: AWS }),
    startIbmServer({ clock, records: IBM as never, logIds: false }),
  ]);
  const { trail, destroy } = connect(kind, aws);
  let served = 0;
  const client: LookupEventsClient = {
    lookupEvents: async (input, options) => {
      const answer = await trail.lookupEvents(input, options);
      served += answer.Events?.length ?? 0;
      return answer;
    },
  };
  for (const { cloud, fault } of troubles) {
    if (cloud === 'aws') aws.fault(fault);
    else ibm.fault(fault);
  }
  const stream = events(
    [
      cloudTrailLookup({ region: 'us-east-1', client, pace: { clock } }),
      ibmCloudLogs({
        region: 'us-south',
        instanceId: '7f3c2a10-5b6d-4e8f-9a01-23456789abcd',
        endpoint: ibm.url,
        authenticator: new IamAuthenticator({ apikey: ibm.env.LOGS_APIKEY, url: ibm.url }),
        tier: 'frequent_search',
        pageRows: 30,
        pace: { clock },
      }),
    ],
    { scope: 'all', order, from: new Date(WINDOW.from), to: new Date(NOW + 1000) },
  );
  const list: AuditEvent[] = [];
  let error: unknown;
  try {
    for await (const event of stream) list.push(event);
  } catch (thrown) {
    error = thrown;
  } finally {
    destroy();
    await Promise.all([aws.stop(), ibm.stop()]);
  }
  return { list, report: stream.report, error, served };
}

/** What everything that went wrong together may come to. */
function check(troubles: readonly Trouble[], { list, report, error, served }: Result, order: Order): void {
  const sign = order === 'oldest-first' ? 1 : -1;
  const times = list.map((event) => sign * event.time.getTime());
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const got = list.map(({ id }) => id);
  expect(new Set(got).size).toBe(got.length);
  for (const books of report.sources) {
    const { received, yielded, filtered, duplicates, malformed, beyondLimit } = books;
    expect(received).toBe(yielded + filtered + duplicates + malformed + beyondLimit);
  }
  const errors = troubles.flatMap(({ error: code }) => (code ? [code] : []));
  if (errors.length > 0) {
    // One of several may come before the others.
    expect(AuditError.is(error) && errors).toContain((error as AuditError).code);
    expect(report.complete).toBe(false);
    return;
  }
  expect(error).toBeUndefined();
  // What the books call received is what was on the wire, counted apart from them.
  expect(report.sources[0]?.received).toBe(served);
  const lost = troubles.reduce((sum, trouble) => sum + (trouble.lost ?? 0), 0);
  const missing = EXPECTED.filter((id) => !new Set(got).has(id));
  // A damaged record comes whole where another trouble makes its page come twice.
  if (troubles.length > 1) expect(missing.length).toBeLessThanOrEqual(lost);
  else expect(missing).toHaveLength(lost);
  expect(got).toHaveLength(EXPECTED.length - missing.length);
  const notices = report.sources.flatMap((books) => books.notices.map(({ code }) => code));
  for (const { notice, lost: damaged } of troubles) {
    // Nor is there anything to tell of a damaged record in an answer that broke off and was asked again.
    if (notice && !(damaged && missing.length === 0)) expect(notices).toContain(notice);
  }
  const told = new Set(troubles.map(({ notice }) => notice));
  expect(notices.filter((code) => !told.has(code))).toEqual([]);
}

const ORDERS = ['newest-first', 'oldest-first'] as const;

describe.each(CLIENTS)('one thing goes wrong, %s', (kind) => {
  test('nothing at all', async () => {
    for (const order of ORDERS) check([], await readThrough([], order, kind), order);
  });

  test.each(TROUBLES)('$title', async (trouble) => {
    for (const order of ORDERS) check([trouble], await readThrough([trouble], order, kind), order);
  });
});

// The fetch client is a matter of CloudTrail alone.
describe.each([
  ['SDK client', TROUBLES],
  ['fetch client', TROUBLES.filter(({ cloud }) => cloud === 'aws')],
] as const)('two things go wrong, %s', (kind, troubles) => {
  test.each(troubles.map((trouble, i) => [trouble.title, trouble, troubles.slice(i + 1)] as const))(
    '%s, and any other',
    async (_, first, others) => {
      for (const [i, second] of others.entries()) {
        const order = ORDERS[i % 2] as Order;
        const both = [first, second];
        const result = await readThrough(both, order, kind);
        try {
          check(both, result, order);
        } catch (error) {
          throw new Error(`${first.title} and ${second.title}, ${order}: ${(error as Error).message}`);
        }
      }
    },
    120_000,
  );
});

/** The table in the docs is this one; a run with `UPDATE_DOCS=1` writes it. */
test('docs/reliability.md has the table of these', () => {
  const outcome = ({ error, notice, lost }: Trouble) => {
    if (error) return `error \`${error}\``;
    if (!notice) return 'everything comes';
    return `notice \`${notice}\`${lost ? `, ${lost} event less` : ', everything that was answered comes'}`;
  };
  const rows = TROUBLES.map((trouble) => `| ${trouble.title} | ${outcome(trouble)} |`);
  const table = ['| what goes wrong | what the reader makes of it |', '|---|---|', ...rows].join('\n');
  const path = join(import.meta.dirname, '../../docs/reliability.md');
  const [start, end] = ['<!-- faults -->\n', '\n<!-- /faults -->'];
  const page = readFileSync(path, 'utf8');
  const [before, rest = ''] = page.split(start) as [string, string?];
  const after = rest.slice(rest.indexOf(end));
  const wanted = `${before}${start}${table}${after}`;
  if (process.env['UPDATE_DOCS']) writeFileSync(path, wanted);
  expect(readFileSync(path, 'utf8')).toBe(wanted);
});
