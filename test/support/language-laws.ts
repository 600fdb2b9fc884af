/** What every query language is held to, whatever its words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/filter/filter.ts';
import { matches } from '../../src/filter/match.ts';
import { AuditError } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../../src/model/field.ts';
import { inScope } from '../../src/source/scope.ts';
import type { Scope } from '../../src/source/source.ts';
import { filter, NASTY, type Words } from './arbitraries.ts';
import type { Verdict } from './evaluators/verdict.ts';

/** Filters that people write. Each language says what it makes of each. */
export const CASES = {
  everything: {},
  'one name': { name: 'DeleteSecret' },
  'a name that other services have': { name: 'TagResource' },
  'pending deletion': {
    name: 'GetSecretValue',
    'error.message': { contains: 'secret because it was marked for deletion' },
  },
  'an action': { action: 'secret.read' },
  'failed reads': { action: 'secret.read', outcome: 'failure' },
  'refused calls': { denied: true },
  'not by rotation': { action: 'secret.write', not: { 'actor.type': 'AWSService' } },
  'a person': { 'actor.name': 'alice' },
  'workloads by prefix': { 'origin.agent': { startsWith: 'aws-cli/' } },
  'an access key': { 'actor.credential': 'AKIAIOSFODNN7EXAMPLE' },
  'a secret': { 'secret.id': 'prod/db' },
  'an address': { 'origin.ip': ['192.0.2.1', 'lambda.amazonaws.com'] },
  'either of two': { any: [{ name: 'DeleteSecret' }, { 'error.code': 'AccessDeniedException' }] },
  'neither of two': { not: { any: [{ name: 'DeleteSecret' }, { 'error.code': 'AccessDeniedException' }] } },
  'writes only': { readOnly: false },
  'service events': { kind: 'service' },
  'a window': { time: { gte: '2026-11-20T00:00:00Z', lt: '2026-11-21T00:00:00Z' } },
  'another cloud': { provider: 'ibm', action: 'secret.read' },
  'quotes and stars': { 'error.code': ['say "hi"', 'C:\\temp', "it's", '50%', '*'] },
} as const satisfies Readonly<Record<string, Filter>>;

/** One of {@link CASES}. */
export type CaseName = keyof typeof CASES;

/** A query, as far as the laws look at it. */
interface Compiled<R> {
  readonly exact: boolean;
  readonly widened: readonly string[];
  readonly nothing: boolean;
  /** What somebody sends to the cloud; compared with {@link LanguageUnderTest.golden}. */
  readonly text: unknown;
  /** Evaluates the query over a record; throws if the cloud would refuse it. */
  readonly passes: (record: R) => Verdict;
}

/** What a language is expected to say of a case. */
export interface Expected {
  readonly text: unknown;
  readonly exact: boolean;
  readonly widened: readonly string[];
}

export const exactly = (text: unknown): Expected => ({ text, exact: true, widened: [] });
export const widely = (text: unknown, ...widened: readonly string[]): Expected => ({ text, exact: false, widened });

/** A language with all that its laws need. */
export interface LanguageUnderTest<R> {
  readonly compile: (filter: Filter, options: { readonly scope?: Scope; readonly exact?: boolean }) => Compiled<R>;
  readonly records: fc.Arbitrary<R>;
  readonly decode: (record: R) => AuditEvent;
  /** A record of a failed call with this message, or without one. */
  readonly withMessage: (message: string | undefined) => R;
  /** The fields that its filters may name; those that no record of this provider has are worth a try too. */
  readonly fields?: readonly FieldName[];
  /** What the values in its filters are drawn from; those of CloudTrail by default. */
  readonly words?: Words;
  /** Filters that no event of its cloud can pass, beside the one that nothing passes. */
  readonly elsewhere: readonly Filter[];
  /** The text for each case, so that a new case is an error until every language has answered it. */
  readonly golden: Readonly<Record<CaseName, Expected>>;
}

const SCOPES = fc.constantFrom<Scope>('secrets', 'all');
const RECORDS = 12;

