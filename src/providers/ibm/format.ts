/** Recognises IBM Cloud's records in JSON of any origin. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import { isObject, type JsonObject, member } from '../../model/record.ts';
import type { Reading, RecordFormat } from '../../source/format.ts';
import { excerpt, malformedRecord, notARecord } from '../../source/problem.ts';
import {
  controlMessage,
  eventOfRow,
  exportedLine,
  isActivityEvent,
  isExportedLine,
  isRow,
  listIn,
  streamRecord,
} from './containers.ts';
import { decodeActivityEvent } from './decode.ts';
import { decodeEventNotification, notificationName } from './notification.ts';

/**
 * IBM Cloud's records and what they travel in:
 *
 * - an activity tracking event, plain (object storage, one a line) or in its old wrapping;
 * - a line exported from Activity Tracker with LogDNA;
 * - a row of a Cloud Logs answer, an item of its stream, of a background query, a row of its archive as JSON;
 * - a record of Event Streams;
 * - a notice of Secrets Manager from Event Notifications, one event for each secret or task in it.
 *
 * `lines` is the only list that is read as it streams: `results` is a word of other formats too, and Cloud Logs nests it.
 *
 * @internal
 */
export const ibmFormat: RecordFormat = {
  provider: 'ibm',
  arrays: ['lines'],
  read(value, source) {
    try {
      return isObject(value) ? readValue(value, source) : undefined;
    } catch {
      // Nothing below throws on what JSON.parse makes; an object with getters or a proxy may.
      return [malformedRecord('A value that cannot be read.')];
    }
  },
};

function readValue(value: JsonObject, source: string): readonly Reading[] | undefined {
  // CloudTrail's own pair of names: the commonest stranger leaves at the first look.
  if (member(value, 'eventSource') !== undefined && member(value, 'eventName') !== undefined) return undefined;
  const found = exportedLine(value) ?? (isActivityEvent(value) ? value : streamRecord(value));
  if (found !== undefined) return readings(() => [decodeActivityEvent(found, source)]);
  if (isRow(value)) return readRow(value, source);
  const list = listIn(value);
  if (list !== undefined) return list.flatMap((item) => readItem(item, source));
  if (notificationName(value) !== undefined) return readings(() => decodeEventNotification(value, source));
  const message = controlMessage(value);
  if (message === undefined) return isExportedLine(value) ? [notARecord('A line of another application.')] : undefined;
  return message.map((reason) => ({ problem: 'incomplete-answer', reason }));
}

function readItem(item: unknown, source: string): readonly Reading[] {
  if (!isObject(item)) return [notARecord(`A row is an object, not ${excerpt(item)}.`)];
  // A row cannot hold a list of rows, so this goes no deeper.
  return (
    (listIn(item) === undefined ? readValue(item, source) : undefined) ?? [notARecord('A row of another application.')]
  );
}

function readRow(row: JsonObject, source: string): readonly Reading[] {
  const found = eventOfRow(row);
  if (typeof found === 'string') return [notARecord(found)];
  return readings(() => [decodeActivityEvent(found.record, source, found.options)]);
}

function readings(decode: () => readonly AuditEvent[]): readonly Reading[] {
  try {
    return decode();
  } catch (error) {
    if (AuditError.is(error)) return [malformedRecord(error.message)];
    throw error;
  }
}
