import { describe, expect, test } from 'vitest';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { assertEvent } from '../../support/event-invariants.ts';
import { fixture, record } from './fixture.ts';

function decode(fields: Record<string, unknown>) {
  const event = decodeCloudTrail(record(fields));
  assertEvent(event);
  return event;
}

describe('outcome', () => {
  test.each([
    ['neither code nor message', {}, 'success', undefined],
    ['a code', { errorCode: 'ResourceNotFoundException' }, 'failure', { code: 'ResourceNotFoundException' }],
    ['a message alone', { errorMessage: 'Failed authentication' }, 'failure', { message: 'Failed authentication' }],
    ['both', { errorCode: 'A', errorMessage: 'b' }, 'failure', { code: 'A', message: 'b' }],
    ['null', { errorCode: null, errorMessage: null }, 'success', undefined],
    ['empty texts', { errorCode: '', errorMessage: '' }, 'success', undefined],
    ['other types', { errorCode: 403, errorMessage: { a: 1 } }, 'success', undefined],
  ])('%s', (_, fields, outcome, error) => {
    const event = decode(fields);
    expect([event.outcome, event.error]).toEqual([outcome, error]);
  });

  test.each([
    ['RotationStarted', 'pending'],
    ['RotationSucceeded', 'success'],
    ['RotationFailed', 'failure'],
    ['RotationAbandoned', 'failure'],
    ['TestRotationFailed', 'failure'],
    ['ReplicationStarted', 'pending'],
    ['ReplicationFailed', 'failure'],
    ['StartSecretVersionDelete', 'pending'],
    ['EndSecretVersionDelete', 'success'],
    ['RotateSecret', 'success'],
  ])('%s without any error is %s', (eventName, outcome) => {
    expect(decode({ eventName }).outcome).toBe(outcome);
  });

  test('the name tells nothing about an event of another service', () => {
    expect(decode({ eventSource: 'example.amazonaws.com', eventName: 'RotationFailed' }).outcome).toBe('success');
  });

  test('an error outdoes the name', () => {
    expect(decode({ eventName: 'RotationStarted', errorMessage: 'no' }).outcome).toBe('failure');
  });

  test('the documented RotationFailed: a message without a code', () => {
    const event = decodeCloudTrail(fixture('rotation-failed'));
    assertEvent(event);
    expect(event).toMatchObject({
      name: 'RotationFailed',
      action: 'rotation.fail',
      kind: 'service',
      outcome: 'failure',
      denied: false,
      readOnly: false,
      actor: { name: 'secretsmanager.amazonaws.com', account: '111122223333' },
      origin: { service: 'secretsmanager.amazonaws.com' },
      secret: { name: 'shop/db' },
    });
    expect(event.error).toEqual({ message: 'An error occurred while executing the Lambda finishSecret step.' });
    expect(event.origin.ip).toBeUndefined();
    expect(event.actor.type).toBeUndefined();
  });

  test.each([
    [{ ConsoleLogin: 'Failure' }, 'failure'],
    [{ ConsoleLogin: 'Success' }, 'success'],
    ['{"ConsoleLogin":"Failure"}', 'failure'],
    [null, 'success'],
  ])('a console sign-in that answers %j is a %s', (responseElements, outcome) => {
    const event = decode({ eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements });
    expect([event.outcome, event.denied]).toEqual([outcome, false]);
  });
});

describe('denied', () => {
  test.each([
    'AccessDenied',
    'AccessDeniedException',
    'Client.AccessDenied',
    'VpceAccessDenied',
    'UnauthorizedOperation',
    'Client.UnauthorizedOperation',
    'UnauthorizedException',
    'UnauthorizedAccess',
    'NotAuthorized',
    'NotAuthorizedException',
    'Forbidden',
    'ForbiddenException',
    'AuthorizationError',
    'AuthorizationErrorException',
    'KMSAccessDeniedException',
    'com.amazonaws.example#AccessDeniedException',
    // Spellings that no list has.
    'S3AccessDeniedFault',
    'access_denied',
    'EXAMPLE_UNAUTHORISED',
    'Server.Unauthorized',
    'UserNotAuthorizedFault',
    'RequestForbiddenByPolicy',
  ])('%s', (errorCode) => {
    expect(decode({ errorCode })).toMatchObject({ outcome: 'failure', denied: true, error: { code: errorCode } });
  });

  test.each([
    'ResourceNotFoundException',
    'InvalidRequestException',
    'ThrottlingException',
    'InvalidAccessException',
    'Client.DryRunOperation',
    'ExpiredToken',
    'AuthFailure',
    'DeniedStateException',
    'SignatureDoesNotMatch',
    `${'x'.repeat(200)}AccessDenied`,
  ])('not %s', (errorCode) => {
    expect(decode({ errorCode })).toMatchObject({ outcome: 'failure', denied: false });
  });

  test.each([
    ['User: arn:aws:iam::111122223333:user/ines is not authorized to perform: secretsmanager:GetSecretValue', true],
    ['Access denied by the weather', false],
    ['Failed authentication', false],
  ])('without a code, "%s": %s', (errorMessage, denied) => {
    expect(decode({ errorMessage })).toMatchObject({ outcome: 'failure', denied });
  });

  test('with a code that says otherwise, the sentence does not count', () => {
    const errorMessage = 'Account 1 is not authorized to perform: that';
    expect(decode({ errorCode: 'DirectConnectClientException', errorMessage }).denied).toBe(false);
  });
});
