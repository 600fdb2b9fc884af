/** AWS's records and the envelopes in which they travel, told apart by their shape. */
import { isObject, type JsonObject } from '../../model/record.ts';
import type { Reading, RecordFormat, RecordOutline } from '../../source/format.ts';
import { excerpt, malformedRecord, notARecord } from '../../source/problem.ts';
import { readCloudTrail } from './decode.ts';
import { readEventBridge } from './eventbridge.ts';
import { readLogEvent } from './log-event.ts';
import { readSubscription } from './logs-subscription.ts';
import { readLookupEvent } from './lookup-event.ts';
import {
  isEventBridgeShape,
  isLogEventShape,
  isLookupEventShape,
  isPackedLogsShape,
  isRecordShape,
  isSubscriptionShape,
} from './shape.ts';

/** `Records` of log files, `Events` of LookupEvents, `events` of FilterLogEvents, `logEvents` of subscriptions. */
const ARRAYS = ['Records', 'Events', 'events', 'logEvents'] as const;

/**
 * CloudTrail records, bare or in what carries them: log files (`Records`), LookupEvents, FilterLogEvents, CloudWatch
 * Logs subscriptions and the form in which Lambda gets them, EventBridge.
 *
 * @internal
 */
export const awsFormat: RecordFormat & { readonly outline: RecordOutline } = {
  provider: 'aws',
  arrays: ARRAYS,
  outline: { time: 'eventTime', name: 'eventName', service: 'eventSource', foreign: 'aws:' },
  read(value, source) {
    try {
      return readOne(value, source) ?? readContainer(value, source);
    } catch {
      // Nothing above throws on what JSON.parse makes; an object with getters or a proxy may.
      return [malformedRecord('A value that cannot be read.')];
    }
  },
};

/** One record or one envelope; `undefined` when it is neither. The commonest first. */
function readOne(value: JsonObject, source: string): readonly Reading[] | undefined {
  if (isRecordShape(value)) return [readCloudTrail(value, source)];
  if (isLookupEventShape(value)) return [readLookupEvent(value, source)];
  if (isEventBridgeShape(value)) return [readEventBridge(value, source)];
  if (isLogEventShape(value)) return readLogEvent(value, source);
  return undefined;
}

/** A whole answer, payload or file in one value. */
function readContainer(value: JsonObject, source: string): readonly Reading[] | undefined {
  if (isPackedLogsShape(value) || isSubscriptionShape(value)) return readSubscription(value, source);
  for (const key of ARRAYS) {
    const list = Object.hasOwn(value, key) ? value[key] : undefined;
    if (Array.isArray(list)) return readList(list, key, source);
  }
  return undefined;
}

/** Nothing of AWS's when no element is, since other formats have members of these names too. */
function readList(list: readonly unknown[], key: string, source: string): readonly Reading[] | undefined {
  const readings: Reading[] = [];
  let known = list.length === 0;
  for (const item of list) {
    const found = isObject(item) ? readOne(item, source) : undefined;
    if (found !== undefined) known = true;
    if (found === undefined) readings.push(notARecord(`An element of ${key} that is no record: ${excerpt(item)}.`));
    else readings.push(...found);
  }
  return known ? readings : undefined;
}
