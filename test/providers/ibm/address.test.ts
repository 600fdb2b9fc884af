import { expect, test } from 'vitest';
import { firstAddress } from '../../../src/providers/ibm/address.ts';

test.each<readonly [value: unknown, address: string | undefined]>([
  ['192.0.2.1', '192.0.2.1'],
  [' 192.0.2.1', '192.0.2.1'],
  ['192.0.2.1,198.51.100.2', '192.0.2.1'],
  ['192.0.2.1 , 198.51.100.2', '192.0.2.1'],
  ['unknown, 198.51.100.2', '198.51.100.2'],
  ['192.0.2.1:5678', '192.0.2.1'],
  ['192.0.2.1/24172', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['2001:db8::1/443', '2001:db8::1'],
  [['', 7, '198.51.100.2:1'], '198.51.100.2'],
  ['', undefined],
  ['localhost', undefined],
  ['999.1.1.1', undefined],
  ['[evil]:443', undefined],
  ['192.0.2.1:port', undefined],
  [null, undefined],
  [{ ip: '192.0.2.1' }, undefined],
  [[['192.0.2.1']], undefined],
])('%j is %s', (value, address) => {
  expect(firstAddress(value)).toBe(address);
});

test('a text of any length costs little', () => {
  expect(firstAddress(`${'1.'.repeat(500_000)}x`)).toBeUndefined();
  expect(firstAddress('1'.repeat(1000))).toBeUndefined();
});
