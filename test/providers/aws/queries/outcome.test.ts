import { expect, test } from 'vitest';
import { AwsEventName } from '../../../../src/catalog/aws.ts';
import type { Filter } from '../../../../src/filter/filter.ts';
import { matches } from '../../../../src/filter/match.ts';
import type { Outcome } from '../../../../src/model/event.ts';
import { LANGUAGES, recordWith } from './languages.ts';

// The language that can say all of it.
const { compile, decode } = LANGUAGES['Athena SQL'];

const ENDINGS = [
  {},
  { errorCode: 'AccessDenied' },
  { errorMessage: 'failed' },
  { responseElements: { ConsoleLogin: 'Failure' } },
];
const SOURCES = ['secretsmanager.amazonaws.com', 'signin.amazonaws.com'];
const RECORDS = [...Object.values(AwsEventName), 'ConsoleLogin', 'SomethingNew'].flatMap((eventName) =>
  SOURCES.flatMap((eventSource) => ENDINGS.map((ending) => recordWith({ eventSource, eventName, ...ending }))),
);

// What the decoder makes of names and errors is said again for queries, so every combination is compared.
test.each(['success', 'failure', 'pending', 'unknown'] as const satisfies readonly Outcome[])(
  'the outcome %s is the same in queries, whatever the name and the error',
  (outcome) => {
    for (const where of [
      { outcome },
      { not: { outcome } },
      { outcome: { exists: true } },
      { outcome: [outcome, 'failure'] },
    ] as Filter[]) {
      const { passes, exact } = compile(where, { scope: 'all' });
      const wrong = RECORDS.filter((record) => passes(record) !== matches(where, decode(record)));
      expect({ exact, wrong }).toEqual({ exact: true, wrong: [] });
    }
  },
);
