import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/model/json-text.ts';
import { compileFilterPattern } from '../../../src/testing/aws/filter-pattern.ts';

function matches(pattern: string, message: unknown, missingFieldNotEqual = false): boolean {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return compileFilterPattern(pattern, { missingFieldNotEqual }).matches({ message: text, json: parseJson(text) });
}

/** One message, and for each pattern whether it matches. */
function table(message: unknown, cases: Record<string, boolean>): void {
  for (const [pattern, expected] of Object.entries(cases)) {
    it(`${pattern} ${expected ? 'matches' : 'does not match'}`, () => expect(matches(pattern, message)).toBe(expected));
  }
}

describe('regular expressions', () => {
  const cases: [string, string, boolean][] = [
    ['%^[hc]at%', 'hat', true],
    ['%^[hc]at%', 'what', false],
    ['%[hc]at$%', 'hats', false],
    ['%colou?r%', 'color', true],
    ['%a{3,5}%', 'aa', false],
    ['%a{3,5}%', 'aaaa', true],
    ['%^a{,2}b%', 'aab', true],
    ['%^starting|^initializing|^shutting down%', 'shutting down', true],
    ['%^starting|^initializing|^shutting down%', 'skipping initializing', false],
    ['%\\[.\\]%', '[7]', true],
    ['%10\\.10\\.0\\.1%', '10010,051', false],
    ['%10.10.0.1%', '10010,051', true],
    ['%ab[0-9]*%', 'ab129', true],
    ['%ab+c%', 'ac', false],
    ['%\\d%', 'x5', true],
    ['%\\D%', '55', false],
    ['%\\s\\S\\w\\W%', ' x_-', true],
    ['%\\x3A%', 'a:b', true],
    ['%\\x28%', '(', true],
    ['%AUTHORIZED%', '[ERROR 401] UNAUTHORIZED REQUEST', true],
  ];
  for (const [pattern, message, expected] of cases) {
    it(`${pattern} on ${message}`, () => expect(matches(pattern, message)).toBe(expected));
  }
});

describe('terms', () => {
  const messages = [
    '[ERROR 400] BAD REQUEST',
    '[ERROR 401] UNAUTHORIZED REQUEST',
    '[ERROR 419] MISSING ARGUMENTS',
    '[ERROR 420] INVALID ARGUMENTS',
    '[ERROR 500] INTERNAL SERVER ERROR',
    '[INFO] REQUEST FAILED',
  ];
  const cases: Record<string, number[]> = {
    ERROR: [0, 1, 2, 3, 4],
    error: [],
    'ERROR ARGUMENTS': [2, 3],
    '?ERROR ?FAILED': [0, 1, 2, 3, 4, 5],
    '?BAD ?FAILED': [0, 5],
    // Beside other terms, those with a question mark do nothing.
    '?ERROR ?ARGUMENTS REQUEST': [0, 1, 5],
    '"INTERNAL SERVER ERROR"': [4],
    '"SERVER INTERNAL"': [],
    'ERROR -ARGUMENTS': [0, 1, 4],
    '-ERROR': [5],
    'ERROR -"BAD REQUEST" -ARGUMENTS': [1, 4],
    '"[ERROR 4"': [0, 1, 2, 3],
    AUTHORIZED: [1],
    '': [0, 1, 2, 3, 4, 5],
    '" "': [0, 1, 2, 3, 4, 5],
    '""': [0, 1, 2, 3, 4, 5],
    NoSuchWord: [],
  };
  for (const [pattern, expected] of Object.entries(cases)) {
    it(pattern === '' ? 'nothing' : pattern, () => {
      const found = messages.flatMap((message, index) => (matches(pattern, message) ? [index] : []));
      expect(found).toEqual(expected);
    });
  }

  it('are looked for in the text of JSON as well', () => {
    expect(matches('GetSecretValue -DeleteSecret', { eventName: 'GetSecretValue' })).toBe(true);
    expect(matches('"\\"eventName\\":\\"GetSecretValue\\""', { eventName: 'GetSecretValue' })).toBe(true);
  });
});

