/** The value of one field of an event, as text. */
import type { AuditEvent } from '../model/event.ts';
import { FIELDS, type FieldName } from '../model/field.ts';
import { isoTime } from './iso-time.ts';

/** Nothing for a field that the event does not have; several values of one field with `; ` between. */
export function fieldText(event: AuditEvent, name: FieldName): string {
  const value = FIELDS[name].of(event);
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (value instanceof Date) return isoTime(value);
  return typeof value === 'object' ? value.map(String).join('; ') : String(value);
}
