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

describe('JSON patterns: values, arrays, null, flags', () => {
  table(
    {
      eventType: 'UpdateTrail',
      sourceIPAddress: '111.111.111.111',
      arrayKey: ['value', 'another value'],
      objectList: [
        { name: 'a', id: 1 },
        { name: 'b', id: 2 },
      ],
      SomeObject: null,
      ThisFlag: true,
      ThatFlag: false,
      'cluster.name': 'c',
    },
    {
      '{ $.eventType = "UpdateTrail" }': true,
      '{ $.eventType = UpdateTrail }': true,
      '{$.eventType=UpdateTrail}': true,
      '{ $.eventType = "updateTrail" }': false,
      '{ $.eventType = "NoSuchName" }': false,
      '{ $.eventType != "NoSuchName" }': true,
      '{ $.eventType != UpdateTrail }': false,
      '{ $.sourceIPAddress != 123.123.* }': true,
      '{ $.sourceIPAddress = 111.111.* }': true,
      '{ $.sourceIPAddress = 111.111.111.111 }': true,
      '{ $.sourceIPAddress = *.111 }': true,
      '{ $.sourceIPAddress = "*.111.*" }': true,
      '{ $.arrayKey[0] = "value" }': true,
      '{ $.arrayKey[1] = "value" }': false,
      '{ $.arrayKey[2] = "value" }': false,
      '{ $.arrayKey = "value" }': false,
      '{ $.arrayKey != "value" }': false,
      '{ $.eventType[0] = "U" }': false,
      '{ $.arrayKey[*] = %val.{2}% }': true,
      '{ $.arrayKey[*] = "another value" }': true,
      '{ $.arrayKey[*] = "none" }': false,
      '{ $.objectList[1].id = 2 }': true,
      '{ $.objectList[0].id = 2 }': false,
      '{ $.objectList[*].name = b }': true,
      '{ $.objectList = 1 }': false,
      '{ $.objectList != 1 }': false,
      '{ $.eventType = %Trail% }': true,
      '{ $.eventType = %^Trail% }': false,
      '{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }': true,
      '{ $.* = "none" }': false,
      '{ $.[\'cluster.name\'] = "c" }': true,
      '{ $.cluster.name = "c" }': false,
      '{ $.SomeObject IS NULL }': true,
      '{ $.eventType IS NULL }': false,
      '{ $.SomeOtherObject IS NULL }': false,
      '{ $.SomeOtherObject NOT EXISTS }': true,
      '{ $.SomeObject NOT EXISTS }': false,
      '{ $.objectList[0].other NOT EXISTS }': true,
      '{ $.ThisFlag IS TRUE }': true,
      '{ $.ThisFlag IS FALSE }': false,
      '{ $.ThatFlag IS FALSE }': true,
      '{ $.eventType IS TRUE }': false,
      // Values are texts and numbers; nothing else is compared.
      '{ $.ThisFlag = true }': false,
      '{ $.ThisFlag != true }': false,
      '{ $.SomeObject = * }': false,
      '{ $.eventType = * }': true,
      '{ $.eventType = "*" }': true,
      '{ $.missing = * }': false,
      '{ $.missing != "x" }': false,
    },
  );

  it('!= on a missing field follows the option', () => {
    expect(matches('{ $.missing != "x" }', { a: 1 }, true)).toBe(true);
    expect(matches('{ $.a != 1 }', { a: 1 }, true)).toBe(false);
    expect(matches('{ $.list != "x" }', { list: [] }, true)).toBe(false);
  });

  it('does not see what a record inherits', () => {
    expect(matches('{ $.constructor NOT EXISTS }', {})).toBe(true);
    expect(matches('{ $.toString.name = "toString" }', {})).toBe(false);
  });

  it('does not match what is no JSON object', () => {
    for (const message of ['plain words', '"text"', '5', 'null', '{"cut":']) {
      expect(matches('{ $.a NOT EXISTS }', message), message).toBe(false);
    }
  });
});

describe('JSON patterns: numbers', () => {
  table(
    { latency: 500, errorCode: 400, number: [1000], small: 0.001, text: '123', negative: -4, decimal: 55.5 },
    {
      '{ $.latency >= 500 }': true,
      '{ $.latency > 500 }': false,
      '{ $.latency < 50 }': false,
      '{ $.latency <= 500 }': true,
      '{ $.latency > +100 }': true,
      '{ $.errorCode = 400}': true,
      '{ $.errorCode = 400.0 }': true,
      '{ $.errorCode != 500 }': true,
      '{ $.errorCode != 400 }': false,
      '{ $.errorCode = 4* }': true,
      '{ $.errorCode = 5* }': false,
      '{ $.errorCode = "400" }': true,
      '{ $.errorCode = "400.0" }': false,
      '{ $.number[0] = 1e+3 }': true,
      '{ $.number[0] != 1e-3 }': true,
      '{ $.number[0] < 10e3 }': true,
      '{ $.small = 1e-3 }': true,
      '{ $.negative = -4 }': true,
      '{ $.negative < 0 }': true,
      '{ $.decimal <= 55.5 }': true,
      // A text is in no order, and equals a number's text.
      '{ $.text > 1 }': false,
      '{ $.text < 999 }': false,
      '{ $.text = 123 }': true,
      '{ $.text != 111 }': true,
      '{ $.missing > 1 }': false,
    },
  );
});

describe('JSON patterns: and, or, parentheses', () => {
  table(
    {
      user: { id: 1, email: 'John.Stiles@example.com' },
      users: [
        { id: 2, email: 'John.Doe@example.com' },
        { id: 3, email: 'Jane.Doe@example.com' },
      ],
      actions: ['GET', 'PUT', 'DELETE'],
      coordinates: [
        [0, 1, 2],
        [4, 5, 6],
        [7, 8, 9],
      ],
    },
    {
      '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }': true,
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }': true,
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }': false,
      '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }': false,
      '{ $.coordinates[1][2] = 6 && ($.user.id = 9 || $.user.id = 1) }': true,
      '{ (($.user.id = 1)) }': true,
    },
  );
});

describe('JSON patterns: wildcards and quoting', () => {
  table(
    { put: 'PutEvent', id: 'EventId', star: 'Ev*ent', quote: 'error "message"', slash: 'a\\b', empty: '' },
    {
      '{ $.put = *Event }': true,
      '{ $.id = Event* }': true,
      '{ $.put = "*tEv*" }': true,
      '{ $.put = "Put*nt" }': false,
      // In the middle it is itself.
      '{ $.star = Ev*ent }': true,
      '{ $.put = P*t }': false,
      '{ $.quote = "error \\"message\\"" }': true,
      '{ $.slash = "a\\\\b" }': true,
      '{ $.empty = "" }': true,
      '{ $.empty = "*" }': true,
      '{ $.put = "" }': false,
    },
  );

  it('finds the access to a secret that is marked for deletion, whatever the apostrophe', () => {
    const pattern =
      '{ $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }';
    const record = (apostrophe: string) => ({
      eventName: 'GetSecretValue',
      errorMessage: `You can${apostrophe}t perform this operation on the secret because it was marked for deletion.`,
    });
    expect(matches(pattern, record("'"))).toBe(true);
    expect(matches(pattern, record('\u2019'))).toBe(true);
    expect(matches(pattern, { ...record("'"), eventName: 'PutSecretValue' })).toBe(false);
  });
});
