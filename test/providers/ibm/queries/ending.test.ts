import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { matches } from '../../../../src/filter/match.ts';
import { eventWith, LANGUAGES, rowOf } from './languages.ts';

const WORDS = ['success', 'failure', 'pending', 'unknown', 'Failure', 'SUCCESS', 'strange', '', undefined];
const CODES = [undefined, 200, 302, 400, 401, 402, 403, 404, 500];
const REASONS = [{}, { reasonType: 'Forbidden' }, { reasonForFailure: 'permission denied', reasonType: 'x' }];
const ROWS = WORDS.flatMap((outcome) =>
  CODES.flatMap((reasonCode) =>
    REASONS.map((facts) => {
      const { outcome: _, ...event } = eventWith({ reason: { ...facts, ...(reasonCode && { reasonCode }) } });
      return rowOf(outcome === undefined ? event : { ...event, outcome });
    }),
  ),
);
const FILTERS: readonly Filter[] = [
  ...(['success', 'failure', 'pending', 'unknown'] as const).flatMap((outcome) => [{ outcome }, { not: { outcome } }]),
  { outcome: ['failure', 'pending'] },
  { outcome: { exists: true } },
  { 'error.code': ['403', '404'] },
  { not: { 'error.code': '401' } },
  { 'error.code': '' },
  { 'error.message': 'Forbidden' },
  { denied: true },
  { denied: false },
  { not: { denied: true } },
];

// What the decoder makes of words and codes is said again for queries, so every combination is compared.
describe.each(['DataPrime', 'Lucene'] as const)('%s', (name) => {
  const { compile, decode } = LANGUAGES[name];

  test.each(FILTERS)('%j means the same in queries, whatever the word, the code and the reason', (where) => {
    const { passes, exact } = compile(where, {});
    const wrong = ROWS.filter((row) => {
      const wanted = matches(where, decode(row));
      return (wanted || exact) && passes(row) !== wanted;
    });
    expect(wrong).toEqual([]);
    // Of refusals in words a query knows nothing, and Lucene nothing of what is missing.
    const unsaid = name === 'Lucene' ? /denied|error\.message/ : /denied/;
    expect(exact).toBe(!unsaid.test(JSON.stringify(where)));
  });
});
