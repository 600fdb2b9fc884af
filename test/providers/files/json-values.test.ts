import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WHOLE_BYTES } from '../../../src/providers/files/element-cutter.ts';
import { MAX_DEPTH } from '../../../src/providers/files/json-scanner.ts';
import { Pattern } from '../../../src/providers/files/pattern.ts';
import { isFlaw } from '../../../src/providers/files/piece.ts';
import { cut, told } from './support/cutting.ts';

const CHUNKS = [1, 2, 3, 7, 64, 64 * 1024];
/** Makes an object too large to be given whole. */
const PAD = 'x'.repeat(WHOLE_BYTES);

describe('what comes out', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['nothing', '', []],
    ['white space', ' \r\n\t\n', []],
    ['an object', '{"a":1}', [{ a: 1 }]],
    ['an object over lines', '{\n "a": [1,\n 2]\n}\n', [{ a: [1, 2] }]],
    ['an array', '[{"a":1}, {"a":2} ,3, "x", null, [4], -1.5e3]', [{ a: 1 }, { a: 2 }, 3, 'x', null, [4], -1500]],
    ['an empty array', ' [ ] ', []],
    ['a text', '"{\\"a\\":1}"', ['{"a":1}']],
    ['lines', '{"a":1}\n{"a":2}\r\n\n{"a":3}', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ['values in one line', '{"a":1}{"a":2} {"a":3}\t[4]', [{ a: 1 }, { a: 2 }, { a: 3 }, 4]],
    ['values over lines', '{\n"a":1}\n{\n"a":2\n}', [{ a: 1 }, { a: 2 }]],
    ['commas between values', '{"a":1},\n{"a":2},\n', [{ a: 1 }, { a: 2 }]],
    ['escapes at every place', '{"\\"\\\\":"\\\\\\"","b":"\\u00e9\\\\"}', [{ '"\\': '\\"', b: 'é\\' }]],
    ['brackets in texts', '["}]{[", {"]":"["}]', ['}]{[', { ']': '[' }]],
    ['a small container, whole', '{"x":1,"Records":[{"a":1},{"a":2}]}', [{ x: 1, Records: [{ a: 1 }, { a: 2 }] }]],
    [
      'server-sent events',
      ': ok\nevent: x\nid: 3\ndata: {"a":1}\n\n: ok\ndata:{"a":2}\nretry: 9\ndata:\n:',
      [{ a: 1 }, { a: 2 }],
    ],
    [
      'a time before the record',
      '2026-05-01T10:00:00Z stdout F {"a":1}\n2026-05-01 10:00:00 {"a":2}',
      [{ a: 1 }, { a: 2 }],
    ],
    [
      'base64 of gzip',
      'H4sIAAAAAAAAA6vmAgAvyFBmAwAAAA==\r\nH4sIAA==',
      ['H4sIAAAAAAAAA6vmAgAvyFBmAwAAAA==', 'H4sIAA=='],
    ],
  ])('%s', (_, text, values) => {
    for (const chunk of CHUNKS) expect(told(cut(text, chunk))).toEqual(values);
  });

  test('a large object gives the elements of its record arrays, wherever they stand', () => {
    const large = JSON.stringify(
      { pad: PAD, Records: [{ a: 1 }, { a: 2 }], more: { Records: [{ b: 1 }] }, Events: [{ a: 3 }], end: 1 },
      null,
      1,
    );
    for (const chunk of [7, 1000, 64 * 1024]) expect(told(cut(large, chunk))).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  test('elements before the bound are not lost when the object grows beyond it', () => {
    const large = JSON.stringify({ Records: [{ a: 1 }, { a: 2 }], pad: PAD });
    for (const chunk of [7, 1000, 1 << 20]) expect(told(cut(large, chunk))).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('a member with the name of a record array that holds no objects leaves its object whole', () => {
    for (const events of [['x', 'y'], 5, {}, [], [[1]]]) {
      const record = { events, pad: PAD, eventName: 'x' };
      expect(told(cut(JSON.stringify(record)))).toEqual([record]);
    }
  });

  test('a record array deeper in a large record is left alone', () => {
    const record = { detail: { Records: [{ a: 1 }] }, list: [{ Records: [{ a: 1 }] }], pad: PAD };
    expect(told(cut(JSON.stringify(record), 1000))).toEqual([record]);
  });

  test('a small container brings its elements with their lines', () => {
    const [piece] = cut('\n{"Records": [\n {"a":1},\n\n {"a":\n2} ]}', 3);
    expect(piece).toMatchObject({
      line: 2,
      elements: [
        { text: '{"a":1}', line: 3 },
        { text: '{"a":\n2}', line: 5 },
      ],
    });
  });
});

describe('random documents give what JSON.parse gives', () => {
  const containers = fc.record(
    {
      before: fc.jsonValue({ maxDepth: 2 }),
      Records: fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 })), {
        maxLength: 6,
      }),
      Events: fc.jsonValue({ maxDepth: 3 }),
      after: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: ['Records'] },
  );
  const documents = fc.oneof(
    containers,
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.array(fc.jsonValue({ maxDepth: 3 })),
  );
  const chunks = fc.constantFrom(1, 2, 5, 13, 64, 1 << 16);
  const indents = fc.constantFrom(undefined, 0, 1, 4, '\t');

  test('one by one', () => {
    fc.assert(
      fc.property(documents, indents, chunks, (document, indent, chunk) => {
        const text = JSON.stringify(document, null, indent);
        const expected = JSON.parse(text);
        expect(told(cut(text, chunk))).toEqual(Array.isArray(expected) ? expected : [expected]);
      }),
      { numRuns: 400 },
    );
  });

  test('as lines', () => {
    const objects = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), { minLength: 1 });
    fc.assert(
      fc.property(objects, chunks, fc.constantFrom('\n', '\r\n'), (list, chunk, end) => {
        const text = list.map((value) => JSON.stringify(value)).join(end);
        expect(told(cut(text, chunk))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  test('with keys and texts escaped in every way', () => {
    const escaped = (text: string) =>
      [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', ']', ',') })),
        chunks,
        (list, chunk) => {
          const text = `[${list.map((item) => `{"${escaped(item)}":"${escaped(item)}"}`).join()}]`;
          expect(told(cut(text, chunk))).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  test('large containers, cut', () => {
    const elements = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 2 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(elements, indents, fc.boolean(), fc.constantFrom(11, 999, 1 << 16), (list, indent, first, chunk) => {
        const text = JSON.stringify(first ? { Records: list, pad: PAD } : { pad: PAD, Records: list }, null, indent);
        expect(told(cut(text, chunk))).toEqual(JSON.parse(text).Records);
      }),
      { numRuns: 60 },
    );
  });
});

test('a pattern is found wherever it is, over any border', () => {
  const bytes = fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(bytes, fc.array(fc.constantFrom(1, 2), { maxLength: 60 }), (pattern, text) => {
      const finder = new Pattern(Buffer.from(pattern));
      const end = Buffer.from(text).indexOf(Buffer.from(pattern));
      expect(text.findIndex((byte) => finder.feed(byte))).toBe(end === -1 ? -1 : end + pattern.length - 1);
    }),
    { numRuns: 1000 },
  );
});

describe('what is broken costs itself and is named', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['a line cut short', '{"a":1}\n{"a":\n{"a":3}', [{ a: 1 }, 'not-json in line 2', { a: 3 }]],
    ['a line with an open text', '{"a":1}\n{"a":"x\n{"a":3}', [{ a: 1 }, 'not-json in line 2', { a: 3 }]],
    [
      'a line with an open text that ends in a backslash',
      '{"a":1}\n{"a":"x\\\n{"a":3}',
      [{ a: 1 }, 'not-json in line 2', { a: 3 }],
    ],
    ['a line of words', '{"a":1}\nhello there\n{"a":3}', [{ a: 1 }, 'not-json in line 2', { a: 3 }]],
    ['a line of words with a bracket', '{"a":1}\nsee {"a":2}\n{"a":3}', [{ a: 1 }, 'not-json in line 2', { a: 3 }]],
    ['words behind a value', '{"a":1}\n{"a":2} x\n{"a":3}', [{ a: 1 }, { a: 2 }, 'not-json in line 2', { a: 3 }]],
    ['a value that JSON.parse refuses', '{"a":1}\n{"a":tru}\n{"a":3}', [{ a: 1 }, 'no JSON in line 2', { a: 3 }]],
    ['a bracket that was never opened', '{"a":1}\n}\n{"a":3}', [{ a: 1 }, 'not-json in line 2', { a: 3 }]],
    ['the first line, cut short', '{"a":1,"b\n{"a":2}\n{"a":3}', ['not-json in line 1', { a: 2 }, { a: 3 }]],
    [
      'the first line, cut short behind a comma',
      '{"a":1,\n{"a":2}\n{"a":3}',
      ['not-json in line 1', { a: 2 }, { a: 3 }],
    ],
    ['the first line, words', 'hello\n{"a":2}\n{"a":3}', ['not-json in line 1', { a: 2 }, { a: 3 }]],
    ['the last line, cut short', '{"a":1}\n{"a":2}\n{"a":', [{ a: 1 }, { a: 2 }, 'truncated in line 3']],
    ['a document, cut short', '{\n"a":1,\n"b":', ['truncated in line 1']],
    ['an array, cut short', '[{"a":1},\n{"a":2},\n{"a":', [{ a: 1 }, { a: 2 }, 'truncated in line 3']],
    ['a container, cut short', '{"Records":[{"a":1},\n{"a":2},\n{"a":', [{ a: 1 }, { a: 2 }, 'truncated in line 3']],
    ['an element with a lost quote', '[{"a":1},{"a":"x,"b":2},{"a":3}]', [{ a: 1 }, 'not-json in line 1', { a: 3 }]],
    [
      'an element with a lost bracket',
      '[{"a":1},{"a":{"b":2},\n{"a":3},\n{"a":4}]',
      [{ a: 1 }, 'not-json in line 1', { a: 3 }, { a: 4 }],
    ],
    [
      'an element with a bare line end in a text',
      '{"Records":[\n{"a":1},\n{"a":"x\ny"},\n{"a":3}\n]}',
      [{ a: 1 }, 'not-json in line 3', { a: 3 }],
    ],
    ['two elements without a comma', '[{"a":1}{"a":2},{"a":3}]', [{ a: 1 }, 'not-json in line 1', { a: 2 }, { a: 3 }]],
    [
      'a document, then another',
      '{\n"a": 1 2,\n"b": 3\n}\n{"a":2}\n{"a":3}',
      ['not-json in line 1', { a: 2 }, { a: 3 }],
    ],
  ])('%s', (_, text, values) => {
    for (const chunk of CHUNKS) expect(told(cut(text, chunk))).toEqual(values);
  });

  test('a broken element of a large pretty-printed file does not take the rest with it', () => {
    const list = Array.from({ length: 300 }, (_, i) => ({ id: i, pad: 'y'.repeat(500), inner: { id: i } }));
    const text = JSON.stringify({ Records: list }, null, 2);
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.includes('"id": 150'));
    lines[at] = '      "id": 150",';
    for (const chunk of [100, 1 << 16]) {
      const out = told(cut(lines.join('\n'), chunk)) as { id: number }[];
      expect(out.filter((value) => typeof value === 'string')).toEqual([`not-json in line ${at}`]);
      expect(out.filter((value) => typeof value === 'object').map(({ id }) => id)).toEqual(
        list.map(({ id }) => id).filter((id) => id !== 150),
      );
    }
  });

  test('a value over the bound is passed over, as an element, as a line and as a whole', () => {
    const big = JSON.stringify({ a: 'x'.repeat(2000) });
    for (const chunk of [1, 100, 1 << 16]) {
      expect(told(cut(`[{"a":1},\n${big},{"a":3}]`, chunk, 1000))).toEqual([{ a: 1 }, 'too-large in line 2', { a: 3 }]);
      expect(told(cut(`{"a":1}\n${big}\n{"a":3}`, chunk, 1000))).toEqual([{ a: 1 }, 'too-large in line 2', { a: 3 }]);
      expect(told(cut(`{"Records":[{"a":1},${big},\n{"a":3}]}`, chunk, 1000))).toEqual([
        { a: 1 },
        'too-large in line 1',
        { a: 3 },
      ]);
      expect(told(cut(`H4sI${'A'.repeat(2000)}\n{"a":3}`, chunk, 1000))).toEqual(['too-large in line 1', { a: 3 }]);
    }
    expect(told(cut(big, 10, 2008))).toEqual([JSON.parse(big)]);
    expect(told(cut(big, 10, 2007))).toEqual(['too-large in line 1']);
  });

  test('a large member before the records does not hide them', () => {
    const text = `{"a":"${'x'.repeat(5000)}","Records":[{"a":1}]}`;
    for (const chunk of [1, 100, 1 << 16]) expect(told(cut(text, chunk, 1000))).toEqual([{ a: 1 }]);
  });

  test('nesting has a bound', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(cut(nested(MAX_DEPTH)).some(isFlaw)).toBe(false);
    expect(told(cut(nested(MAX_DEPTH + 1)))).toEqual(['too-deep in line 1']);
    expect(told(cut(`{"a":1}\n${nested(9999)}\n{"a":3}`, 100))).toEqual([{ a: 1 }, 'too-deep in line 2', { a: 3 }]);
  });

  // Eight times 4 MB; a reader that looks at bytes again and again would need hours, and runs into the timeout.
  test('garbage takes time in proportion to its size', { timeout: 60_000 }, () => {
    const kinds = [
      '{"Records":[{"a":',
      '{"a":"\n',
      '[{"a":{"a":{"a"',
      '{"Records":[{"a":1}]}}',
      '[',
      '"',
      'H4sI',
      '2026-01-01 {',
    ];
    for (const kind of kinds) {
      const pieces = cut(kind.repeat(4_000_000 / kind.length), 1 << 16, 4096);
      expect(pieces.length).toBeGreaterThan(0);
    }
  });
});
