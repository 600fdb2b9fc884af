import { describe, expect, test } from 'vitest';
import { readEventPattern } from './event-pattern.ts';
import { readFilterPattern } from './filter-pattern.ts';
import { readInsights } from './insights.ts';
import { lookedUpBy } from './lookup-attribute.ts';
import { readSql } from './sql.ts';
import { every, opposite, some, type Verdict } from './verdict.ts';

// An evaluator that lets everything through would hide a broken compiler, so each is tried on what the documentation
// says of its language: the meaning of each operator, and what is refused or left open.

test('three values: what is open stays open unless the rest decides', () => {
  const all: Verdict[] = [true, false, undefined];
  expect(all.map(opposite)).toEqual([false, true, undefined]);
  expect([every([]), every([true, undefined]), every([false, undefined])]).toEqual([true, undefined, false]);
  expect([some([]), some([true, undefined]), some([false, undefined])]).toEqual([false, true, undefined]);
});

describe('filter patterns', () => {
  const record = {
    type: 'UpdateTrail',
    ip: '198.51.100.7',
    list: ['one', 'two'],
    objects: [{ id: 1 }, { id: 2, name: 'b' }],
    gone: null,
    flag: true,
    size: 75,
    empty: '',
    'dotted.key': 'c',
    star: 'a*b',
    quote: 'say "hi" \\ bye',
  };

  test.each([
    ['', true],
    ['{ $.type = "UpdateTrail" }', true],
    ['{ $.type = UpdateTrail }', true],
    ['{ $.type = "updatetrail" }', false],
    ['{ $.type != "UpdateTrail" }', false],
    ['{ $.ip != 203.0.113.* }', true],
    ['{ $.ip = "198.51.*" }', true],
    ['{ $.type = "*Trail" }', true],
    ['{ $.type = "*date*" }', true],
    ['{ $.type = "Up*Trail" }', false],
    ['{ $.star = "a*b" }', true],
    ['{ $.type = "*" }', true],
    ['{ $.missing = "*" }', false],
    ['{ $.list[0] = "one" }', true],
    ['{ $.list[*] = "two" }', true],
    ['{ $.list[*] = "three" }', false],
    ['{ $.objects[1].id = 2 }', true],
    ['{ $.objects[*].name = "b" }', true],
    ['{ $.[\'dotted.key\'] = "c" }', true],
    ['{ $.gone IS NULL }', true],
    ['{ $.missing IS NULL }', false],
    ['{ $.flag IS TRUE }', true],
    ['{ $.flag IS FALSE }', false],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.gone NOT EXISTS }', false],
    ['{ $.size >= 75 && $.size < 7.6e1 }', true],
    ['{ $.size = 75 }', true],
    ['{ $.size > +75 }', false],
    ['{ $.type = %^Up.{4}% }', true],
    ['{ $.type = %\\x55pd% }', true],
    ['{ $.type = %^pdate% }', false],
    ['{ $.quote = "say \\"hi\\" \\\\ bye" }', true],
    // A list or an object is no value: neither = nor != holds.
    ['{ $.list = "one" }', false],
    ['{ $.list != "one" }', false],
    // && before ||, parentheses before both.
    ['{ $.type = "UpdateTrail" || $.size = 1 && $.size = 2 }', true],
    ['{ ($.type = "UpdateTrail" || $.size = 1) && $.size = 2 }', false],
    // Not documented.
    ['{ $.missing != "x" }', undefined],
    ['{ $.gone != "x" }', undefined],
    ['{ $.empty = "*" }', undefined],
    ['{ $.size = "75" }', undefined],
    ['{ $.missing != "x" || $.missing NOT EXISTS }', true],
  ] as const)('%s', (pattern, expected) => {
    expect(readFilterPattern(pattern)(record)).toBe(expected);
  });

  test.each([
    ['{ $.a = "b" ', /\} expected at 11/],
    ['{ $.a == "b" }', /value expected/],
    ['{ $.a = b c }', /\} expected/],
    ['{ $.a EXISTS }', /operator expected/],
    ['{ $.a IN ("b") }', /operator expected/],
    ['{ a = "b" }', /selector expected/],
    ['{ $.a > "b" }', /takes a number/],
    ['{ $.a = %(b)% }', /unsupported regular expression/],
    ['{ $.a = %ä% }', /unsupported regular expression/],
    ['{ $.a[*].b[*] = "c" }', /2 wildcards in/],
    ['{ $.a = "b*" || $.a = "*c" || $.a = "*d*" || $.e = "f*" }', /4 wildcards/],
    ['{ $.a = %b% || $.a = %c% || $.a = %d% }', /3 regular expressions/],
  ])('refuses %s', (pattern, message) => {
    expect(() => readFilterPattern(pattern)).toThrow(message);
  });

  test('takes 1,024 characters and no more', () => {
    const of = (length: number) => `{ $.a = "${'b'.repeat(length - 12)}" }`;
    expect(readFilterPattern(of(1024))({ a: 'b'.repeat(1012) })).toBe(true);
    expect(() => readFilterPattern(of(1025))).toThrow(/1025 characters/);
  });
});

