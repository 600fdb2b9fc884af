import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagOf, isAddress, member, textOf } from '../../src/model/record.ts';

describe('isAddress', () => {
  test.each([
    '192.0.2.1',
    '0.0.0.0',
    '255.255.255.255',
    '2001:db8::1',
    '2001:DB8:0:0:0:0:0:1',
    '::',
    '::1',
    'fe80::',
    '1:2:3:4:5:6:7::',
    '::ffff:192.0.2.1',
  ])('%s is one', (text) => {
    expect(isAddress(text)).toBe(true);
  });

  test.each([
    '',
    '256.0.0.1',
    '192.0.2',
    '172.01.01.001',
    '192.0.2.1.',
    'secretsmanager.amazonaws.com',
    'AWS Internal',
    '12:34:56',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:6:7',
    '12345::',
    '::1 ',
    '::256.0.0.1',
    '192.0.2.1:443',
    'dead:beef',
  ])('%s is none', (text) => {
    expect(isAddress(text)).toBe(false);
  });

  test('agrees with node:net', () => {
    const part = fc.constantFrom('0', '1', '255', '256', '01', 'ab', 'ffff', '12345', '', ':', '::', '.', '192.0.2.1');
    const near = fc
      .array(part, { maxLength: 12 })
      .chain((parts) => fc.constantFrom(':', '.', '').map((separator) => parts.join(separator)));
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), near), (text) => {
        expect(isAddress(text)).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('reading members', () => {
  const inherited = Object.create({ name: 'inherited' }) as object;

  test.each([
    ['name', inherited],
    ['toString', {}],
    ['constructor', {}],
    ['length', ['a']],
    ['length', 'text'],
  ])('%s of what does not own it is missing', (key, value) => {
    expect(member(value, key)).toBeUndefined();
  });

  test('a key named __proto__ is a key like others', () => {
    expect(textOf(JSON.parse('{"__proto__":"x"}'), '__proto__')).toBe('x');
  });

  test.each([
    [true, true],
    [false, false],
    ['true', true],
    ['False', false],
    ['yes', undefined],
    ['', undefined],
    [1, undefined],
    [null, undefined],
  ])('the flag %j is %s', (value, flag) => {
    expect(flagOf({ value }, 'value')).toBe(flag);
  });
});
