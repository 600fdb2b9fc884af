/**
 * Searches of Activity Tracker with LogDNA, as far as they are documented: `field:value` and `field:[a,b]` side by side.
 * Read as narrowly as anybody could, a value is the whole text in the same case.
 *
 * Source: IBM Cloud docs, `secrets-manager` / `at_events` (text of 2024).
 */
import type { Row } from './dataprime.ts';

/** Reads a search; throws if it is none. */
export function readActivityTrackerSearch(search: string): (row: Row) => boolean {
  const tests = search.split(' ').filter(Boolean).map(testOf);
  return (row) => tests.every((test) => test(row));
}

function testOf(part: string): (row: Row) => boolean {
  const match = /^([A-Za-z.]+):(?:\[([^[\]]+)\]|([^[\],]+))$/.exec(part);
  if (!match?.[1]) throw new SyntaxError(`no condition: ${part}`);
  const values = match[2]?.split(',') ?? [match[3] ?? ''];
  for (const value of values) if (!/^[\w:/.-]+$/.test(value)) throw new SyntaxError(`no value: ${value}`);
  const path = match[1];
  if (path === 'host') return ({ labels }) => values.includes(labels.subsystemname.split(':')[0] ?? '');
  if (path === 'app') return ({ user_data }) => values.includes(String(valueAt(user_data, ['logSourceCRN'])));
  return ({ user_data }) => values.includes(String(valueAt(user_data, path.split('.'))));
}

function valueAt(record: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return record;
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, step)) return undefined;
  return valueAt((record as Record<string, unknown>)[step], rest);
}
