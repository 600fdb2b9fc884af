import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/catalog/entry.ts';
import type { Filter } from '../../src/filter/filter.ts';
import { matches, predicateOf } from '../../src/filter/match.ts';
import { AuditError } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { FIELD_NAMES, FIELDS } from '../../src/model/field.ts';
import { auditEvent, filter, NASTY } from '../support/arbitraries.ts';

const EVENT: AuditEvent = {
  provider: 'aws',
  id: 'e1',
  service: 'secretsmanager.amazonaws.com',
  name: 'GetSecretValue',
  action: 'secret.read',
  kind: 'api',
  time: new Date('2026-11-20T12:00:00Z'),
  outcome: 'failure',
  denied: true,
  error: { code: 'AccessDenied' },
  readOnly: true,
  actor: { name: 'ci-deploy' },
  secret: { id: 'arn:1', name: 'prod/db' },
  origin: { ip: '192.0.2.1' },
  source: 'decoded',
  raw: {},
};

describe('one condition', () => {
  test.each([
    [{}, true],
    [{ name: 'GetSecretValue' }, true],
    [{ name: 'getsecretvalue' }, false],
    [{ name: ['ListSecrets', 'GetSecretValue'] }, true],
    [{ name: [] }, false],
    [{ name: { is: 'GetSecretValue' } }, true],
    [{ name: { in: ['GetSecretValue'] } }, true],
    [{ name: { startsWith: 'Get' } }, true],
    [{ name: { startsWith: 'Secret' } }, false],
    [{ name: { endsWith: 'Value' } }, true],
    [{ name: { contains: 'Secret' } }, true],
    [{ name: { startsWith: '' } }, true],
    [{ name: { startsWith: 'Get', endsWith: 'Name' } }, false],
    [{ denied: true }, true],
    [{ denied: { is: false } }, false],
    [{ time: '2026-11-20T12:00:00Z' }, true],
    [{ time: new Date('2026-11-20T12:00:00.000Z') }, true],
    [{ time: { is: '2026-11-20T13:00:00+01:00' } }, true],
    [{ time: { gt: '2026-11-20T12:00:00Z' } }, false],
    [{ time: { gte: '2026-11-20T12:00:00Z' } }, true],
    [{ time: { lt: '2026-11-20T12:00:00Z' } }, false],
    [{ time: { lte: '2026-11-20T12:00:00Z' } }, true],
    [{ time: { gte: '2026-11-20T11:00:00Z', lt: '2026-11-20T12:00:00.001Z' } }, true],
    [{ time: { exists: true } }, true],
    // A field that the event has not meets no condition, and the opposite of every one.
    [{ 'error.message': '' }, false],
    [{ 'error.message': { startsWith: '' } }, false],
    [{ 'error.message': { exists: true } }, false],
    [{ 'error.message': { exists: false } }, true],
    [{ not: { 'error.message': 'x' } }, true],
    [{ severity: { exists: false } }, true],
    // What only IBM's rebuilt events have is false for all others, not missing.
    [{ derived: false }, true],
    [{ derived: { exists: true } }, true],
  ] as readonly (readonly [Filter, boolean])[])('%j', (where, expected) => {
    expect(matches(where, EVENT)).toBe(expected);
  });

  test('an event of several secrets has a field where any of them does', () => {
    const many = {
      ...EVENT,
      secrets: [
        { id: 'arn:1', name: 'prod/db' },
        { id: 'arn:2', version: 'v2' },
      ],
    };
    expect(matches({ 'secret.id': 'arn:2' }, many)).toBe(true);
    expect(matches({ 'secret.id': 'arn:2', 'secret.name': 'prod/db' }, many)).toBe(true);
    expect(matches({ 'secret.version': { exists: true } }, many)).toBe(true);
    expect(matches({ not: { 'secret.id': 'arn:2' } }, many)).toBe(false);
    expect(matches({ 'secret.group': { exists: true } }, many)).toBe(false);
  });

  test.each(NASTY)('texts stand for themselves: %j', (text) => {
    const event = { ...EVENT, error: { code: text, message: `x${text}y` } };
    expect(matches({ 'error.code': text, 'error.message': { contains: text } }, event)).toBe(true);
    expect(matches({ 'error.message': text }, event)).toBe(false);
    expect(matches({ 'error.code': { startsWith: `x${text}` } }, event)).toBe(false);
  });
});

describe('lists of conditions', () => {
  const yes: Filter = { name: 'GetSecretValue' };
  const no: Filter = { name: 'ListSecrets' };

  test.each([
    [{ all: [] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [] }, false],
    [{ any: [no, yes] }, true],
    [{ not: no }, true],
    [{ not: {} }, false],
    [{ not: { not: yes } }, true],
    [{ ...yes, any: [no] }, false],
    [{ ...yes, all: [yes], any: [yes, no], not: no }, true],
    [{ not: { name: 'GetSecretValue', denied: false } }, true],
  ] as readonly (readonly [Filter, boolean])[])('%j', (where, expected) => {
    expect(matches(where, EVENT)).toBe(expected);
  });

  test('obey the laws of logic, whatever the filter and the event', () => {
    fc.assert(
      fc.property(filter(), filter(), auditEvent(), (a, b, event) => {
        const [isA, isB] = [matches(a, event), matches(b, event)];
        expect(matches({ not: a }, event)).toBe(!isA);
        expect(matches({ all: [a, b] }, event)).toBe(isA && isB);
        expect(matches({ any: [a, b] }, event)).toBe(isA || isB);
        expect(matches({ not: { any: [a, b] } }, event)).toBe(matches({ all: [{ not: a }, { not: b }] }, event));
      }),
    );
  });
});

test('`exists` is what the event has, for every field', () => {
  fc.assert(
    fc.property(auditEvent(), fc.constantFrom(...FIELD_NAMES), (event, field) => {
      const value = FIELDS[field].of(event);
      const has = value !== undefined && !(Array.isArray(value) && value.length === 0);
      expect(matches({ [field]: { exists: true } }, event)).toBe(has);
      expect(matches({ [field]: { exists: false } }, event)).toBe(!has);
    }),
  );
});

test('a filter is read once, and so is one that is no filter', () => {
  let reads = 0;
  const where = {
    get name() {
      reads++;
      return 'GetSecretValue' as const;
    },
  };
  expect([matches(where, EVENT), matches(where, EVENT), predicateOf(where)(EVENT)]).toEqual([true, true, true]);
  expect(reads).toBe(1);
  expect(() => matches({ nme: 'x' } as Filter, EVENT)).toThrow(AuditError);
});

test('without a filter everything passes', () => {
  expect(predicateOf(undefined)(EVENT)).toBe(true);
});

test('every action can be asked for', () => {
  for (const action of ACTIONS) expect(matches({ action }, { ...EVENT, action })).toBe(true);
});
