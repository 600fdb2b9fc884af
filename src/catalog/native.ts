/**
 * The event that Secrets Manager itself puts on EventBridge, without CloudTrail and without an `eventName`.
 *
 * @module
 */
import { defineEvents, namesOf } from './define.ts';

export const NATIVE_EVENTS = defineEvents(
  { provider: 'aws', service: 'secretsmanager.amazonaws.com', kind: 'native', status: 'current' },
  {
    SecretLabelUpdated: {
      name: 'Secret Label Updated',
      action: 'version.label',
      title: 'A staging label moved to another version of a secret.',
      resource: 'version',
      outcome: 'success',
      since: '2026-07-22',
      note: 'A detail-type, not an eventName; its EventBridge source is aws.secretsmanager. Never sent for AWSPENDING and AWSPREVIOUS. With labelUpdated AWSCURRENT it says that the value changed. Needs no trail.',
      source:
        'https://docs.aws.amazon.com/secretsmanager/latest/userguide/event-detail-secret-label-updated-secretsmanager.html',
    },
  },
);

/**
 * The `detail-type` of the event that Secrets Manager puts on EventBridge itself.
 *
 * Source: Secrets Manager User Guide, `event-detail-secret-label-updated-secretsmanager`.
 */
export const NativeEventName = namesOf(NATIVE_EVENTS);
/** The `detail-type` of the event that Secrets Manager puts on EventBridge itself. */
export type NativeEventName = (typeof NativeEventName)[keyof typeof NativeEventName];
