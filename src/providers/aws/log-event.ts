/** Events of CloudWatch Logs, in whose message a trail writes its records. */

import { parseObject } from '../../model/json-text.ts';
import { type JsonObject, textOf } from '../../model/record.ts';
import type { Reading } from '../../source/format.ts';
import { malformedRecord, notARecord } from '../../source/problem.ts';
import { readCloudTrail } from './decode.ts';
import { readEventBridge } from './eventbridge.ts';
import { isEventBridgeShape, isRecordShape } from './shape.ts';

const CONTROL = 'CWL CONTROL MESSAGE';
const DAMAGED = /^\s*\{[\s\S]{0,4096}"event(?:Version|Source)"\s*:/;

/**
 * The event in the message of one log event: the CloudTrail record that a trail put there, or the EventBridge event of
 * a rule whose target is a log group. Empty for CloudWatch's own test message. The log event's timestamp is not used:
 * the record has its own time.
 *
 * Source: CloudWatch Logs API Reference, `API_FilterLogEvents`.
 */
export function readLogEvent(event: JsonObject, source: string): readonly Reading[] {
  const message = textOf(event, 'message');
  if (message === undefined) return [notARecord('A log event without a message.')];
  const value = parseObject(message);
  if (value === undefined) {
    if (message.startsWith(CONTROL)) return [];
    return [
      DAMAGED.test(message)
        ? malformedRecord('A log event whose message is a CloudTrail record cut short.')
        : notARecord('A log event whose message is no CloudTrail record.'),
    ];
  }
  if (isRecordShape(value)) return [readCloudTrail(value, source)];
  if (isEventBridgeShape(value)) return [readEventBridge(value, source)];
  return [notARecord('A log event whose message is no CloudTrail record.')];
}
