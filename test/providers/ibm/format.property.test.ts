import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ibmFormat } from '../../../src/providers/ibm/format.ts';
import { assertIbmEvent } from './event-check.ts';
import { fixture } from './fixture.ts';

const FIXTURES = [
  'secret-read',
  'legacy',
  'wrapped',
  'vault-read',
  'export-line',
  'cloud-logs-row',
  'cloud-logs-archive-row',
  'stream-record',
  'notification',
];
// Keys and texts that the decoder looks at, so that chance finds its branches.
const KEYS = [
  'action',
  'eventTime',
  'outcome',
  'reason',
  'reasonCode',
  'reasonType',
  'initiator',
  'host',
  'address',
  'target',
  'id',
  'name',
  'typeURI',
  'message',
  'severity',
  'requestData',
  'responseData',
  'payload',
  'logSourceCRN',
  'meta',
  'userAccountIds',
  '_line',
  '_source',
  '_host',
  'user_data',
  'metadata',
  'labels',
  'result',
  'results',
  'response',
  'lines',
  'value',
  'type',
  'data',
  'secrets',
  'tasks',
  'event_time',
  'query_id',
  'warning',
  'error',
  'errors',
  'code',
  'trace',
  'src_obj__user_data',
  'src_obj__event_metadata',
  '__proto__',
  'constructor',
];
const TEXTS = [
  'secrets-manager.secret.read',
  'secrets-manager.data.a',
  '2026-01-02T03:04:05.67+0000',
  'failure',
  'Unauthorized',
  '401',
  'normal',
  'critical',
  'crn:v1:bluemix:public:secrets-manager:us-south:a/acc:i:secret:s',
  'secrets-manager/kv/data/a',
  'Secrets Manager: read kv/data/a success',
  'kv/data/a',
  'com.ibm.cloud.secrets-manager.secret_created',
  '192.0.2.1:80',
  'SecretsManager',
  'ibm-audit-event',
  '{"action":"secrets-manager.secret.read","outcome":"success","eventTime":"2026-01-02T03:04:05Z"}',
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string());
const { value, object } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, text, fc.constant(null), fc.integer(), fc.boolean(), tie('object'), tie('array')),
  array: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('value')), { maxLength: 8 })
    .map(asJson),
}));

function asJson(pairs: readonly (readonly [string, unknown])[]): unknown {
  // Through text, as records come: so __proto__ is an own key.
  const members = pairs.map(([key, inner]) => `${JSON.stringify(key)}:${JSON.stringify(inner)}`);
  return JSON.parse(`{${members.join(',')}}`);
}

function check(json: unknown): number {
  const readings = ibmFormat.read(json as never, 'somewhere') ?? [];
  for (const reading of readings) {
    if ('problem' in reading) {
      // The last resort is for values that JSON cannot make.
      expect(reading.reason).not.toBe('A value that cannot be read.');
      expect(reading.reason.length).toBeLessThan(200);
      expect(reading.reason).not.toMatch(/\p{C}/u);
    } else assertIbmEvent(reading);
  }
  return readings.length;
}

test('any JSON gives events that hold together, problems in a few words, or nothing', () => {
  let readings = 0;
  const json = fc.oneof(
    { weight: 5, arbitrary: object },
    { weight: 1, arbitrary: value },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  fc.assert(
    fc.property(json, (one) => {
      readings += check(one);
    }),
    { numRuns: 5000 },
  );
  expect(readings).toBeGreaterThan(20);
});

test('so does any record in which one member was replaced', () => {
  let events = 0;
  const place = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), place, value, (name, steps, replacement) => {
      events += check(mutated(fixture(name), steps, replacement));
    }),
    { numRuns: 3000 },
  );
  expect(events).toBeGreaterThan(1000);
});

/** Walks into a record by positions and puts a value there; text that holds JSON is walked into as well. */
function mutated(record: unknown, steps: readonly number[], replacement: unknown): unknown {
  if (typeof record === 'string' && record.startsWith('{'))
    return JSON.stringify(mutated(JSON.parse(record), steps, replacement));
  if (steps.length === 0 || typeof record !== 'object' || record === null) return replacement;
  const [step = 0, ...rest] = steps;
  const keys = Object.keys(record);
  const key = keys[step % keys.length];
  if (key === undefined) return replacement;
  const copy = (Array.isArray(record) ? [...record] : { ...record }) as Record<string, unknown>;
  copy[key] = mutated(copy[key], rest, replacement);
  return copy;
}
