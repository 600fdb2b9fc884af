import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCloudEvent, toCloudEventMessage } from '../../src/formats/index.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { auditEvent, NASTY } from '../support/arbitraries.ts';
import { AWS_SHAPES, IBM_SHAPES, SHAPES } from './shapes.ts';

const aws = (name: string) => toCloudEvent(AWS_SHAPES[name] as AuditEvent);
const ibm = (name: string) => toCloudEvent(IBM_SHAPES[name] as AuditEvent);

/** The rules of CloudEvents 1.0 for attributes, written here once more. */
function assertCloudEvent(event: AuditEvent): void {
  const { data, ...attributes } = toCloudEvent(event);
  for (const [name, value] of Object.entries(attributes)) {
    expect(name).toMatch(/^[a-z0-9]{1,20}$/);
    expect(value, name).not.toBe('');
    expect(value, name).not.toMatch(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u);
  }
  expect(attributes.specversion).toBe('1.0');
  // A URI reference: RFC 3986 has no other characters.
  expect(attributes.source).toMatch(/^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-F]{2})+$/);
  expect(attributes.time).toBe(event.time.toISOString());
  expect(JSON.parse(JSON.stringify(data))).not.toHaveProperty('raw');
}

describe('structured', () => {
  test('AWS', () => {
    expect(aws('rotation-failed')).toMatchObject({
      specversion: '1.0',
      type: 'com.amazonaws.secretsmanager.RotationFailed',
      source: expect.stringMatching(/^\/\/secretsmanager\.amazonaws\.com\/\d{12}\/[a-z0-9-]+$/),
      datacontenttype: 'application/json',
      data: { name: 'RotationFailed', outcome: 'failure' },
    });
    expect(aws('other-service').type).toBe('com.amazonaws.kms.Decrypt');
    expect(aws('label-updated').type).toBe('com.amazonaws.secretsmanager.SecretLabelUpdated');
    expect(aws('bare-and-unknown').source).toBe('//secretsmanager.amazonaws.com');
  });

  test('IBM Cloud', () => {
    expect(ibm('read')).toMatchObject({
      type: 'com.ibm.cloud.secrets-manager.secret.read',
      source: expect.stringMatching(/^crn:v1:bluemix:public:secrets-manager:us-south:a\//),
      subject: expect.stringMatching(/:secret:/),
    });
    expect(ibm('notice').type).toBe('com.ibm.cloud.secrets-manager.secret_about_to_expire');
    expect(ibm('derived').source).toBe('//secrets-manager/1a');
  });

  test.each(SHAPES)('%s keeps to the rules', (_, event) => assertCloudEvent(event));

  test('so does whatever an event may hold', () => {
    const hostile = fc
      .tuple(auditEvent(), fc.constantFrom(...NASTY, '\ud800', '\ufffe', '\x7f', 'a\r\nb', '%', 'ü'))
      .map(([event, text]) => ({ ...event, name: text, service: text, account: text, secret: { id: text } }));
    fc.assert(fc.property(fc.oneof(auditEvent(), hostile), assertCloudEvent), { numRuns: 300 });
  });

  test('the data is the event, with its record where it is asked for', () => {
    const [, event] = SHAPES[0] as (typeof SHAPES)[number];
    expect(toCloudEvent(event, { raw: true }).data).toEqual({ ...event, time: event.time.toISOString() });
    const { raw: _, ...bare } = event;
    expect(toCloudEvent(event).data).toEqual({ ...bare, time: event.time.toISOString() });
  });
});

describe('as HTTP headers', () => {
  test('every attribute is one, and the data is the body', () => {
    const event = AWS_SHAPES['every-field'] as AuditEvent;
    const { headers, body } = toCloudEventMessage(event);
    const { data, datacontenttype, ...attributes } = toCloudEvent(event);
    expect(Object.keys(headers).toSorted()).toEqual(
      ['content-type', ...Object.keys(attributes).map((name) => `ce-${name}`)].toSorted(),
    );
    expect(headers).toMatchObject({ 'content-type': datacontenttype, 'ce-type': attributes.type });
    expect(JSON.parse(body)).toEqual(data);
  });

  test('what HTTP cannot carry is encoded, and comes out again', () => {
    for (const id of ['prod/ü b"c%d', 'a\nb', '日本', '€ 😀', 'a b', ...NASTY]) {
      const { headers } = toCloudEventMessage({ ...(AWS_SHAPES['create'] as AuditEvent), secret: { id } });
      const value = headers['ce-subject'] ?? '';
      expect(value).toMatch(/^[!-~]+$/);
      expect(value).not.toContain('"');
      // Headers refuse what is no header.
      expect(new Headers(headers).get('ce-subject')).toBe(value);
      const attribute = toCloudEvent({ ...(AWS_SHAPES['create'] as AuditEvent), secret: { id } }).subject;
      expect(decodeURIComponent(value)).toBe(attribute);
    }
  });
});
