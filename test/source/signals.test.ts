import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, expect, test } from 'vitest';
import { cloudTrailLookup } from '../../src/providers/aws/index.ts';
import { events } from '../../src/reader/events.ts';
import type { Signals } from '../../src/source/signals.ts';
import { sampleCloudTrailRecords, startAwsServer, virtualClock } from '../../src/testing/index.ts';

const heard: [string, unknown][] = [];
const listen = (message: unknown, name: string | symbol) => heard.push([String(name), message]);
const CHANNELS = [
  'secret-events:request',
  'secret-events:page',
  'secret-events:retry',
  'secret-events:wait',
] as const satisfies readonly (keyof Signals)[];
afterEach(() => {
  for (const name of CHANNELS) unsubscribe(name, listen);
  heard.length = 0;
});

async function read(): Promise<{ events: number; requests: number; retries: number; waitedMs: number }> {
  const clock = virtualClock(Date.now());
  const records = sampleCloudTrailRecords({ count: 120, to: Date.now() - 3_600_000 });
  await using server = await startAwsServer({ clock, records });
  server.fault({ kind: 'throttle', after: 1, times: 2 });
  const credentials = { accessKeyId: server.env.AWS_ACCESS_KEY_ID, secretAccessKey: server.env.AWS_SECRET_ACCESS_KEY };
  const source = cloudTrailLookup({ region: 'us-east-1', endpoint: server.url, credentials, pace: { clock } });
  const stream = events(source, { scope: 'all' });
  const list = await stream.toArray();
  const [books] = stream.report.sources;
  if (!books) throw new Error('there is no report');
  return { events: list.length, requests: books.requests, retries: books.retries, waitedMs: books.waitedMs };
}

test('what is published adds up to what the report says', async () => {
  for (const name of CHANNELS) subscribe(name, listen);
  const report = await read();
  const of = <Name extends keyof Signals>(name: Name) =>
    heard.filter(([channel]) => channel === name).map(([, message]) => message as Signals[Name]);
  expect(of('secret-events:request')).toHaveLength(report.requests);
  expect(of('secret-events:request').map(({ attempt }) => attempt)).toEqual([1, 1, 2, 3, 1]);
  expect(of('secret-events:retry').map(({ code }) => code)).toEqual(['rate-limited', 'rate-limited']);
  expect(of('secret-events:page').reduce((sum, page) => sum + page.events, 0)).toBe(report.events);
  const waited = [...of('secret-events:wait'), ...of('secret-events:retry')].reduce(
    (sum, { waitMs }) => sum + waitMs,
    0,
  );
  expect(waited).toBe(report.waitedMs);
  expect(
    heard.every(([, message]) => (message as { source: string }).source === 'aws.cloudtrail-lookup/us-east-1'),
  ).toBe(true);
});
