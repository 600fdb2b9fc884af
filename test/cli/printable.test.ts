import { describe, expect, test } from 'vitest';
import { printable, printableJson, printableLines } from '../../src/cli/printable.ts';

const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
  ['a colour', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
  ['a title change', '\x1b]0;title\x07', '\\x1b]0;title\\x07'],
  ['NUL and backspace', 'a\x00\b\x08b', 'a\\x00\\x08\\x08b'],
  ['line ends and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
  ['DEL', '\x7f', '\\x7f'],
  ['an eight-bit CSI', '\x9b2J', '\\x9b2J'],
  ['the last of C1', '\x9f', '\\x9f'],
  ['a bidi override', 'user\u202egnp.exe', 'user\\u202egnp.exe'],
  ['bidi isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', '\\u2066a\\u2069\\u200e\\u200f\\u061c'],
  ['separators', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
  ['what has no width', 'ad\u200bmin\u200d\u2060\ufeff', 'ad\\u200bmin\\u200d\\u2060\\ufeff'],
  ['a soft hyphen', 'ad\u00admin', 'ad\\xadmin'],
  ['a lone high surrogate', 'a\ud83db', 'a\\ud83db'],
  ['a lone low surrogate', '\udc00', '\\udc00'],
  ['a tag', '\u{e0041}', '\\u{e0041}'],
];

const untouched = ['', 'plain ASCII ~!"\\', 'Größe', '機密情報', 'ключ', '🔑', '\u00a0', '¡'];

describe('printable', () => {
  test.each(cases)('shows %s', (_, text, shown) => expect(printable(text)).toBe(shown));
  test.each(untouched)('leaves %j as it is', (text) => expect(printable(text)).toBe(text));

  // Written out, so that a mistake in a Unicode property cannot hide in its own test.
  test.each([
    ['C0', 0x00, 0x1f],
    ['DEL and C1', 0x7f, 0x9f],
    ['marks of direction', 0x200b, 0x200f],
    ['separators, embeddings and overrides', 0x2028, 0x202e],
    ['joiners and isolates', 0x2060, 0x2064],
    ['isolates and old controls', 0x2066, 0x206f],
    ['surrogates', 0xd800, 0xdfff],
    ['annotations', 0xfff9, 0xfffb],
    ['tags', 0xe0020, 0xe007f],
  ])('shows all of %s, alone and among letters', (_, from, to) => {
    const wrong: string[] = [];
    for (let code = from; code <= to; code++) {
      const character = String.fromCodePoint(code);
      if (!/^a[ -~]+b$/.test(printable(`a${character}b`)) || !/^[ -~]+$/.test(printable(character)))
        wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

describe('printableLines', () => {
  test('keeps line ends and nothing else', () => {
    expect(printableLines('error: \x1b[2J\r\n(Did you mean x?)\n')).toBe('error: \\x1b[2J\\r\n(Did you mean x?)\n');
  });
});

describe('printableJson', () => {
  test.each([...cases.map(([, text]) => text), ...untouched])('%j means the same and is safe', (text) => {
    const json = printableJson(JSON.stringify({ [text]: [text] }));
    expect(JSON.parse(json)).toEqual({ [text]: [text] });
    expect(json).toBe(printable(json));
  });

  test('a character outside the first plane becomes its two halves', () => {
    expect(printableJson(JSON.stringify('\u{e0041}'))).toBe('"\\udb40\\udc41"');
  });
});
