import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REDACTED, redact } from '../../src/model/redact.ts';

const VALUE = 'hunter2-S3cr3t';

describe('keys', () => {
  test.each([
    'secretString',
    'SecretString',
    'secret_string',
    'SECRET-BINARY',
    'payload',
    'password',
    'Password',
    'masterUserPassword',
    'rdsMasterUserPassword',
    'temporaryPassword',
    'api_key',
    'apiKey',
    'x-api-key',
    'private_key',
    'tls_private_key',
    'privateKeyPassphrase',
    'client_secret',
    'sessionToken',
    'rotationToken',
    'X-Vault-Token',
    'Authorization',
  ])('the value of %s goes, wherever it stands', (key) => {
    const record = { requestParameters: { list: [{ [key]: VALUE }], [key]: VALUE }, [key]: VALUE };
    const { value, paths } = redact(record);
    expect(JSON.stringify(value)).not.toContain(VALUE);
    expect(paths).toEqual([`requestParameters.list[0].${key}`, `requestParameters.${key}`, key]);
    expect(value.requestParameters.list[0]?.[key]).toBe(REDACTED);
  });

  test.each([
    'secretId',
    'passwordLength',
    'passwordPolicy',
    'secretStringHash',
    'clientRequestToken',
    'versionId',
    'kmsKeyId',
    'accessKeyId',
    'nextToken',
    'tokenType',
    'publicKey',
    'apiKeyId',
    'key',
    'secret',
    'name',
    'value',
  ])('the value of %s stays', (key) => {
    const record = { [key]: VALUE };
    expect(redact(record)).toEqual({ value: record, paths: [] });
  });

  test.each([
    ['an object', { a: 1 }],
    ['a list', ['a']],
    ['a number', 123_456],
  ])('%s under such a key goes as a whole', (_, secret) => {
    expect(redact({ secretBinary: secret })).toEqual({ value: { secretBinary: REDACTED }, paths: ['secretBinary'] });
  });

  test.each([
    '',
    '***',
    '****',
    'XXX',
    '[REDACTED]',
    REDACTED,
    '<sensitiveDataRemoved>',
    'sensitiveDataRemoved',
    'HIDDEN_DUE_TO_SECURITY_REASONS',
    'null',
    'true',
    null,
    true,
    [],
    {},
  ])('%j in the place of a secret is none', (harmless) => {
    const record = { password: harmless };
    expect(redact(record).value).toBe(record);
  });

  test.each(['hidden123', 'sensitiveStuff!', '<mySecret>', 'xxxtra', 'redacted?', '*a*', 'trueish'])(
    '%j only looks like a placeholder',
    (secret) => {
      expect(redact({ password: secret }).value).toEqual({ password: REDACTED });
    },
  );

  test.each([
    { name: 'DB_PASSWORD', value: VALUE },
    { Name: 'apiKey', Value: VALUE },
    { key: 'private_key', value: VALUE },
    { parameterKey: 'MasterUserPassword', parameterValue: VALUE },
  ])('the value of a pair that is named so goes: %j', (pair) => {
    const { value, paths } = redact({ environment: [pair, { name: 'STAGE', value: 'prod' }] });
    expect(JSON.stringify(value)).not.toContain(VALUE);
    expect(value.environment[1]).toEqual({ name: 'STAGE', value: 'prod' });
    expect(paths).toHaveLength(1);
  });
});

describe('JSON text', () => {
  const texts = {
    object: JSON.stringify({ user: 'a', password: VALUE }),
    list: JSON.stringify([{ password: VALUE }]),
    'list that starts with a number': JSON.stringify([1, { password: VALUE }]),
    'white space first': `\n  ${JSON.stringify({ password: VALUE }, null, 2)}`,
    'text in text': JSON.stringify({ body: JSON.stringify({ password: VALUE }) }),
    'a JSON string of JSON': JSON.stringify(JSON.stringify({ password: VALUE })),
    'a byte order mark first': `\ufeff${JSON.stringify({ password: VALUE })}`,
    'cut short after the value': JSON.stringify({ password: VALUE, b: 1 }).slice(0, -2),
    'cut short in the value': JSON.stringify({ a: 1, password: VALUE }).slice(0, -4),
    'cut short in an escape': `{"password":"${VALUE}\\`,
    'with an escaped quotation mark': `{"password": "a\\"${VALUE}", broken`,
  };

  test.each(Object.entries(texts))('%s', (_, text) => {
    const record = { responseElements: text, list: [text] };
    const { value, paths } = redact(record);
    expect(JSON.stringify(value)).not.toContain(VALUE.slice(0, 8));
    expect(value.responseElements).toContain(REDACTED);
    expect(paths.length).toBe(2);
    expect(paths[0]).toMatch(/^responseElements.*password$/);
    expect(record.responseElements).toBe(text);
  });

  test.each([
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] }),
    '[S3Console/0.4, aws-internal/3]',
    '{not json at all}',
    '{"unfinished": "text',
    '[1, 2, 3, 4, 5]',
    '"just a text"',
    'password: not JSON',
  ])('without a finding the very same text stays: %s', (text) => {
    const record = { text, list: [text] };
    expect(redact(record).value).toBe(record);
  });

  test.each([
    [300_000, `{"password":"${REDACTED}"`],
    [10_000_000, REDACTED],
  ])('a broken text of %i escapes breaks nothing', (escapes, text) => {
    expect(redact({ text: `{"password":"${'\\"x'.repeat(escapes)}` }).value.text).toBe(text);
  });
});

