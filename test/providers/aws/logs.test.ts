import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import type { JsonObject } from '../../../src/model/record.ts';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { awsFormat } from '../../../src/providers/aws/format.ts';
import { decodeLogsSubscription } from '../../../src/providers/aws/logs-subscription.ts';
import { isProblem } from '../../../src/source/format.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { fixture } from './fixture.ts';

const full = fixture('full-record');
const pack = (value: unknown) => ({ awslogs: { data: gzipSync(JSON.stringify(value)).toString('base64') } });

describe('one log event', () => {
  const read = (message: unknown, beside: JsonObject = { id: '1' }) =>
    awsFormat.read({ ...beside, timestamp: 1_795_185_000_000, message }, 'log');

  test.each([
    ['of a subscription', { id: '1' }],
    ['of FilterLogEvents', { eventId: '1', logStreamName: 's', ingestionTime: 1 }],
  ])('%s gives the event of its message, at the time of the record', (_, beside) => {
    const readings = read(JSON.stringify(full), beside);
    expect(readings).toEqual([decodeCloudTrail(full, 'log')]);
  });

  test('a rule may have put an EventBridge event there', () => {
    expect(read(JSON.stringify(fixture('eventbridge-api-call')))).toEqual([decodeCloudTrail(full, 'log')]);
  });

  test.each([
    ['a line of a program', 'START RequestId: 1', 'not-a-record'],
    ['an empty line', '', 'not-a-record'],
    ['JSON of another shape', '{"level":"info","msg":"hello"}', 'not-a-record'],
    ['a list', '[1,2]', 'not-a-record'],
    ['a record that is cut short', JSON.stringify(full).slice(0, 500), 'malformed-record'],
    ['a record without a time', JSON.stringify({ ...full, eventTime: undefined }), 'malformed-record'],
  ])('%s', (_, message, problem) => {
    expect(read(message)).toEqual([{ problem, reason: expect.any(String) }]);
  });

  test("CloudWatch's own test message is nothing", () => {
    expect(read('CWL CONTROL MESSAGE: Checking health of destination Lambda.')).toEqual([]);
  });

  test('the reason shows nothing of a line that is none of our business', () => {
    const readings = read('password=hunter2 for db') ?? [];
    expect(JSON.stringify(readings)).not.toContain('hunter2');
    expect(readings).toHaveLength(1);
  });
});

describe('decodeLogsSubscription', () => {
  const payload = fixture('subscription');

  test.each([
    ['packed', pack(payload)],
    ['unpacked', payload],
  ])('%s', (_, value) => {
    const readings = decodeLogsSubscription(value, 'my-group');
    for (const reading of readings) if (!isProblem(reading)) assertEvent(reading);
    expect(readings).toEqual([
      decodeCloudTrail(full, 'my-group'),
      decodeCloudTrail(fixture('rotation-failed'), 'my-group'),
    ]);
    expect(awsFormat.read(value as JsonObject, 'my-group')).toEqual(readings);
  });

  test('a control message carries nothing', () => {
    const control = {
      ...payload,
      messageType: 'CONTROL_MESSAGE',
      logEvents: [{ id: '', timestamp: 1, message: 'whatever it says' }],
    };
    expect(decodeLogsSubscription(pack(control))).toEqual([]);
    expect(decodeLogsSubscription(control)).toEqual([]);
  });

  test('a log event that is no record is a problem and takes nothing with it', () => {
    const logEvents = [
      { id: '1', timestamp: 1, message: 'hello' },
      null,
      { id: '2' },
      ...(payload['logEvents'] as object[]),
    ];
    const readings = decodeLogsSubscription(pack({ ...payload, logEvents }));
    expect(readings.map((reading) => (isProblem(reading) ? reading.problem : reading.name))).toEqual([
      ...['not-a-record', 'not-a-record', 'not-a-record'],
      ...['GetSecretValue', 'RotationFailed'],
    ]);
  });

  test.each([
    ['nothing', undefined, /delivers \{"awslogs"/],
    ['a text', 'H4sI', /this is "H4sI"/],
    ['another event', { Records: [] }, /this is an object/],
    ['no data', { awslogs: {} }, /without awslogs.data/],
    ['awslogs of another type', { awslogs: 'x' }, /without awslogs.data/],
    ['no gzip', { awslogs: { data: Buffer.from('{}').toString('base64') } }, /no base64 of gzip/],
    ['no base64', { awslogs: { data: '%%%' } }, /no base64 of gzip/],
    ['gzip that is cut short', { awslogs: { data: pack(payload).awslogs.data.slice(0, 200) } }, /no base64 of gzip/],
    ['no JSON', { awslogs: { data: gzipSync('secretString=hunter2').toString('base64') } }, /holds no JSON object/],
    ['a JSON list', pack([payload]), /holds no JSON object/],
  ])('%s is malformed', (_, value, message) => {
    const call = () => decodeLogsSubscription(value, 'my-group');
    expect(call).toThrow(message);
    try {
      call();
    } catch (error) {
      expect(AuditError.is(error) && [error.code, error.source]).toEqual(['malformed', 'my-group']);
      expect((error as Error).message).not.toContain('hunter2');
    }
  });

  test('a bomb is malformed, and is not unpacked as a whole', () => {
    const bomb = { awslogs: { data: gzipSync(Buffer.alloc(65 * 1024 * 1024), { level: 9 }).toString('base64') } };
    expect(bomb.awslogs.data.length).toBeLessThan(100_000);
    expect(() => decodeLogsSubscription(bomb)).toThrow(/unpacks to more than 67108864 bytes/);
    expect(awsFormat.read(bomb, 's')).toEqual([
      { problem: 'malformed-record', reason: expect.stringContaining('67108864') },
    ]);
  });

  test('the bound can be set', () => {
    expect(() => decodeLogsSubscription(pack(payload), 's', { maxBytes: 1000 })).toThrow(/more than 1000 bytes/);
    expect(decodeLogsSubscription(pack(payload), 's', { maxBytes: 100_000 })).toHaveLength(2);
  });
});
