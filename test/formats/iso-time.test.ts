import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from '../../src/formats/iso-time.ts';

test('says what toISOString says', () => {
  const near = fc.integer({ min: -400_000_000, max: 400_000_000 }).map((millis) => new Date(millis));
  fc.assert(
    fc.property(fc.oneof(near, fc.date({ noInvalidDate: true })), (time) => {
      expect(isoTime(time)).toBe(time.toISOString());
    }),
    { numRuns: 3000 },
  );
});

test('refuses what is no time', () => {
  expect(() => isoTime(new Date(Number.NaN))).toThrow(RangeError);
  expect(() => isoTime(new Date(Number.NaN))).toThrow(RangeError);
});
