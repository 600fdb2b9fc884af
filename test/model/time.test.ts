import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../src/model/error.ts';
import { parseDuration, parseTime, resolveTime } from '../../src/model/time.ts';

describe('parseTime', () => {
  test.each([
    ['2026-11-20T14:30:00Z', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T14:30:00z', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T14:30:00.5Z', '2026-11-20T14:30:00.500Z'],
    ['2026-11-20T14:30:00.123456789Z', '2026-11-20T14:30:00.123Z'],
    ['2026-11-20T14:30:00,25Z', '2026-11-20T14:30:00.250Z'],
    ['2026-11-20T14:30:00+00:00', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T14:30:00.07+0000', '2026-11-20T14:30:00.070Z'],
    ['2026-11-20T14:30:00+05:30', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T14:30:00-0800', '2026-11-20T22:30:00.000Z'],
    ['2026-11-20 14:30:00.000000000', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20 14:30:00', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20 14:30:00Z', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20 14:30:00 +0100', '2026-11-20T13:30:00.000Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
    // A leap second is the next second, at the end of a day too.
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2026-06-30T12:00:60Z', '2026-06-30T12:01:00.000Z'],
  ])('%s', (text, iso) => {
    expect(parseTime(text)?.toISOString()).toBe(iso);
  });

  test.each([
    '',
    'yesterday',
    '2026-11-20',
    '2026-11-20T14:30Z',
    '2026-02-29T00:00:00Z',
    '2026-02-31T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T14:60:00Z',
    '2026-11-20T14:30:61Z',
    '2026-11-20T14:30:00+24:00',
    '2026-11-20T14:30:00+00:60',
    // Two-digit centuries would become 19xx.
    '0026-11-20T14:30:00Z',
    ' 2026-11-20T14:30:00Z',
    '2026-11-20T14:30:00Z\n',
    '2026-11-20T14:30:00Z; DROP',
    '1700000000',
    1_700_000_000,
    null,
    undefined,
    {},
    ['2026-11-20T14:30:00Z'],
  ])('%j is no time', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  test('gives back every time that a Date can write, whatever the notation', () => {
    const years = {
      min: new Date('0100-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        const iso = date.toISOString();
        for (const text of [iso, iso.replace('Z', '+0000'), iso.replace('T', ' ').replace('Z', '')]) {
          expect(parseTime(text)?.getTime()).toBe(date.getTime());
        }
      }),
    );
  });

  test('gives a valid Date or nothing, for any text of its alphabet', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789-:T Z.+'), maxLength: 32 });
    const stamp = fc
      .tuple(
        ...[4, 2, 2, 2, 2, 2].map((digits) =>
          fc.integer({ min: 0, max: 10 ** digits - 1 }).map((n) => String(n).padStart(digits, '0')),
        ),
      )
      .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    fc.assert(
      fc.property(fc.oneof(text, stamp), (input) => {
        const date = parseTime(input);
        if (date === undefined) return;
        expect(Number.isNaN(date.getTime())).toBe(false);
        // Nothing rolls over: day and month are those of the text, but for the second after a leap second.
        if (!input.includes(':60')) expect(date.toISOString().slice(0, 10)).toBe(input.slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseDuration', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['250ms', 250],
    ['1.5h', 5_400_000],
    [' 24 h ', 86_400_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', 'h', '24', '-1h', '1y', '1h30m', '24H'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('resolveTime', () => {
  const now = Date.UTC(2026, 10, 20, 14, 30);

  test.each([
    ['24h', '2026-11-19T14:30:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T14:30Z', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T14:30', '2026-11-20T14:30:00.000Z'],
    ['2026-11-20T14:30+02:00', '2026-11-20T12:30:00.000Z'],
    ['2026-11-20T14:30:15.5Z', '2026-11-20T14:30:15.500Z'],
  ])('%s', (input, iso) => {
    expect(resolveTime(input, 'from', now).toISOString()).toBe(iso);
  });

  test('a Date stays itself', () => {
    const date = new Date(now);
    expect(resolveTime(date, 'from', 0)).toBe(date);
  });

  test.each(['tomorrow', '2026-02-30', '', '99999999999999w', '1e3h'])(
    '%j names the field and the forms that are taken',
    (input) => {
      const call = () => resolveTime(input, 'to', now);
      expect(call).toThrow(/^to: .*(?:24h|7d)/);
      expect(call).toThrow(AuditError);
    },
  );

  test('an invalid Date is refused', () => {
    expect(() => resolveTime(new Date(Number.NaN), 'from', now)).toThrow(/^from: /);
  });
});