/** Declares the laws of one language. */
export function languageLaws<R>(name: string, language: LanguageUnderTest<R>): void {
  const { compile, decode, records, golden, withMessage, elsewhere, fields = FIELD_NAMES } = language;
  const filters = filter(fields, language.words);
  const wanted = (where: Filter, event: AuditEvent, scope: Scope) => inScope(event, scope) && matches(where, event);
  const sample = fc.array(records, { minLength: RECORDS, maxLength: RECORDS });

  describe(`${name}: laws of a query language`, () => {
    test.each(Object.keys(CASES) as CaseName[])('says the expected of %s', (key) => {
      const { text, exact, widened } = compile(CASES[key], {});
      expect({ text, exact, widened }).toEqual(golden[key]);
    });

    test('lets through every record whose event the filter lets through', () => {
      fc.assert(
        fc.property(filters, SCOPES, sample, (where, scope, some) => {
          const { passes, nothing } = compile(where, { scope });
          for (const record of some) {
            if (!wanted(where, decode(record), scope)) continue;
            expect(passes(record)).toBe(true);
            expect(nothing).toBe(false);
          }
        }),
        RUNS,
      );
    });

    test('lets nothing else through where it says that it is exact', () => {
      fc.assert(
        fc.property(filters, SCOPES, sample, (where, scope, some) => {
          const { passes, exact } = compile(where, { scope });
          if (!exact) return;
          for (const record of some) expect(passes(record)).toBe(wanted(where, decode(record), scope));
        }),
        RUNS,
      );
    });

    test('finds a record by each value of its event, and by each piece of one', () => {
      fc.assert(
        fc.property(records, SCOPES, (record, scope) => {
          const event = decode(record);
          fc.pre(inScope(event, scope));
          const missed = filtersOf(event, fields).filter((where) => compile(where, { scope }).passes(record) !== true);
          expect(missed).toEqual([]);
        }),
        { numRuns: RUNS.numRuns / 5 },
      );
    });

    test('tells what it widened, and refuses to where exactness is asked for', () => {
      fc.assert(
        fc.property(filters, SCOPES, (where, scope) => {
          const { exact, widened } = compile(where, { scope });
          expect(widened.length === 0).toBe(exact);
          let error: unknown;
          try {
            compile(where, { scope, exact: true });
          } catch (thrown) {
            error = thrown;
          }
          expect(AuditError.is(error) && error.code).toBe(exact ? false : 'unsupported');
        }),
        RUNS,
      );
    });

    test.each(['in', 'startsWith', 'endsWith', 'contains'] as const)('keeps every text of %s literal', (op) => {
      const others = [...NASTY, ...NASTY.map((text) => `x${text}y`), 'xay', 'ab', 'a', ''].map(withMessage);
      const events = others.map((record) => [record, decode(record)] as const);
      const wrong: unknown[] = [];
      for (const text of NASTY) {
        for (const where of [{ [op]: op === 'in' ? [text] : text }, { in: ['never', text] }]) {
          for (const asked of [{ 'error.message': where }, { not: { 'error.message': where } }] as Filter[]) {
            const { passes, exact } = compile(asked, {});
            for (const [record, event] of events) {
              const expected = wanted(asked, event, 'secrets');
              if ((expected || exact) && passes(record) !== expected) wrong.push([asked, event.error?.message]);
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    });

    test('stays legal however long a filter is', () => {
      const words = Array.from({ length: 400 }, (_, i) => `word-${i}*`);
      const long: Filter[] = [
        { 'error.code': words },
        { not: { 'error.code': words } },
        { all: words.map((word) => ({ 'error.message': { contains: word } })) },
        { any: words.map((word) => ({ 'error.message': { contains: word }, 'error.code': word })) },
        { name: 'GetSecretValue', 'error.message': { contains: 'x'.repeat(300_000) } },
        { all: [{ name: 'GetSecretValue' }, { any: words.map((word) => ({ 'actor.id': word })) }] },
      ];
      for (const where of long) {
        const { passes } = compile(where, {});
        expect(typeof passes(withMessage(undefined))).toBe('boolean');
      }
    });

    test('asks for nothing where no event of this cloud can pass', () => {
      for (const where of [...elsewhere, { any: [] }, { service: 'elsewhere' }]) {
        const { nothing, exact, passes } = compile(where, {});
        expect({ nothing, exact, passes: passes(withMessage('x')) }).toEqual({
          nothing: true,
          exact: true,
          passes: false,
        });
      }
    });
  });
}

/** Filters that an event passes, made of its own values. */
function filtersOf(event: AuditEvent, fields: readonly FieldName[]): Filter[] {
  return fields.flatMap((field) => {
    const found = FIELDS[field].of(event);
    const values = found === undefined ? [] : Array.isArray(found) ? found : [found];
    const conditions = values.flatMap((value): unknown[] => {
      if (typeof value !== 'string') return [{ is: value }, { exists: true }];
      const [start, end] = [Math.floor(value.length / 3), Math.ceil((2 * value.length) / 3)];
      return [
        value,
        ['', value],
        { exists: true },
        { startsWith: value.slice(0, end) },
        { endsWith: value.slice(start) },
        { contains: value.slice(start, end) },
      ];
    });
    return conditions.map((condition) => ({ [field]: condition }) as Filter);
  });
}

const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 300) };
