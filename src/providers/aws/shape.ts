/** Telling AWS's records and envelopes by their shape. Own keys only, and few of them: it is asked of every value. */
import type { JsonObject } from '../../model/record.ts';

const has = Object.hasOwn;

/** A bare CloudTrail record, damaged ones and look-alikes of other AWS services included. */
export function isRecordShape(value: JsonObject): boolean {
  if (has(value, 'eventName')) {
    return (
      has(value, 'eventSource') || has(value, 'eventTime') || has(value, 'eventVersion') || has(value, 'userIdentity')
    );
  }
  if (has(value, 'eventSource')) {
    return has(value, 'eventTime') || has(value, 'eventVersion') || has(value, 'awsRegion');
  }
  return has(value, 'insightDetails') && has(value, 'eventVersion');
}

/** An element of `Events` in an answer of CloudTrail's LookupEvents; the record is text inside it. */
export function isLookupEventShape(value: JsonObject): boolean {
  return has(value, 'CloudTrailEvent') || (has(value, 'EventId') && has(value, 'EventName'));
}

/** An event of CloudWatch Logs: of FilterLogEvents (`eventId`) or of a subscription (`id`). */
export function isLogEventShape(value: JsonObject): boolean {
  return (
    typeof value['message'] === 'string' &&
    typeof value['timestamp'] === 'number' &&
    has(value, 'message') &&
    (has(value, 'id') || has(value, 'eventId') || has(value, 'logStreamName'))
  );
}

/** What Amazon EventBridge delivers. */
export function isEventBridgeShape(value: JsonObject): boolean {
  return has(value, 'detail-type');
}

/** What a Lambda function gets from a CloudWatch Logs subscription: base64 of gzip of a payload. */
export function isPackedLogsShape(value: JsonObject): boolean {
  return has(value, 'awslogs');
}

/** What a CloudWatch Logs subscription delivers, packed or not. */
export function isSubscriptionShape(value: JsonObject): boolean {
  return isPackedLogsShape(value) || (has(value, 'messageType') && has(value, 'logEvents'));
}
