/**
 * Clients of another make read the same from our server as the JavaScript SDK does: Debian's AWS command line and
 * boto3. They run where they are installed (`apt-get install awscli python3-boto3`).
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LookupEventsCommand, type LookupEventsCommandOutput } from '@aws-sdk/client-cloudtrail';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, sampleCloudTrailRecords, startAwsServer } from '../../src/testing/index.ts';
import { runsWith } from '../support/programs.ts';
import { cloudTrail } from '../testing/aws/clients.ts';

const AWS = '/usr/bin/aws';
const PYTHON = '/usr/bin/python3';
const run = promisify(execFile);

const hasAws = runsWith('aws', existsSync(AWS));
const hasBoto3 =
  existsSync(PYTHON) &&
  (await run(PYTHON, ['-c', 'import boto3']).then(
    () => true,
    () => false,
  ));

// Quotas are those of AWS, so these clients are throttled now and then and have to come back: both of them give up
// after few attempts unless told otherwise, and how many they need depends on their jitter.
const now = Date.now();
const records = sampleCloudTrailRecords({ count: 140, seed: 11, to: now });
const idsOf = (key: string, value: string) =>
  records.filter((record) => record[key] === value).map((record) => record['eventID']);
const secretIds = idsOf('eventSource', 'secretsmanager.amazonaws.com').reverse();
const deniedIds = idsOf('errorCode', 'AccessDenied');

let server: AwsServer;
beforeAll(async () => {
  server = await startAwsServer({ records, logGroups: { trail: { trail: true } } });
});
afterAll(() => server.stop());

const environment = () => ({
  ...process.env,
  ...server.env,
  AWS_PAGER: '',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_RETRY_MODE: 'standard',
  AWS_MAX_ATTEMPTS: '20',
});

async function aws(...args: string[]): Promise<Record<string, unknown>> {
  const all = [...args, '--endpoint-url', server.url, '--output', 'json'];
  const { stdout } = await run(AWS, all, { env: environment(), maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}

it('the samples have something to find', () => {
  expect(secretIds.length).toBeGreaterThan(100);
  expect(deniedIds.length).toBeGreaterThan(3);
});

describe.skipIf(!hasAws)("Debian's AWS command line (where /usr/bin/aws is installed)", () => {
  it('looks up the same events as the JavaScript SDK, page after page', async () => {
    const attribute = 'AttributeKey=EventSource,AttributeValue=secretsmanager.amazonaws.com';
    const answer = await aws('cloudtrail', 'lookup-events', '--lookup-attributes', attribute);
    const events = answer['Events'] as { EventId: string }[];
    expect(events.map((event) => event.EventId)).toEqual(secretIds);
    const asked = server.requests.filter((request) => request.operation === 'LookupEvents' && request.status === 200);
    expect(asked.length).toBe(Math.ceil(secretIds.length / 50));

    const client = cloudTrail(server, { maxAttempts: 10 });
    const ids: (string | undefined)[] = [];
    const LookupAttributes = [{ AttributeKey: 'EventSource' as const, AttributeValue: 'secretsmanager.amazonaws.com' }];
    let page: LookupEventsCommandOutput | undefined;
    do {
      const NextToken: string | undefined = page?.NextToken;
      page = await client.send(new LookupEventsCommand({ LookupAttributes, ...(NextToken && { NextToken }) }));
      ids.push(...(page.Events ?? []).map((event) => event.EventId));
    } while (page.NextToken);
    expect(ids).toEqual(secretIds);
  });

  it('filters the same log events', async () => {
    const pattern = '{ $.errorCode = "AccessDenied" }';
    const answer = await aws('logs', 'filter-log-events', '--log-group-name', 'trail', '--filter-pattern', pattern);
    const events = answer['events'] as { message: string }[];
    expect(events.map((event) => JSON.parse(event.message).eventID)).toEqual(deniedIds);
  });

  it('tells an error by its name', async () => {
    const asking = aws('cloudtrail', 'lookup-events', '--max-results', '51');
    await expect(asking).rejects.toMatchObject({ stderr: expect.stringContaining('InvalidMaxResultsException') });
  });
});

describe.skipIf(!runsWith('boto3', hasBoto3))('boto3 (where Python has it)', () => {
  it('reads the same events by every operation', async () => {
    const script = fileURLToPath(new URL('./boto3_client.py', import.meta.url));
    const end = Math.ceil(now / 1000);
    const args = [script, server.url, 'trail', `${end - 2 * 86_400}`, `${end}`];
    const { stdout } = await run(PYTHON, args, { env: environment(), maxBuffer: 64 * 1024 * 1024 });
    const seen = JSON.parse(stdout);
    expect(seen).toEqual({
      version: expect.any(String),
      lookup: secretIds,
      times: secretIds.map((id) => {
        const record = records.find((one) => one['eventID'] === id);
        return Date.parse(String(record?.['eventTime'])) / 1000;
      }),
      denied: deniedIds,
      queried: deniedIds,
      tested: deniedIds.length,
      refused: 'InvalidMaxResultsException',
    });
  });
});
