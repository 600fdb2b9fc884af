import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, type Language } from '../../src/filter/compile.ts';
import { type Condition, treeOf } from '../../src/filter/condition.ts';
import type { Filter } from '../../src/filter/filter.ts';
import { matches, test as meets, type Predicate } from '../../src/filter/match.ts';
import { AuditError } from '../../src/model/error.ts';
import { FIELDS, type FieldValue } from '../../src/model/field.ts';
import { auditEvent, filter } from '../support/arbitraries.ts';

const asked: string[] = [];

/** Says names and codes, in words; `action` is everything, `severity` nothing, `denied` is widened. */
const WORDS: Language<string> = {
  leaf(condition, negated) {
    asked.push(`${negated ? 'not ' : ''}${condition.field}`);
    const query = `${negated ? '!' : ''}${condition.field}${'values' in condition ? `=${condition.values.join()}` : ''}`;
    switch (condition.field) {
      case 'name':
      case 'error.code':
        return { reach: { query }, exact: true };
      case 'denied':
        return { reach: { query: 'maybe' }, exact: false };
      case 'action':
        return { reach: negated ? 'nothing' : 'everything', exact: true };
      case 'severity':
        return { reach: negated ? 'everything' : 'nothing', exact: true };
      default:
        return undefined;
    }
  },
  all: (parts) => (parts.length > 3 ? undefined : `(${parts.join(' & ')})`),
  any: (parts) => (parts.length > 3 ? undefined : `(${parts.join(' | ')})`),
};

const said = (where: Filter, language = WORDS) => {
  const { reach, widened } = compile(treeOf(where), language);
  return [typeof reach === 'object' ? reach.query : reach, ...widened];
};

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((code) => ({ 'error.code': code })) as [Filter, Filter, Filter, Filter];
const unsaid: Filter = { 'actor.name': { startsWith: 'ci-' } };

describe('the fold', () => {
  test.each([
    [{}, ['everything']],
    [{ any: [] }, ['nothing']],
    [a, ['error.code=a']],
    [{ all: [a] }, ['error.code=a']],
    [{ name: 'x', ...a }, ['(name=x & error.code=a)']],
    [{ any: [a, b] }, ['(error.code=a | error.code=b)']],
    [{ not: { any: [a, { not: b }] } }, ['(!error.code=a & error.code=b)']],
    [{ not: { all: [a, { not: { any: [b, c] } }] } }, ['(!error.code=a | error.code=b | error.code=c)']],
    // What is always so falls away, and what never is decides.
    [{ action: 'secret.read', ...a }, ['error.code=a']],
    [{ severity: 'x', ...a }, ['nothing']],
    [{ any: [{ severity: 'x' }, a] }, ['error.code=a']],
    [{ any: [{ action: 'secret.read' }, a] }, ['everything']],
    [{ not: { action: 'secret.read' } }, ['nothing']],
    // What cannot be said is everything: one of several is dropped, and an alternative takes all of them with it.
    [unsaid, ['everything', 'actor.name startsWith "ci-"']],
    [{ ...a, ...unsaid }, ['error.code=a', 'actor.name startsWith "ci-"']],
    [{ ...a, not: unsaid }, ['error.code=a', 'not actor.name startsWith "ci-"']],
    [{ any: [a, unsaid] }, ['everything', 'any of (error.code = "a", actor.name startsWith "ci-")']],
    [
      { name: 'x', any: [a, { all: [b, unsaid] }] },
      ['(name=x & (error.code=a | error.code=b))', 'actor.name startsWith "ci-"'],
    ],
    [{ not: { ...a, ...unsaid } }, ['everything', 'any of (not error.code = "a", not actor.name startsWith "ci-")']],
    // Where the rest decides, nothing was widened.
    [{ severity: 'x', ...unsaid }, ['nothing']],
    [{ any: [{ action: 'secret.read' }, unsaid] }, ['everything']],
    [{ denied: true }, ['maybe', 'denied = true']],
    [{ any: [{ denied: true }, { denied: true }] }, ['(maybe | maybe)', 'denied = true']],
    // Beyond a limit parts are given up, the last first; alternatives cannot be.
    [{ all: [a, b, c, d] }, ['(error.code=a & error.code=b & error.code=c)', 'error.code = "d"']],
    [
      { all: [a, { all: [b, { not: { not: { all: [c, d] } } }] }] },
      ['(error.code=a & error.code=b & error.code=c)', 'error.code = "d"'],
    ],
    [
      { any: [a, b, c, d] },
      ['everything', 'any of (error.code = "a", error.code = "b", error.code = "c", error.code = "d")'],
    ],
  ] as readonly (readonly [Filter, readonly string[]])[])('%j', (where, expected) => {
    expect(said(where)).toEqual(expected);
  });

  test('asks for each condition once, as it stands under `not`', () => {
    asked.length = 0;
    compile(treeOf({ name: 'x', not: { any: [a, { not: { denied: true } }] } }), WORDS);
    expect(asked).toEqual(['name', 'not error.code', 'denied']);
  });

  test('gives up what is worth least, the last of equals', () => {
    const worth = (part: string) => (part.startsWith('name') ? 2 : 1);
    expect(said({ all: [a, b, c, { name: 'x' }] }, { ...WORDS, worth })).toEqual([
      '(error.code=a & error.code=b & name=x)',
      'error.code = "c"',
    ]);
    const single: Language<string> = { ...WORDS, all: () => undefined, worth };
    expect(said({ all: [a, b, { name: 'x' }] }, single)).toEqual(['name=x', 'error.code = "a"', 'error.code = "b"']);
  });

  test.each([
    [{ 'actor.role': 'x' }, 'actor.role = "x"'],
    [{ 'actor.role': ['x', 'y'] }, 'actor.role in ["x", "y"]'],
    [{ 'actor.role': ['a', 'b', 'c', 'd', 'e'] }, 'actor.role in ["a", "b", "c", 2 more]'],
    [{ 'actor.role': [] }, 'actor.role in []'],
    [{ 'actor.role': { endsWith: 'a"b\n' } }, 'actor.role endsWith "a\\"b\\n"'],
    [{ 'actor.role': { exists: false } }, 'not actor.role exists'],
    [{ readOnly: false }, 'readOnly = false'],
    [{ time: { gte: '2026-11-20T00:00:00Z' } }, 'time gte 2026-11-20T00:00:00.000Z'],
    [{ not: { time: '2026-11-20T00:00:00Z' } }, 'not time is 2026-11-20T00:00:00.000Z'],
    [{ not: { any: [{ not: { 'actor.role': 'x' } }, unsaid] } }, 'actor.role = "x"'],
    [
      { any: [a, { ...unsaid, source: 'x' }] },
      'any of (error.code = "a", all of (actor.name startsWith "ci-", source = "x"))',
    ],
  ] as readonly (readonly [Filter, string])[])('says in words what it widened: %j', (where, words) => {
    expect(said(where)[1]).toBe(words);
  });

  test('refuses to widen where exactness is asked for', () => {
    const asking = (where: Filter) => () => compile(treeOf(where), WORDS, { exact: true });
    expect(asking({ ...a, ...unsaid, denied: true })).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringContaining('actor.name startsWith "ci-"; denied = true') as string,
      }),
    );
    expect(asking({ ...a, ...unsaid, denied: true })).toThrow(AuditError);
    expect(asking({ ...a, severity: 'x', ...unsaid })()).toEqual({ reach: 'nothing', exact: true, widened: [] });
  });
});