describe('event patterns', () => {
  const event = {
    source: 'aws.ec2',
    'detail-type': 'Change',
    resources: ['arn:1', 'arn:2'],
    detail: {
      state: 'running',
      count: 5,
      empty: '',
      gone: null,
      flag: false,
      parts: [
        { a: 'x', b: '1' },
        { a: 'y', b: '2' },
      ],
    },
  };

  test.each([
    [{ source: ['aws.ec2', 'aws.s3'] }, true],
    [{ source: ['AWS.EC2'] }, false],
    [{ resources: ['arn:2', 'arn:3'] }, true],
    [{ detail: { state: ['running'] }, source: ['aws.s3'] }, false],
    [{ detail: { state: [{ prefix: 'run' }] } }, true],
    [{ detail: { state: [{ suffix: 'ing' }] } }, true],
    [{ detail: { state: [{ wildcard: 'r*n*g' }] } }, true],
    [{ detail: { state: [{ wildcard: 'r\\*g' }] } }, false],
    [{ detail: { state: [{ 'equals-ignore-case': 'RUNNING' }] } }, true],
    [{ detail: { state: [{ 'anything-but': 'stopped' }] } }, true],
    [{ detail: { state: [{ 'anything-but': ['stopped', 'running'] }] } }, false],
    [{ detail: { state: [{ 'anything-but': { prefix: 'run' } }] } }, false],
    [{ detail: { missing: [{ 'anything-but': 'x' }] } }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
    [{ detail: { missing: { deeper: [{ exists: false }] } } }, true],
    [{ detail: { state: [{ exists: true }] } }, true],
    // Not a leaf.
    [{ detail: [{ exists: true }] }, false],
    [{ detail: { empty: [''] } }, true],
    [{ detail: { empty: [null] } }, false],
    [{ detail: { gone: [null] } }, true],
    [{ detail: { flag: [false] } }, true],
    [{ $or: [{ source: ['aws.s3'] }, { detail: { state: ['running'] } }] }, true],
    [{ detail: { $or: [{ state: ['stopped'] }, { empty: ['x'] }] } }, false],
    // One element of a list must match as a whole.
    [{ detail: { parts: { a: ['x'], b: ['1'] } } }, true],
    [{ detail: { parts: { a: ['x'], b: ['2'] } } }, false],
    [{ detail: { gone: [{ 'anything-but': ['x'] }] } }, undefined],
  ] as const)('%j', (pattern, expected) => {
    expect(readEventPattern(pattern)(event)).toBe(expected);
  });

  test.each([
    [{}],
    [{ a: [] }],
    [{ a: 'b' }],
    [{ a: [{ like: 'b' }] }],
    [{ a: [{ prefix: '' }] }],
    [{ a: [{ wildcard: 'a**b' }] }],
    [{ a: [{ wildcard: 'a\\b' }] }],
    [{ a: [{ 'anything-but': [] }] }],
    [{ $or: [{ a: ['b'] }] }],
    [Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`k${i}`, { $or: [{ a: ['b'] }, { c: ['d'] }] }]))],
  ])('refuses %j', (pattern) => {
    expect(() => readEventPattern(pattern)).toThrow(SyntaxError);
  });

  test('takes 2,048 characters and no more', () => {
    const of = (length: number) => ({ a: ['b'.repeat(length - 10)] });
    expect(readEventPattern(of(2048))({ a: 'b'.repeat(2038) })).toBe(true);
    expect(() => readEventPattern(of(2049))).toThrow(/2049 characters/);
  });
});

