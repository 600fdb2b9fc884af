/** What to say of something that cannot become an event. */
import { AuditError } from '../model/error.ts';
import type { Problem } from './format.ts';

// Whatever could steer a terminal or reorder a line: control, format, surrogate, private and separator characters.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const EXCERPT = 40;

/** The start of a value from a record, short and harmless enough for a message. */
export function excerpt(value: unknown): string {
  if (typeof value === 'string') {
    const start = value.slice(0, EXCERPT).replace(UNPRINTABLE, '?');
    return `"${start}${value.length > EXCERPT ? '...' : ''}"`;
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** A record that is one, and is damaged. */
export function malformedRecord(reason: string): Problem {
  return { problem: 'malformed-record', reason };
}

/** Something else, found where a record was expected. */
export function notARecord(reason: string): Problem {
  return { problem: 'not-a-record', reason };
}

/** The error that a decoder called by hand throws for a problem. */
export function malformed(reason: string, source: string): AuditError {
  return new AuditError('malformed', reason, { source });
}
