import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/filter/filter.ts';
import { matches } from '../../src/filter/match.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import { AuditError } from '../../src/model/error.ts';
import { auditEvent, filter } from '../support/arbitraries.ts';

function refusal(input: unknown): string {
  try {
    parseFilter(input);
  } catch (error) {
    if (AuditError.is(error) && error.code === 'invalid-argument') return error.message;
    throw error;
  }
  throw new Error(`taken: ${JSON.stringify(input)}`);
}

test('takes JSON text and values', () => {
  const where: Filter = { action: 'secret.read', 'actor.name': { startsWith: 'ci-' } };
  expect(parseFilter(JSON.stringify(where))).toEqual(where);
  expect(parseFilter(where)).toBe(where);
  expect(parseFilter('{}')).toEqual({});
});

test('a filter means the same before and after it was JSON', () => {
  // Values outside of a closed list are a slip in a filter from outside, so only fields without one are drawn.
  const open = filter(['name', 'time', 'denied', 'error.message', 'actor.name', 'secret.id', 'readOnly']);
  fc.assert(
    fc.property(open, auditEvent(), (where, event) => {
      expect(matches(parseFilter(JSON.stringify(where)), event)).toBe(matches(where, event));
    }),
  );
});

describe('names the place of what is wrong, and the nearest right word', () => {
  test.each([
    ['{', /^where is no JSON: /],
    ['"secret.read"', /^where must be an object such as .*, not "secret\.read"$/],
    [null, /^where must be an object .*, not null$/],
    [[], /^where must be an object .*, not a list$/],
    [new Date(0), /^where must be an object/],
    [undefined, /^where must be an object .*, not undefined$/],
    [{ actoin: 'secret.read' }, /^where has no field "actoin"; did you mean "action"\?$/],
    [{ 'actor.nam': 'x' }, /did you mean "actor\.name"\?$/],
    [{ ANY: [] }, /did you mean "any"\?$/],
    [{ xyzzy: 'x' }, /^where has no field "xyzzy"$/],
    [JSON.parse('{ "__proto__": { "action": "secret.read" } }'), /has no field "__proto__"/],
    [{ constructor: 'x' }, /has no field "constructor"/],
    [{ action: 'secret.reed' }, /^where\.action has no value "secret\.reed"; did you mean "secret\.read"\?$/],
    [{ outcome: 'won' }, /^where\.outcome has no value "won"; it takes success, failure, pending, unknown$/],
    [{ kind: ['api', 'apis'] }, /^where\.kind has no value "apis"; did you mean "api"\?$/],
    [{ not: { provider: 'azure' } }, /^where\.provider has no value "azure"; it takes aws, ibm$/],
    [{ action: 'nothing like it' }, /it takes secret\.read, .* \.\.\.$/],
    [
      { name: { startWith: 'x' } },
      /^where\.name has no operator "startWith"; did you mean "startsWith"\?; it takes is, in,/,
    ],
    [{ denied: { startsWith: 'x' } }, /^where\.denied has no operator "startsWith"; it takes is, exists$/],
    [{ time: { after: '2026-11-20T00:00:00Z' } }, /^where\.time has no operator "after"; it takes is, gt,/],
    [{ name: {} }, /^where\.name is empty; it takes a value or is, in,/],
    [{ name: 1 }, /^where\.name must be a text, not 1$/],
    [{ name: null }, /^where\.name must be a text, not null$/],
    [{ name: ['a', 2] }, /^where\.name\[1\] must be a text, not 2$/],
    [{ name: { in: 'a' } }, /^where\.name\.in must be a list, not "a"$/],
    [{ name: { in: [{}] } }, /^where\.name\.in\[0\] must be a text, not an object$/],
    [{ name: { contains: 7 } }, /^where\.name\.contains must be a text, not 7$/],
    [{ name: { exists: 'yes' } }, /^where\.name\.exists must be true or false, not "yes"$/],
    [{ denied: 'true' }, /^where\.denied must be true or false, not "true"$/],
    [{ denied: [true] }, /^where\.denied takes no list; write \{ "any": \[\.\.\.\] \}$/],
    [{ time: 'yesterday' }, /^where\.time must be a time such as .*, not "yesterday"$/],
    [{ time: { gt: new Date(Number.NaN) } }, /^where\.time\.gt must be a time/],
    [{ time: { lt: '2026-02-31T00:00:00Z' } }, /^where\.time\.lt must be a time/],
    [{ any: {} }, /^where\.any must be a list of filters, not an object$/],
    [{ all: [{}, { any: [{ nam: 'x' }] }] }, /^where\.all\[1\]\.any\[0\] has no field "nam"; did you mean "name"\?$/],
    [{ not: 'x' }, /^where\.not must be an object/],
    [{ name: { is: 'x'.repeat(500), in: 1 } }, /^where\.name\.in must be a list, not 1$/],
    [{ ['x'.repeat(500)]: 1 }, /^where has no field "x{70,}\.\.\.$/],
  ] as readonly (readonly [unknown, RegExp])[])('%j', (input, message) => {
    expect(refusal(input)).toMatch(message);
  });
});

test('takes a member that is undefined for one that is not there', () => {
  const where = { name: undefined, denied: { is: true, exists: undefined } } as unknown;
  expect(matches(parseFilter(where), { denied: true } as never)).toBe(true);
});

test('is not led astray by a filter without end', () => {
  const deep = (levels: number): Filter => (levels === 0 ? {} : { not: deep(levels - 1) });
  expect(parseFilter(deep(32))).toBeTruthy();
  expect(refusal(deep(33))).toMatch(/nested more than 32 levels deep$/);
  const loop: Record<string, unknown> = {};
  loop['not'] = loop;
  expect(refusal(loop)).toMatch(/nested more than 32 levels deep$/);
});