describe('Insights', () => {
  const record = { name: 'GetSecretValue', deep: { text: 'a/b.c' }, list: [{ id: 'one' }], flag: true, gone: null };
  const matches = (condition: string) =>
    readInsights(`fields @timestamp, @message | filter ${condition} | sort @timestamp desc | limit 1`).matches(record);

  test.each([
    ['name = "GetSecretValue"', true],
    ['name != "GetSecretValue"', false],
    ['name in ["ListSecrets", "GetSecretValue"]', true],
    ['name not in ["ListSecrets"]', true],
    ['name like "Secret"', true],
    ['name like /^Get/', true],
    ['name not like /^Get/', false],
    ['name =~ /Value$/', true],
    ['deep.text like /a\\/b\\.c/', true],
    ['deep.text like /a\\x2fb/', true],
    ['list.0.id = "one"', true],
    ['list.1.id = "one"', false],
    ['ispresent(name) and not ispresent(missing)', true],
    ['not (name = "x" or name = "GetSecretValue")', false],
    ['name = "x" or name = "GetSecretValue" and missing = "y"', false],
    ['@message like /GetSecretValue/', true],
    ['missing = "x"', false],
    ['missing != "x"', undefined],
    ['flag = "true"', undefined],
    ['ispresent(gone)', undefined],
  ] as const)('%s', (condition, expected) => {
    expect(matches(condition)).toBe(expected);
  });

  test.each(['name == "x"', 'name = "a\\"b"', 'name in []', 'name = x', '(name = "x"', 'name like /[/'])(
    'refuses %s',
    (condition) => {
      expect(() => matches(condition)).toThrow(SyntaxError);
    },
  );
});

describe('SQL', () => {
  const record = {
    eventName: 'GetSecretValue',
    readOnly: true,
    userIdentity: { type: 'IAMUser' },
    requestParameters: { secretId: 'prod/db', secretIdList: ['a', 'b'], nested: { x: 'y' } },
    responseElements: null,
    resources: [{ ARN: 'arn:1' }, { ARN: 'arn:2' }],
  };
  const matches = (where: string, ...values: string[]) =>
    readSql(`SELECT * FROM "t" WHERE ${where} ORDER BY eventtime DESC`, values)(record);

  test.each([
    ['eventname = ?', ['GetSecretValue'], true],
    ['eventname <> ?', ['GetSecretValue'], false],
    ["eventname = 'GetSecretValue'", [], true],
    ['eventname IN (?, ?)', ['x', 'GetSecretValue'], true],
    ['eventname NOT IN (?)', ['x'], true],
    ["eventname LIKE ? ESCAPE '\\'", ['Get%'], true],
    ["eventname LIKE ? ESCAPE '\\'", ['Get\\%'], false],
    ["eventname LIKE ? ESCAPE '\\'", ['GetSecretValu_'], true],
    ['readonly = ?', ['true'], true],
    ['useridentity.type = ?', ['IAMUser'], true],
    ["json_extract_scalar(requestparameters, '$.secretId') = ?", ['prod/db'], true],
    ["json_extract_scalar(requestparameters, '$.nested') IS NULL", [], true],
    ["json_extract_scalar(responseelements, '$.arn') IS NULL", [], true],
    ['any_match(resources, e -> e.arn = ?)', ['arn:2'], true],
    [
      "any_match(TRY_CAST(json_extract(requestparameters, '$.secretIdList') AS array(varchar)), e -> e = ?)",
      ['b'],
      true,
    ],
    // NULL is neither equal nor unequal, nor is the opposite of such a comparison true.
    ['errorcode <> ?', ['x'], false],
    ['NOT (errorcode = ?)', ['x'], false],
    ['errorcode NOT IN (?)', ['x'], false],
    ['errorcode IS NULL OR errorcode <> ?', ['x'], true],
    ['false OR eventname >= ?', ['A'], true],
  ] as const)('%s', (where, values, expected) => {
    expect(matches(where, ...values)).toBe(expected);
  });

  test.each([
    ['nosuchcolumn = ?', ['x'], /no column/],
    ['useridentity.sessioncontext.sourceidentity = ?', ['x'], /no column/],
    ['eventname = ?', [], /without a parameter/],
    ['eventname = ?', ['a', 'b'], /without a placeholder/],
    ["eventname LIKE ? ESCAPE '\\'", ['a\\b'], /an escape of/],
    ['eventname = = ?', ['a'], /expected/],
  ] as const)('refuses %s', (where, values, message) => {
    expect(() => matches(where, ...values)).toThrow(message);
  });
});

test('lookup attributes are exact, and only those of which enough is known', () => {
  const passes = lookedUpBy({ AttributeKey: 'EventName', AttributeValue: 'GetSecretValue' });
  expect([passes({ eventName: 'GetSecretValue' }), passes({ eventName: 'getsecretvalue' })]).toEqual([true, false]);
  expect(lookedUpBy(undefined)({})).toBe(true);
  expect(() => lookedUpBy({ AttributeKey: 'Username', AttributeValue: 'alice' })).toThrow(/nothing certain/);
  expect(() => lookedUpBy({ AttributeKey: 'EventId', AttributeValue: '' })).toThrow(/0 characters/);
});
