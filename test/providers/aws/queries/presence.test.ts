import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { matches } from '../../../../src/filter/match.ts';
import { LANGUAGES, recordWith } from './languages.ts';

// CloudTrail leaves out what has no value, and writes an empty text for some credentials and principals. Both are missing
// in the event, whatever a cloud's engine takes them for.
const IDENTITIES = [
  undefined,
  {},
  { accessKeyId: '', principalId: '' },
  { accessKeyId: 'AKIA', principalId: 'AIDA' },
  { accessKeyId: 'ASIA', principalId: '', onBehalfOf: { userId: 'u-1' } },
  { accessKeyId: '', onBehalfOf: { userId: 'u-1' } },
  { arn: 'arn:aws:iam::123456789012:root', principalId: '' },
];
const RECORDS = IDENTITIES.flatMap((userIdentity) =>
  [{}, { errorCode: 'AccessDenied' }].map((facts) => recordWith(userIdentity ? { ...facts, userIdentity } : facts)),
);
const CONDITIONS = [
  { exists: true },
  { exists: false },
  '',
  [''],
  ['', 'AKIA'],
  'AKIA',
  'u-1',
  'AccessDenied',
  { startsWith: '' },
  { endsWith: 'A' },
  { contains: 'I' },
];

describe.each(Object.entries(LANGUAGES))('%s', (_, { compile, decode }) => {
  test.each(['actor.credential', 'actor.id', 'error.code'] as const)('takes an empty %s for a missing one', (field) => {
    for (const condition of CONDITIONS) {
      for (const where of [{ [field]: condition }, { not: { [field]: condition } }] as Filter[]) {
        const { passes, exact } = compile(where, {});
        for (const record of RECORDS) {
          const wanted = matches(where, decode(record));
          if (wanted || exact) expect([where, record, passes(record)]).toEqual([where, record, wanted]);
        }
      }
    }
  });
});
