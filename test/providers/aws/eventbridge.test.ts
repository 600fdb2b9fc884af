import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { decodeEventBridge } from '../../../src/providers/aws/eventbridge.ts';
import { inScope } from '../../../src/source/scope.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { fixture, without } from './fixture.ts';

const envelope = fixture('eventbridge-api-call');

function decode(value: unknown) {
  const event = decodeEventBridge(value, 'bus');
  assertEvent(event);
  return event;
}

describe('via CloudTrail', () => {
  test('gives the very event that the record gives', () => {
    expect(decode(envelope)).toEqual(decodeCloudTrail(envelope['detail'], 'bus'));
  });

  test.each([
    'AWS API Call via CloudTrail',
    'AWS Service Event via CloudTrail',
    'AWS Console Sign In via CloudTrail',
    'AWS Console Signin via CloudTrail',
    'AWS Console Action via CloudTrail',
    'AWS Insight via CloudTrail',
    'AWS Network Activity Event via CloudTrail',
  ])('%s', (type) => {
    expect(decode({ ...envelope, 'detail-type': type }).name).toBe('GetSecretValue');
  });

  test('the envelope speaks where the record is silent, and only there', () => {
    const addressed = { ...envelope, account: '999900009999', region: 'eu-west-1' };
    const record = envelope['detail'];
    const silent = without(record, 'eventSource', 'recipientAccountId', 'awsRegion', 'userIdentity');
    expect(decode({ ...addressed, detail: silent })).toMatchObject({
      service: 'secretsmanager.amazonaws.com',
      action: 'secret.read',
      account: '999900009999',
      region: 'eu-west-1',
    });
    // A name that other services have too.
    const tag = { ...addressed, detail: { ...silent, eventName: 'TagResource' } };
    expect(decode(tag)).toMatchObject({ service: 'secretsmanager.amazonaws.com', action: 'secret.update' });
    expect(decode({ ...tag, source: 'aws.lambda' }).service).toBe('unknown');
    // The account in which it happened, not the caller's.
    expect(decode({ ...addressed, detail: without(record, 'recipientAccountId') })).toMatchObject({
      account: '999900009999',
      actor: { account: '444455556666' },
    });
    expect(decode({ ...addressed, source: 'aws.s3' })).toMatchObject({
      service: 'secretsmanager.amazonaws.com',
      account: '111122223333',
      region: 'eu-central-1',
    });
    expect(() => decodeEventBridge({ ...envelope, detail: without(record, 'eventTime') })).toThrow(
      /eventTime is missing/,
    );
  });
});

describe('Secret Label Updated', () => {
  const label = fixture('eventbridge-label-updated');

  test('gives every field its meaning', () => {
    const { raw, ...event } = decode(label);
    expect(event).toEqual({
      provider: 'aws',
      id: '6f1e0000-0000-4000-8000-000000000002',
      service: 'secretsmanager.amazonaws.com',
      name: 'Secret Label Updated',
      action: 'version.label',
      kind: 'native',
      time: new Date('2026-11-20T14:31:00Z'),
      outcome: 'success',
      denied: false,
      readOnly: false,
      actor: {},
      secret: {
        id: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-Zk3WqP',
        name: 'shop/db',
        version: '5a1d9c1e-7b7e-4d1c-9f0a-0c5f8f0f0002',
      },
      origin: {},
      account: '111122223333',
      region: 'eu-central-1',
      source: 'bus',
    });
    expect(raw).toBe(label);
  });

  test('is one of the events of secrets', () => {
    expect(inScope(decode(label), 'secrets')).toBe(true);
  });

  test.each(Object.keys(label).filter((key) => key !== 'detail-type' && key !== 'time'))(
    'decodes without %s',
    (key) => {
      const { [key]: _, ...rest } = label;
      for (const value of [rest, { ...label, [key]: null }, { ...label, [key]: 7 }, { ...label, [key]: [{}] }]) {
        expect(decode(value).name).toBe('Secret Label Updated');
      }
    },
  );

  test('without an ARN the name is the id; without both there is no secret', () => {
    expect(decode({ ...label, resources: [] }).secret).toMatchObject({ id: 'shop/db', name: 'shop/db' });
    expect(decode({ ...label, resources: [], detail: {} }).secret).toBeUndefined();
  });

  test('a value that was leaked into it does not come out', () => {
    const event = decode({ ...label, detail: { ...(label['detail'] as object), secretString: 'hunter2' } });
    expect(JSON.stringify(event)).not.toContain('hunter2');
    expect(event.redacted).toEqual(['detail.secretString']);
  });

  test('without a time it is damaged', () => {
    expect(() => decodeEventBridge({ ...label, time: 'x' })).toThrow(/without a usable time/);
  });
});

describe('anything else', () => {
  test.each([
    [
      'another event',
      { ...envelope, 'detail-type': 'EC2 Instance State-change Notification' },
      /"EC2 Instance State-change Notification"/,
    ],
    ['a similar name', { ...envelope, 'detail-type': 'via CloudTrail, not' }, /carries no audit record/],
    ['a name with control characters', { 'detail-type': '\u001b[31mx' }, /"\?\[31mx"/],
    ['no detail-type', { detail: {} }, /needs a detail-type/],
    ['a detail-type of another type', { 'detail-type': 7 }, /needs a detail-type/],
    ['no detail', { 'detail-type': 'AWS API Call via CloudTrail' }, /without a record in its detail/],
    [
      'a detail that is a list',
      { 'detail-type': 'AWS API Call via CloudTrail', detail: [] },
      /without a record in its detail/,
    ],
    ['an empty detail', { 'detail-type': 'AWS API Call via CloudTrail', detail: {} }, /eventName is missing/],
    ['a bare record', envelope['detail'], /needs a detail-type/],
    ['no object', 'x', /is an object; this is "x"/],
  ])('%s is malformed', (_, value, message) => {
    const call = () => decodeEventBridge(value, 'bus');
    expect(call).toThrow(message);
    try {
      call();
    } catch (error) {
      expect(AuditError.is(error) && [error.code, error.source]).toEqual(['malformed', 'bus']);
    }
  });
});