describe('space-delimited patterns', () => {
  const access = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';
  table(access, {
    '[ip, user, username, timestamp, request, status_code, bytes]': true,
    '[ip, user, username]': true,
    '[ip, user, username, timestamp, request, status_code, bytes, more]': false,
    '[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]': true,
    '[..., request =*.html*, status_code = 4*, bytes]': true,
    '[..., request =*.png*, status_code = 4*, bytes]': false,
    '[..., status_code = 404 || status_code = 410, bytes]': true,
    '[..., status_code = 4* && status_code != 404, bytes]': false,
    '[..., bytes > 1000]': true,
    '[..., bytes < 1000]': false,
    '[ip, user, ..., bytes >= 1534]': true,
    '[ip, ...]': true,
    '[]': true,
    '[ip = "127.0.0.1", ...]': true,
    '[ip = %^1{1,2}27%, ...]': true,
  });
  table('ERROR 09/25/2014 12:00:02 Failed to process request', {
    '[w1=ERROR, w2]': true,
    '[w1=ERROR || w1=WARNING, w2]': true,
    '[w1!=ERROR && w1!=WARNING, w2]': false,
    '[w1=INFO, w2]': false,
  });
  table('INFO 09/25/2014 12:00:00 GET /service/resource/67 1200', {
    '[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]': true,
    '[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, response_time]': false,
  });
});

describe('what is no pattern', () => {
  const invalid: Record<string, string> = {
    'an open brace': '{ $.a = 1',
    'nothing in braces': '{}',
    'text behind the brace': '{ $.a = 1 } x',
    'no selector': '{ eventName = "x" }',
    'the root alone': '{ $ = "x" }',
    'no operator': '{ $.a "x" }',
    'no value': '{ $.a = }',
    'a double equals sign': '{ $.a == "x" }',
    'words that are not quoted': '{ $.errorMessage = Failed authentication }',
    'a hyphen that is not quoted': '{ $.awsRegion = us-east-1 }',
    'an address that is not quoted': '{ $.arn = arn:aws:iam }',
    'an escaped quote where a value should be': '{ $.a = \\"x\\" }',
    'a quote that is not closed': '{ $.a = "x }',
    'a regex that is not closed': '{ $.a = %x }',
    IN: '{ $.a IN ["x"] }',
    'IS NOT': '{ $.a IS NOT NULL }',
    EXISTS: '{ $.a EXISTS }',
    'NOT before a condition': '{ NOT ($.a = 1) }',
    'a single ampersand': '{ $.a = 1 & $.b = 2 }',
    'an open parenthesis': '{ ($.a = 1 }',
    'order of a word': '{ $.a > abc }',
    'order of a quoted number': '{ $.a >= "123" }',
    'two wildcards in a selector': '{ $.a[*].b[*] = 1 }',
    'four wildcards in all': '{ $.a[*] = 1 && $.b[*] = 1 && $.c[*] = 1 && $.d[*] = 1 }',
    'three regexes': '{ $.a = %x% || $.b = %y% || $.c = %z% }',
    'a regex with an exclamation mark': '{ $.a = %something!% }',
    'a regex with parentheses': '%(a|b)%',
    'a regex of more than one byte a character': '%\u00e9%',
    'a regex with a backreference': '%a\\1%',
    'a regex that is none': '%[a%',
    'an empty regex': '%%',
    'a term that is not quoted': 'us-east-1',
    'a phrase that is not closed': '"ERROR',
    'an open bracket': '[a, b',
    'two ellipses': '[..., a, ...]',
    'a condition on two fields': '[a = 1 && b = 2]',
    'a long pattern': `"${'x'.repeat(1023)}"`,
  };
  for (const [name, pattern] of Object.entries(invalid)) {
    it(name, () => {
      const compile = () => compileFilterPattern(pattern, { missingFieldNotEqual: false });
      expect(compile).toThrow(/^Invalid filter pattern/);
      expect(compile).toThrow(expect.objectContaining({ code: 'InvalidParameterException', status: 400 }));
    });
  }

  it('is told with the place', () => {
    expect(() => matches('{ $.eventName = "a" && eventSource = "b" }', {})).toThrow('at character 24: a selector');
  });

  it('begins behind the limits', () => {
    expect(matches(`"${'x'.repeat(1022)}"`, 'x'.repeat(1022))).toBe(true);
    expect(matches('{ $.a[*] = 1 && $.b[*] = 1 && $.c[*] = 1 }', { a: [1], b: [1], c: [1] })).toBe(true);
    expect(matches('{ $.a = %x% && $.b = %y% }', { a: 'x', b: 'y' })).toBe(true);
  });
});
