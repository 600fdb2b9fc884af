/** Times as people read them. */

/** The ways in which the table says a time, the default first. */
export const TIME_FORMS = ['utc', 'local', 'relative'] as const;

/** One of {@link TIME_FORMS}. */
export type TimeForm = (typeof TIME_FORMS)[number];

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** What a clock on the wall says, as milliseconds that read right in UTC; the wall is where this machine is. */
export function wallTime(time: Date, form: TimeForm): number {
  return form === 'local' ? time.getTime() - time.getTimezoneOffset() * 60_000 : time.getTime();
}

/** `2026-11-09 09:10:05` of a {@link wallTime}. */
export function stampText(wall: number): string {
  return new Date(wall).toISOString().replace('T', ' ').replace(/\..*$/, '');
}

/** How long ago: `3 h`, in whole units of the largest that fits; `in 3 h` for what is still to come. */
export function ageText(time: number, now: number): string {
  const age = Math.abs(now - time);
  const [unit, length] = UNITS.find(([, ms]) => age >= ms) ?? ['s', 1000];
  const text = `${Math.floor(age / length)} ${unit}`;
  return time > now && age >= 1000 ? `in ${text}` : text;
}