describe('copies', () => {
  test('without a finding the very same object comes back', () => {
    const record = { a: { b: [1, 'two', null, { c: true }] } };
    expect(redact(record).value).toBe(record);
  });

  test('only what lies on the way to a finding is copied, and nothing is changed', () => {
    const record = { same: { a: [1] }, list: [{ keep: 1 }, { password: VALUE }], last: 'x' };
    const before = structuredClone(record);
    const { value } = redact(freeze(record));
    expect(record).toEqual(before);
    expect(value).not.toBe(record);
    expect(value.same).toBe(record.same);
    expect(value.list).not.toBe(record.list);
    expect(value.list[0]).toBe(record.list[0]);
    expect(value).toEqual({ ...before, list: [{ keep: 1 }, { password: REDACTED }] });
    expect(Object.keys(value)).toEqual(Object.keys(record));
  });

  test('a second time there is nothing left to do', () => {
    const { value } = redact({ a: [{ apiKey: VALUE }], text: JSON.stringify({ pwd: VALUE }) });
    expect(redact(value).value).toBe(value);
  });

  test('a key named __proto__ is a key like others', () => {
    const record = JSON.parse(
      `{"__proto__":{"password":"${VALUE}","polluted":1},"constructor":{"prototype":{"pwd":"${VALUE}"}}}`,
    ) as object;
    const { value, paths } = redact(record);
    expect(paths).toEqual(['__proto__.password', 'constructor.prototype.pwd']);
    expect(JSON.stringify(value)).toBe(
      `{"__proto__":{"password":"${REDACTED}","polluted":1},"constructor":{"prototype":{"pwd":"${REDACTED}"}}}`,
    );
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('inherited members are not the record', () => {
    const record = Object.assign(Object.create({ password: VALUE }) as object, { a: 1 });
    expect(redact(record).value).toBe(record);
  });
});

describe('depth', () => {
  const deep = (levels: number, open: string, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`;

  test.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])('100,000 levels of %s are cut off', (_, open, close) => {
    const record = JSON.parse(`{"top":${deep(100_000, open, close)}}`) as { top: unknown };
    const { value, paths } = redact(record);
    expect(JSON.stringify(value)).toContain(REDACTED);
    expect(JSON.stringify(value).length).toBeLessThan(1000);
    expect(paths).toHaveLength(1);
    expect(depthOf(record)).toBeGreaterThan(99_000);
  });

  test('100,000 levels in a text are cut off', () => {
    const { value } = redact({ text: deep(100_000, '{"a":', '}') });
    expect(value.text).toContain(REDACTED);
    expect(value.text.length).toBeLessThan(1000);
  });

  test('what no audit record exceeds is kept', () => {
    const record = JSON.parse(deep(40, '{"a":', '}')) as object;
    expect(redact(record).value).toBe(record);
  });
});

test('whatever the JSON: no exception, no change, and idempotent', () => {
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom('password', 'secretString', '__proto__', 'value', 'name', 'constructor'),
  );
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'medium' },
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('{"password":"x', '[{"pwd":1}]'),
      ),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map(Object.fromEntries),
    ),
  })).node;
  fc.assert(
    fc.property(tree, (node) => {
      const record = JSON.parse(JSON.stringify({ node })) as { node: unknown };
      const before = JSON.stringify(record);
      const { value, paths } = redact(record);
      expect(JSON.stringify(record)).toBe(before);
      expect(value === record).toBe(paths.length === 0);
      expect(redact(value).value).toBe(value);
    }),
    { numRuns: 500 },
  );
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

function depthOf(value: unknown): number {
  let depth = 0;
  for (let at: unknown = value; typeof at === 'object' && at !== null; depth++) at = Object.values(at)[0];
  return depth;
}
