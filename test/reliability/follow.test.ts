/** Both clouds followed for hours of virtual time: records that come late, a service that is away, a process that restarts. */
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IamAuthenticator } from 'ibm-cloud-sdk-core';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../src/model/error.ts';
import { decodeCloudTrail } from '../../src/providers/aws/decode.ts';
import { fetchClient } from '../../src/providers/aws/fetch/index.ts';
import { cloudTrailLookup } from '../../src/providers/aws/index.ts';
import { decodeActivityEvent } from '../../src/providers/ibm/decode.ts';
import { ibmCloudLogs } from '../../src/providers/ibm/index.ts';
import { events } from '../../src/reader/events.ts';
import type { Cursor } from '../../src/source/cursor.ts';
import {
  sampleActivityEvents,
  sampleCloudTrailRecords,
  startAwsServer,
  startIbmServer,
  virtualClock,
} from '../../src/testing/index.ts';

const MINUTE = 60_000;
const HOURS = 3;
const NOW = Math.floor(Date.now() / 1000) * 1000 - 24 * 60 * MINUTE;
const WINDOW = { from: NOW, to: NOW + HOURS * 60 * MINUTE };
const AWS = sampleCloudTrailRecords({ count: 400, seed: 21, ...WINDOW });
const IBM = sampleActivityEvents({ count: 400, seed: 22, ...WINDOW });
const EXPECTED = [
  ...AWS.map((record) => decodeCloudTrail(record).id),
  ...IBM.map((record) => decodeActivityEvent(record).id),
].sort();

/** Whose client asks CloudTrail. */
const CLIENTS = ['SDK client', 'fetch client'] as const;

async function world(kind: (typeof CLIENTS)[number]) {
  const clock = virtualClock(NOW);
  const [aws, ibm] = await Promise.all([startAwsServer({ clock }), startIbmServer({ clock, logIds: false })]);
  // Up to 14 minutes late, in no order.
  for (const [i, record] of AWS.entries()) {
    const time = decodeCloudTrail(record).time.getTime();
    aws.add([record], { deliveredAt: time + ((i * 7919) % 14) * MINUTE });
  }
  for (const [i, record] of IBM.entries()) {
    const time = decodeActivityEvent(record).time.getTime();
    ibm.add([record as never], { deliveredAt: time + ((i * 104_729) % 14) * MINUTE });
  }
  const settings = {
    region: 'us-east-1',
    endpoint: aws.url,
    credentials: { accessKeyId: aws.env.AWS_ACCESS_KEY_ID, secretAccessKey: aws.env.AWS_SECRET_ACCESS_KEY },
  };
  const sdk = new CloudTrailClient({ ...settings, maxAttempts: 1 });
  const trail = kind === 'SDK client' ? sdk : fetchClient(settings);
  const authenticator = new IamAuthenticator({ apikey: ibm.env.LOGS_APIKEY, url: ibm.url });
  const sources = () => [
    cloudTrailLookup({ region: 'us-east-1', client: trail, pace: { clock } }),
    ibmCloudLogs({
      region: 'us-south',
      instanceId: '7f3c2a10-5b6d-4e8f-9a01-23456789abcd',
      endpoint: ibm.url,
      authenticator,
      tier: 'frequent_search',
      pace: { clock },
    }),
  ];
  const stop = async () => {
    sdk.destroy();
    await Promise.all([aws.stop(), ibm.stop()]);
  };
  return { clock, aws, ibm, sources, stop };
}

describe.each(CLIENTS)('%s', (kind) => {
  test('every event once, late ones too, with one request a minute and what paging takes', async () => {
    const { clock, aws, ibm, sources, stop } = await world(kind);
    const ending = new AbortController();
    const got: string[] = [];
    const stream = events(sources(), {
      follow: true,
      scope: 'all',
      clock,
      from: new Date(NOW),
      signal: ending.signal,
      onWatermark: (time) => time.getTime() > WINDOW.to && ending.abort(new Error('enough')),
    });
    const reading = (async () => {
      for await (const event of stream) got.push(event.id);
    })();
    await expect(reading).rejects.toThrow('enough');
    await stop();
    expect([...got].sort()).toEqual(EXPECTED);
    const minutes = (clock.now() - NOW) / MINUTE;
    // 400 events in three hours: each round's overlap of 15 minutes fits into one page or two.
    expect(aws.requests.length).toBeLessThanOrEqual(2 * minutes + 2);
    expect(ibm.requests.filter(({ operation }) => operation === 'query').length).toBeLessThanOrEqual(minutes + 2);
    for (const { notices } of stream.report.sources) expect(notices).toEqual([]);
  });

  test('an hour without an answer, and a restart every few events, lose nothing and repeat nothing', async () => {
    const { clock, aws, ibm, sources, stop } = await world(kind);
    aws.fault({ kind: 'server-error', after: 40, times: 60 });
    ibm.fault({ kind: 'server-error', operation: 'query', after: 30, times: 60 });
    const got: string[] = [];
    let cursor: Cursor | undefined;
    let resumed = 0;
    for (let over = false; !over; ) {
      const ending = new AbortController();
      const stream = events(sources(), {
        follow: true,
        scope: 'all',
        clock,
        signal: ending.signal,
        ...(cursor ? { resume: cursor } : { from: new Date(NOW) }),
        onWatermark: (time) => time.getTime() > WINDOW.to && ending.abort(new Error('enough')),
      });
      let taken = 0;
      try {
        for await (const event of stream) {
          got.push(event.id);
          cursor = JSON.parse(JSON.stringify(stream.cursor)) as Cursor;
          if (++taken === 97) break;
        }
      } catch (error) {
        // Started anew while a service is away, it ends; whoever watches over it starts it once more.
        over = !(AuditError.is(error) && error.retryable);
        if (over) expect((error as Error).message).toBe('enough');
      }
      resumed += stream.report.sources
        .flatMap(({ notices }) => notices)
        .filter(({ code }) => code === 'source-resumed').length;
    }
    await stop();
    expect([...got].sort()).toEqual(EXPECTED);
    expect(resumed).toBeGreaterThan(0);
  });
});
