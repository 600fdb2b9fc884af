/** Which kind of record an event was made of. */
import type { AuditEvent } from '../model/event.ts';
import { isObject, type JsonObject, member, objectOf } from '../model/record.ts';

const NOTHING: JsonObject = {};

/** The CloudTrail record; nothing for EventBridge's own events, whose `raw` is an envelope. */
export function cloudTrailOf(event: AuditEvent): JsonObject {
  return event.kind !== 'native' && isObject(event.raw) ? event.raw : NOTHING;
}

/** The activity tracking event, out of its wrapping; nothing for notices and for what was rebuilt from metadata. */
export function activityOfIbm(event: AuditEvent): JsonObject {
  if (event.kind !== 'api' || event.derived || !isObject(event.raw)) return NOTHING;
  if (member(event.raw, 'action') !== undefined) return event.raw;
  return objectOf(event.raw, 'payload') ?? NOTHING;
}

/** The CRN of the instance that made the record. */
export function logSourceOf(event: AuditEvent, activity: JsonObject): string | undefined {
  const crn = member(event.raw, 'logSourceCRN') ?? member(activity, 'logSourceCRN');
  return typeof crn === 'string' && crn !== '' ? crn : undefined;
}
