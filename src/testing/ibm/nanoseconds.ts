/** Times with all their digits: nanoseconds since 1970. */
import { parseTime } from '../../model/time.ts';

/** @internal */
export const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** `undefined` when it is no time. @internal */
export function nanosecondsOf(text: string): bigint | undefined {
  const time = parseTime(text);
  if (!time) return undefined;
  const fraction = /[.,](\d+)/.exec(text)?.[1] ?? '';
  return fromMilliseconds(time.getTime()) + BigInt(fraction.padEnd(9, '0').slice(3, 9));
}

/** @internal */
export function fromMilliseconds(time: number): bigint {
  return BigInt(Math.floor(time)) * NANOSECONDS_PER_MILLISECOND;
}

/** With milliseconds, and nine digits when there are more of them than zeros. @internal */
export function stampOf(time: bigint): string {
  const finer = ((time % NANOSECONDS_PER_MILLISECOND) + NANOSECONDS_PER_MILLISECOND) % NANOSECONDS_PER_MILLISECOND;
  const text = new Date(Number((time - finer) / NANOSECONDS_PER_MILLISECOND)).toISOString();
  return finer === 0n ? text : `${text.slice(0, -1)}${String(finer).padStart(6, '0')}Z`;
}
