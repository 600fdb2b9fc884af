import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEcs } from '../../src/formats/index.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { decodeCloudTrail } from '../../src/providers/aws/index.ts';
import { auditEvent } from '../support/arbitraries.ts';
import { AWS_SHAPES, IBM_SHAPES, SHAPES } from './shapes.ts';

const aws = (name: string) => toEcs(AWS_SHAPES[name] as AuditEvent);
const ibm = (name: string) => toEcs(IBM_SHAPES[name] as AuditEvent);

describe('CloudTrail, as Elastic has it', () => {
  test('the fields of every event', () => {
    expect(aws('denied')).toMatchObject({
      '@timestamp': expect.stringMatching(/\.000Z$/),
      ecs: { version: '8.11.0' },
      event: {
        kind: 'event',
        type: ['info'],
        action: 'GetSecretValue',
        provider: 'secretsmanager.amazonaws.com',
        outcome: 'failure',
      },
      error: { code: 'AccessDenied' },
      aws: { cloudtrail: { error_code: 'AccessDenied' } },
    });
    expect(aws('denied').event).not.toHaveProperty('category');
  });

  test('user.id is the principal, user.name the role; the person is in related.user', () => {
    const { user, related } = aws('every-field');
    expect(user).toEqual({ id: 'AROAEXAMPLEROLE000001:mara.lind', name: 'Deployer' });
    expect(related?.user).toEqual(['Deployer', 'mara.lind']);
    expect(aws('identity-center').user).toEqual({ id: 'user-1' });
  });

  test('cloud.account.id is that of the caller, else where it happened', () => {
    expect(aws('identity-center').cloud.account?.id).toBe('111122223333');
    const event = decodeCloudTrail({
      ...{ eventTime: '2026-11-20T14:30:00Z', eventSource: 'secretsmanager.amazonaws.com' },
      ...{ eventName: 'GetSecretValue', recipientAccountId: '444455556666' },
    });
    expect(toEcs(event).cloud.account?.id).toBe('444455556666');
  });

  test.each([
    ['TLSv1.3', { version: '1.3', version_protocol: 'tls' }],
    ['SSLv3', { version: '3', version_protocol: 'ssl' }],
    ['1.3', undefined],
    ['v', undefined],
  ])('tls of %s', (tlsVersion, tls) => {
    const record = { ...((AWS_SHAPES['create'] as AuditEvent).raw as object), tlsDetails: { tlsVersion } };
    expect(toEcs(decodeCloudTrail(record)).tls).toEqual(tls);
  });

  test('source.ip is an address or not there; source.address is what the record says', () => {
    expect(aws('aws-service').source).toEqual({ address: 'lambda.amazonaws.com' });
    expect(aws('odd').source).toEqual({ address: '300.1.2.3' });
    expect(aws('bare-and-unknown')).not.toHaveProperty('source');
  });

  test('requests are objects', () => {
    expect(aws('batch').aws?.cloudtrail.flattened?.['request_parameters']).toEqual(
      ((AWS_SHAPES['batch'] as AuditEvent).raw as Record<string, unknown>)['requestParameters'],
    );
  });
});

describe('IBM Cloud, by the same rules', () => {
  test('a read that was refused', () => {
    expect(ibm('denied')).toMatchObject({
      event: { action: 'secrets-manager.secret.read', provider: 'secrets-manager', outcome: 'failure' },
      cloud: { provider: 'ibm', service: { name: 'secrets-manager' }, region: 'us-south' },
      source: { address: '198.51.100.7, 10.0.0.1', ip: '198.51.100.7' },
      user: { name: 'deploy-bot' },
      error: { code: '403' },
      ibm: { activity_tracking: { severity: 'critical', reason: { code: '403', type: 'Forbidden' } } },
      secret_event: { action: 'secret.read', denied: true },
    });
  });

  test('ECS has no pending, so the outcome is unknown and the word is kept', () => {
    const { event, secret_event } = ibm('pending');
    expect([event.outcome, secret_event.outcome]).toEqual(['unknown', 'pending']);
  });

  test('a notice keeps its data, and a wrapped event what it says', () => {
    expect(ibm('notice').ibm?.activity_tracking.flattened?.['data']).toHaveProperty('secrets');
    expect(ibm('wrapped').ibm?.activity_tracking).toHaveProperty('log_source_crn');
    expect(ibm('derived').secret_event.derived).toBe(true);
  });
});

/** Fails at a member that is there without saying anything. */
function assertFilled(value: unknown, path = ''): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    expect(member, `${path}.${key}`).not.toBeUndefined();
    assertFilled(member, `${path}.${key}`);
  }
}

describe('any event', () => {
  test('has no member without a value', () => {
    for (const [, event] of SHAPES) assertFilled(toEcs(event));
    fc.assert(fc.property(auditEvent(), (event) => assertFilled(toEcs(event))));
  });

  test('has its record where it is asked for', () => {
    const [, event] = SHAPES[0] as (typeof SHAPES)[number];
    expect(toEcs(event).event).not.toHaveProperty('original');
    expect(JSON.parse(toEcs(event, { raw: true }).event.original ?? '')).toEqual(event.raw);
  });
});
