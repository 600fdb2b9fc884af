import { describe, expect, test } from 'vitest';
import { ibmFormat } from '../../../src/providers/ibm/format.ts';
import { decodeActivityEvent } from '../../../src/providers/ibm/index.ts';
import { type Fixture, fixture } from './fixture.ts';

const LEAK = 'hunter2-the-secret-itself';

function leaking(change: (record: Fixture) => void): Fixture {
  const record = fixture('secret-read');
  change(record);
  return record;
}

describe('a leaked value does not come out', () => {
  test.each<readonly [what: string, change: (record: Fixture) => void, path: string]>([
    ['an arbitrary secret', (r) => Object.assign(r, { responseData: { payload: LEAK } }), 'responseData.payload'],
    [
      'an old answer',
      (r) => Object.assign(r, { responseData: { resources: [{ secret_data: { payload: LEAK } }] } }),
      'responseData.resources[0].secret_data',
    ],
    ['a password', (r) => Object.assign(r, { requestData: { username: 'u', password: LEAK } }), 'requestData.password'],
    [
      'a key-value secret',
      (r) => Object.assign(r, { responseData: { data: { anything: LEAK } } }),
      'responseData.data',
    ],
    [
      'a key-value secret in a list',
      (r) => Object.assign(r, { responseData: { versions: [{ data: { x: LEAK } }] } }),
      'responseData.versions[0].data',
    ],
    [
      'service credentials',
      (r) => Object.assign(r, { responseData: { credentials: { some_key: LEAK } } }),
      'responseData.credentials',
    ],
    [
      'custom credentials',
      (r) => Object.assign(r, { responseData: { credentials_content: { x: LEAK } } }),
      'responseData.credentials_content',
    ],
    ['a private key', (r) => Object.assign(r, { responseData: { private_key: LEAK } }), 'responseData.private_key'],
    ['an API key', (r) => Object.assign(r.initiator.credential, { apikey: LEAK }), 'initiator.credential.apikey'],
    [
      'JSON text',
      (r) => Object.assign(r, { requestData: JSON.stringify({ secretGroupId: 'g', payload: LEAK }) }),
      'requestData.payload',
    ],
    [
      'JSON text with data',
      (r) => Object.assign(r, { requestData: JSON.stringify({ data: { a: LEAK } }) }),
      'requestData.data',
    ],
    [
      'JSON text that was cut off',
      (r) => Object.assign(r, { requestData: `{"name":"db","payload":"${LEAK}` }),
      'requestData.payload',
    ],
    [
      'JSON text with data that was cut off',
      (r) => Object.assign(r, { requestData: `{"name":"db","data":{"x":"${LEAK}` }),
      'requestData',
    ],
    [
      'JSON text inside the request',
      (r) => Object.assign(r, { requestData: { body: JSON.stringify({ data: { x: LEAK } }) } }),
      'requestData.body.data',
    ],
    [
      'a value under __proto__',
      (r) => Object.assign(r, { requestData: JSON.parse(`{"__proto__":{"data":"${LEAK}"}}`) }),
      'requestData.__proto__.data',
    ],
  ])('%s', (_, change, path) => {
    const record = leaking(change);
    const before = JSON.stringify(record);
    const event = decodeActivityEvent(record);
    expect(JSON.stringify(event)).not.toContain(LEAK);
    expect(event.redacted).toEqual([path]);
    // What the caller holds is the caller's.
    expect(JSON.stringify(record)).toBe(before);
  });

  test('in the old wrapping, whose own key is the name of a secret', () => {
    const record = fixture('wrapped');
    record.payload.requestData.password = LEAK;
    record.meta.api_key = LEAK;
    const event = decodeActivityEvent(record);
    expect(JSON.stringify(event)).not.toContain(LEAK);
    expect(event.redacted).toEqual(['payload.requestData.password', 'meta.api_key']);
    expect(event).toMatchObject({ name: 'is.volume.volume.update', account: '00000000000000000000000000000a11' });
    expect(event.raw).toMatchObject({ payload: { action: 'is.volume.volume.update' }, saveServiceCopy: true });
  });

  test.each(['export-line', 'cloud-logs-row', 'cloud-logs-archive-row', 'stream-record'])('in %s', (name) => {
    const inner = JSON.stringify(
      leaking((r) => Object.assign(r, { responseData: { payload: LEAK, data: { a: LEAK } } })),
    );
    const container = fixture(name);
    if (name === 'export-line') container._source._line = inner;
    else if (name === 'stream-record') container.value = inner;
    else container[name === 'cloud-logs-row' ? 'user_data' : 'src_obj__user_data'] = inner;
    const readings = ibmFormat.read(container, 's') ?? [];
    expect(readings).toHaveLength(1);
    expect(JSON.stringify(readings)).not.toContain(LEAK);
    expect(readings[0]).toMatchObject({ redacted: ['responseData.data', 'responseData.payload'] });
  });

  test('in an exported line that is cut off, beside the event', () => {
    const record = {
      ...fixture('secret-read'),
      _host: 'secrets-manager',
      _line: `{"action":"x.y.z","payload":"${LEAK}`,
    };
    const [event] = ibmFormat.read(record, 's') ?? [];
    expect(JSON.stringify(event)).not.toContain(LEAK);
    expect(event).toMatchObject({ action: 'secret.read', redacted: ['_line.payload'] });
  });

  test('nor in the reason of a record that is none', () => {
    const broken = { ...fixture('cloud-logs-row'), user_data: `{"payload":"${LEAK}` };
    const malformed = { ...leaking((r) => Object.assign(r, { responseData: { payload: LEAK } })), eventTime: 'never' };
    expect(JSON.stringify([ibmFormat.read(broken, 's'), ibmFormat.read(malformed, 's')])).not.toContain(LEAK);
  });
});

test('everyday words of other services are left alone', () => {
  const record = {
    action: 'kms.secrets.list',
    eventTime: '2026-01-02T03:04:05Z',
    responseData: { data: { total: 'ten' } },
  };
  expect(decodeActivityEvent(record)).not.toHaveProperty('redacted');
  expect(decodeActivityEvent(record).raw).toBe(record);
});

test('one leak does not change the id that the record has without its value', () => {
  const one = leaking((r) => Object.assign(r, { responseData: { payload: `${LEAK}-1` } }));
  const two = leaking((r) => Object.assign(r, { responseData: { payload: `${LEAK}-2` } }));
  expect(decodeActivityEvent(one).id).toBe(decodeActivityEvent(two).id);
});
