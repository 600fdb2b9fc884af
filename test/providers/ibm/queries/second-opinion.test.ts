import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../../../src/filter/match.ts';
import { decodeActivityEvent } from '../../../../src/providers/ibm/decode.ts';
import { toDataPrime } from '../../../../src/providers/ibm/queries/dataprime.ts';
import { toLucene } from '../../../../src/providers/ibm/queries/lucene.ts';
import { inScope } from '../../../../src/source/scope.ts';
import { activityEvent, IBM_WORDS } from '../../../support/activity-event.ts';
import { filter } from '../../../support/arbitraries.ts';
import { CASES } from '../../../support/language-laws.ts';
import { ask, NOW, readStream, start, tokenOf } from '../../../testing/ibm/clients.ts';
import { rowOf } from './languages.ts';

// The evaluators of the laws are ours, and so is the loopback server, but each was written without the other: a query
// that both take, and that finds the same rows, is not made to fit one reading of the documentation.
const SEED = 20_261_120;
const EVENTS = fc.sample(activityEvent(), { seed: SEED, numRuns: 120 });
const FILTERS = [...Object.values(CASES), ...fc.sample(filter(undefined, IBM_WORDS), { seed: SEED, numRuns: 60 })];
const ROWS = EVENTS.map((event, i) => {
  const { labels, user_data } = rowOf(event);
  return {
    user_data: JSON.stringify(user_data),
    timestamp: NOW - 1000,
    application: labels.applicationname,
    subsystem: labels.subsystemname,
    logid: String(i),
  };
});

const LANGUAGES = { dataprime: toDataPrime, lucene: toLucene } as const;

describe.each(['dataprime', 'lucene'] as const)('%s, as the loopback server reads it', (syntax) => {
  test('finds every row that the filter lets through, and no other where it is exact', {
    timeout: 60_000,
  }, async () => {
    const server = await start({ rows: ROWS });
    const token = await tokenOf(server);
    let found = 0;
    for (const where of FILTERS) {
      for (const scope of ['secrets', 'all'] as const) {
        const { query, exact } = LANGUAGES[syntax](where, { scope });
        const metadata = { syntax, start_date: new Date(NOW - 60_000), end_date: new Date(NOW), limit: 12_000 };
        const answer = await ask(server, { query, metadata }, { token });
        expect([query, answer.status]).toEqual([query, 200]);
        const { rows } = readStream(await answer.text());
        const ids = new Set(rows.map((row) => row.metadata.find(({ key }) => key === 'logid')?.value));
        const wrong = EVENTS.filter((raw, i) => {
          const event = decodeActivityEvent(raw);
          const wanted = inScope(event, scope) && matches(where, event);
          return (wanted || exact) && ids.has(String(i)) !== wanted;
        });
        expect({ where, query, wrong }).toEqual({ where, query, wrong: [] });
        found += ids.size;
      }
    }
    expect(found).toBeGreaterThan(FILTERS.length);
  });
});