test('a language that fails at random still lets through what the filter does, and is exact where it says so', () => {
  /** Decides by the text of what it is asked, so that the same question has the same answer. */
  const whim = (seed: number, text: string) =>
    [...text].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) | 0, seed) % 5;
  const language = (seed: number): Language<Predicate> => ({
    leaf(condition, negated) {
      const exactly: Predicate = (event) => holds(condition, FIELDS[condition.field].of(event)) !== negated;
      switch (whim(seed, JSON.stringify([condition, negated]))) {
        case 0:
          return undefined;
        case 1:
          return { reach: { query: (event) => exactly(event) || event.name.length % 2 === 0 }, exact: false };
        default:
          return { reach: { query: exactly }, exact: true };
      }
    },
    all: (parts) =>
      whim(seed, `all${parts.length}`) === 0 ? undefined : (event) => parts.every((part) => part(event)),
    any: (parts) => (whim(seed, `any${parts.length}`) === 0 ? undefined : (event) => parts.some((part) => part(event))),
    worth: () => seed % 3,
  });
  let exactOnes = 0;
  fc.assert(
    fc.property(filter(), fc.nat(), fc.array(auditEvent(), { minLength: 8, maxLength: 8 }), (where, seed, events) => {
      const { reach, exact } = compile(treeOf(where), language(seed));
      const passes: Predicate = typeof reach === 'object' ? reach.query : () => reach === 'everything';
      if (exact) exactOnes++;
      for (const event of events) {
        const wanted = matches(where, event);
        if (wanted || exact) expect(passes(event)).toBe(wanted);
      }
    }),
    { numRuns: 2000 },
  );
  expect(exactOnes).toBeGreaterThan(200);
});

function holds(condition: Condition, value: FieldValue | readonly FieldValue[] | undefined): boolean {
  if (value === undefined) return false;
  const values = Array.isArray(value) ? value : [value];
  return values.some(meets(condition));
}
