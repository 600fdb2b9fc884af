/** Times as records and people write them. */
import { AuditError } from './error.ts';

// Date, then time with any number of fraction digits, then a zone with or without a colon, or none.
const STAMP = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,12}))?\s?(?:(Z|z)|([+-])(\d\d):?(\d\d)|)$/;

// The commonest notation by far, with a day that every month has: Date itself reads it right, and three times as fast.
const PLAIN = /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/**
 * Reads a record's time: ISO 8601 and the notations that providers and exporters make of it (`+0000` without a colon,
 * a space for the `T`, nanoseconds, no zone at all, which is taken for UTC). `undefined` when it is no such time.
 */
export function parseTime(text: unknown): Date | undefined {
  if (typeof text !== 'string') return undefined;
  if (PLAIN.test(text)) return new Date(text);
  const match = STAMP.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, zoneHour, zoneMinute] = match;
  const millis = fraction === undefined ? 0 : Number(`${fraction}00`.slice(0, 3));
  // Date.UTC rolls 31 February over into March; a record that says so is wrong, not in March.
  const day0 = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (day0.getUTCFullYear() !== Number(year) || day0.getUTCMonth() !== Number(month) - 1) return undefined;
  // A leap second (23:59:60) is the next second.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const utc = day0.getTime() + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + millis;
  if (sign === undefined) return new Date(utc);
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return new Date(sign === '+' ? utc - offset : utc + offset);
}

/** A point in time: a `Date`, an ISO 8601 text, or a duration back from now: `90s`, `15m`, `24h`, `7d`, `2w`. */
export type TimeInput = Date | string;

const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/;
const UNIT = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * Reads a duration such as `24h` in milliseconds; `undefined` when it is none.
 *
 * @internal
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  return match ? Number(match[1]) * UNIT[match[2] as keyof typeof UNIT] : undefined;
}

/**
 * Resolves a {@link TimeInput} against `now`.
 *
 * @throws AuditError `invalid-argument` that names the field and the forms that are taken.
 * @internal
 */
export function resolveTime(input: TimeInput, field: string, now: number): Date {
  if (input instanceof Date) {
    if (!Number.isNaN(input.getTime())) return input;
  } else if (typeof input === 'string') {
    const back = parseDuration(input);
    // A Date reaches back some 270,000 years; further back it is invalid.
    if (back !== undefined && back < 8e15) return new Date(now - back);
    const text = /^\d{4}-\d\d-\d\d$/.test(input) ? `${input}T00:00:00Z` : input;
    // A bound without seconds (2026-11-20T14:30Z) is fine for a person to write.
    const date = parseTime(text) ?? parseTime(text.replace(/^([^.]*T\d\d:\d\d)(?=Z|[+-]|$)/, '$1:00'));
    if (date) return date;
  }
  throw new AuditError(
    'invalid-argument',
    `${field}: ${JSON.stringify(input)} is no time. Write a date (2026-11-20), a time (2026-11-20T14:30:00Z) or a duration back from now (30m, 24h, 7d).`,
  );
}
