import { describe, expect, it } from 'vitest';
import { sampleCloudTrailRecords } from '../../src/testing/index.ts';

const from = Date.parse('2026-11-19T00:00:00.400Z');
const to = Date.parse('2026-11-20T00:00:00.900Z');

describe('sample records', () => {
  const records = sampleCloudTrailRecords({ count: 500, seed: 3, from, to, regions: ['us-east-1', 'eu-west-1'] });

  it('are the same for the same seed, and others for another', () => {
    const again = sampleCloudTrailRecords({ count: 500, seed: 3, from, to, regions: ['us-east-1', 'eu-west-1'] });
    expect(again).toEqual(records);
    expect(sampleCloudTrailRecords({ count: 500, seed: 4, from, to })).not.toEqual(records);
  });

  it('are of the time that was asked for, in whole seconds, oldest first, each with an id of its own', () => {
    const times = records.map((record) => Date.parse(String(record['eventTime'])));
    expect(times.every((time) => time >= from && time <= to && time % 1000 === 0)).toBe(true);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(records.map((record) => record['eventID'])).size).toBe(500);
  });

  it('hold reads, changes, denials, rotations, service events and another service', () => {
    const has = (key: string, value: unknown) => records.filter((record) => record[key] === value).length;
    for (const name of ['GetSecretValue', 'DeleteSecret', 'RotationSucceeded', 'RotationFailed', 'Decrypt']) {
      expect(has('eventName', name), name).toBeGreaterThan(0);
    }
    expect(has('errorCode', 'AccessDenied')).toBeGreaterThan(0);
    expect(has('eventType', 'AwsServiceEvent')).toBeGreaterThan(0);
    expect(has('awsRegion', 'eu-west-1')).toBeGreaterThan(0);
    expect(has('eventSource', 'kms.amazonaws.com')).toBeGreaterThan(0);
  });

  it('are a hundred of the last day when nothing is said', () => {
    const plain = sampleCloudTrailRecords();
    expect(plain).toHaveLength(100);
    expect(Date.parse(String(plain.at(-1)?.['eventTime']))).toBeLessThanOrEqual(Date.now());
  });
});
