/** How option values are read. */
import { Misuse, oneOf } from '../misuse.ts';

/** The words that a value is chosen from, known to its reader; shells complete them. */
export interface Offer {
  readonly offers?: readonly string[] | undefined;
  /** Whether several go into one value, with commas. */
  readonly isList?: boolean;
}

/** Reads an option that is given several times, or with commas, or both: `--name A,B --name C`. */
export function list<T extends string = string>(option: string, allowed?: readonly T[]) {
  const read = (value: string, before: readonly T[] = []): readonly T[] => [
    ...before,
    ...words(option, value).map((word) => (allowed ? oneOf(option, word, allowed) : (word as T))),
  ];
  return Object.assign(read, { offers: allowed, isList: true } satisfies Offer);
}

/** Reads an option that is given several times, and whose values may hold commas. */
export function repeated(option: string) {
  return (value: string, before: readonly string[] = []): readonly string[] => {
    if (value === '') throw new Misuse(`${option} needs a value`);
    return [...before, value];
  };
}

/** Reads an option that takes one of a few words. */
export function choice<T extends string>(option: string, allowed: readonly T[]) {
  return Object.assign((value: string): T => oneOf(option, value, allowed), { offers: allowed } satisfies Offer);
}

/** Reads a number of events. */
export function wholeNumber(option: string) {
  return (value: string): number => {
    const number = Number(value);
    if (/^\d+$/.test(value) && Number.isSafeInteger(number)) return number;
    throw new Misuse(`${option}: ${JSON.stringify(value)} is no whole number from 0`);
  };
}

/** The words of a list with commas. */
function words(option: string, value: string): readonly string[] {
  const found = value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (found.length === 0) throw new Misuse(`${option} needs a value`);
  return found;
}
