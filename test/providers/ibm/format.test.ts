import { describe, expect, test } from 'vitest';
import { awsFormat } from '../../../src/providers/aws/format.ts';
import { ibmFormat } from '../../../src/providers/ibm/format.ts';
import type { Reading } from '../../../src/source/format.ts';
import { assertIbmEvent } from './event-check.ts';
import { type Fixture, fixture } from './fixture.ts';

function read(value: Fixture): readonly Reading[] | undefined {
  const readings = ibmFormat.read(value, 'here');
  for (const reading of readings ?? []) if (!('problem' in reading)) assertIbmEvent(reading);
  return readings;
}

const bare = fixture('secret-read');
const [bareEvent] = read(bare) ?? [];
const row = fixture('cloud-logs-row');
const otherRow = {
  ...row,
  labels: [{ key: 'applicationname', value: 'shop' }],
  user_data: '{"message":"paid","level":"INFO"}',
};

describe('containers of an event', () => {
  test('the event itself', () => {
    expect(bareEvent).toMatchObject({ action: 'secret.read', source: 'here' });
  });

  test.each<readonly [what: string, value: Fixture]>([
    ['exported line in _source', fixture('export-line')],
    ['exported line by itself', { _line: JSON.stringify(bare) }],
    ['exported line beside its own fields', { ...fixture('export-line')._source, action: 'x.y.z', outcome: 'unknown' }],
    ['record of Event Streams', fixture('stream-record')],
    ['record of Event Streams with an object', { topic: 'audit', value: bare }],
    [
      'record of Event Streams as kcat writes it',
      { topic: 'audit', offset: 1, key: null, payload: JSON.stringify(bare) },
    ],
  ])('%s: the same event, with the same id', (_, value) => {
    expect(read(value)).toEqual([bareEvent]);
  });

  test('an exported line whose event stands open, with more keys', () => {
    const value = { ...bare, _host: 'secrets-manager', _app: 'crn', level: 'info', logtype: 'json', _line: 'cut {' };
    expect(read(value)).toMatchObject([{ action: 'secret.read', actor: { name: 'maria@example.com' }, raw: value }]);
    expect(read({ _source: { ...bare, _host: 'secrets-manager' } })).toMatchObject([{ action: 'secret.read' }]);
  });

  test.each<readonly [name: string, id: string]>([
    ['cloud-logs-row', '77777777-0000-4000-8000-000000000008'],
    ['cloud-logs-archive-row', '77777777-0000-4000-8000-000000000009'],
  ])("%s: the event with the log's id", (name, id) => {
    expect(read(fixture(name))).toEqual([{ ...bareEvent, id }]);
  });

  test.each<readonly [what: string, change: object, expected: object]>([
    [
      'columns as objects',
      { metadata: { logid: 'l' }, labels: { applicationname: 'ibm-audit-event' }, user_data: bare },
      { id: 'l' },
    ],
    ['no metadata', { metadata: undefined }, { id: (bareEvent as Fixture).id }],
    [
      'pairs of wrong types',
      { metadata: [null, 7, { key: 'logid' }, { key: 'logid', value: 5 }, { value: 'x' }] },
      { id: (bareEvent as Fixture).id },
    ],
    ['an event without any label', { labels: [] }, { action: 'secret.read' }],
    ['the old wrapping', { user_data: JSON.stringify(fixture('wrapped')) }, { name: 'is.volume.volume.update' }],
  ])('a row with %s', (_, change, expected) => {
    expect(read({ ...row, ...change })).toMatchObject([expected]);
  });

  test('a row without eventTime has the time of its log, in UTC though it does not say so', () => {
    const { eventTime: _, ...timeless } = bare;
    const [event] = read({ ...row, user_data: JSON.stringify(timeless) }) ?? [];
    expect(event).toMatchObject({ time: new Date('2026-03-04T05:06:08.123Z') });
    expect(read({ ...row, metadata: [], user_data: JSON.stringify(timeless) })).toEqual([
      { problem: 'malformed-record', reason: 'The event has no eventTime.' },
    ]);
  });

  test('the old wrapping with its event as text', () => {
    const { payload, ...around } = fixture('wrapped');
    const [event] = read({ ...around, payload: JSON.stringify(payload) }) ?? [];
    expect(event).toMatchObject({ name: 'is.volume.volume.update', account: '00000000000000000000000000000a11' });
  });
});

describe('answers', () => {
  test.each<readonly [what: string, wrap: (rows: unknown[]) => Fixture]>([
    ['an item of a query', (rows) => ({ result: { results: rows } })],
    ['an item of a background query', (rows) => ({ response: { results: { results: rows } } })],
    ['results alone', (rows) => ({ results: rows })],
  ])('%s', (_, wrap) => {
    expect(read(wrap([row, otherRow, row]))).toMatchObject([
      { action: 'secret.read' },
      { problem: 'not-a-record', reason: 'A Cloud Logs row of another application.' },
      { action: 'secret.read' },
    ]);
    // One row of another shape does not hide the others.
    expect(read(wrap(['x', row, { a: 1 }]))).toMatchObject([
      { problem: 'not-a-record', reason: 'A row is an object, not "x".' },
      { action: 'secret.read' },
      { problem: 'not-a-record' },
    ]);
  });

  test('an answer with nothing in it', () => {
    expect(read({ result: { results: [] } })).toEqual([]);
    expect(read({ response: { results: { results: [] } } })).toEqual([]);
  });

  test('an answer in an answer goes no deeper', () => {
    expect(read({ results: [row, { results: [row] }] })).toMatchObject([
      { action: 'secret.read' },
      { problem: 'not-a-record' },
    ]);
  });

  test('exported lines', () => {
    const foreign = { _line: 'GET /', _host: 'web', _app: 'nginx' };
    expect(ibmFormat.arrays).toEqual(['lines']);
    expect(read({ lines: [fixture('export-line')._source, foreign], pagination_id: null })).toMatchObject([
      { action: 'secret.read' },
      { problem: 'not-a-record' },
    ]);
  });

  test.each([
    [{ query_id: { query_id: '11111111-2222-4333-8444-555555555555' } }],
    [{ warning: {} }],
    [{ warning: { compile_warning: { warning_message: "keypath does not exist '$d.x'" } } }],
    [{ warning: { deprecation_warning: {} } }],
    [{ warning: { field_count_limit_warning: {} } }],
    [{ warning: { aggregation_buckets_limit_warning: { aggregation_buckets_limit: 1 } } }],
    [{ warning: { sidebar_filter_cardinality_limit_warning: {} } }],
  ])('%j carries no events, and hides none', (item) => {
    expect(read(item)).toEqual([]);
  });

  test.each([
    'number_of_results_limit_warning',
    'time_range_warning',
    'bytes_scanned_limit_warning',
    'blocks_limit_warning',
    'files_read_limit_warning',
    'scroll_timeout_warning',
    'shuffle_file_size_limit_reached_warning',
    'archive_warning',
    'a_warning_of_tomorrow',
    'constructor',
  ])('%s says that events are missing', (name) => {
    expect(read({ warning: { compile_warning: {}, [name]: { message: 'x' } } })).toEqual([
      { problem: 'incomplete-answer', reason: `Cloud Logs says that this answer is not the whole: ${name}.` },
    ]);
  });

  test.each<readonly [item: Fixture, code: string]>([
    [{ error: { message: 'Too many', code: { rate_limit_reached: {} } } }, 'rate_limit_reached'],
    [{ error: { message: 'Too many', code: 'rate_limit_reached' } }, 'rate_limit_reached'],
    [{ error: { message: 'Too many' } }, 'unknown'],
    [{ errors: [{ code: 'resource_exhausted', message: 'x' }], status_code: 429, trace: 't' }, 'resource_exhausted'],
    [{ errors: [], trace: 't' }, 'unknown'],
  ])('%j is an error, and what came before it is not the whole', (item, code) => {
    expect(read(item)).toEqual([
      { problem: 'incomplete-answer', reason: `Cloud Logs answered with an error: "${code}".` },
    ]);
  });
});

describe('problems', () => {
  test.each<readonly [what: string, value: Fixture, problem: string, reason: RegExp]>([
    ['an event without time', { ...bare, eventTime: undefined }, 'malformed-record', /no eventTime/],
    ['an event with a wrong time', { ...bare, eventTime: 'soon' }, 'malformed-record', /"soon"/],
    [
      'a part of an event',
      { action: 'apprapp.instance.create', outcome: 'success' },
      'malformed-record',
      /no eventTime/,
    ],
    [
      'an audit row with the other label',
      { ...row, labels: { applicationname: 'ibm-audit-events' }, user_data: '{"message":"x"}' },
      'malformed-record',
      /no action/,
    ],
    ['an audit row without action', { ...row, user_data: '{"message":"x"}' }, 'malformed-record', /no action/],
    ['a row of another application', otherRow, 'not-a-record', /another application/],
    ['a row that is no JSON', { ...row, user_data: 'GET / 200' }, 'not-a-record', /no JSON object/],
    ['a row that is cut off', { ...row, user_data: '{"action":' }, 'not-a-record', /no JSON object/],
    ['a row with a list', { ...row, user_data: '[1]' }, 'not-a-record', /no JSON object/],
    [
      'an exported line of another application',
      { _line: 'GET /', _host: 'web' },
      'not-a-record',
      /another application/,
    ],
    [
      'a notice without a time',
      { type: 'com.ibm.cloud.secrets-manager.secret_created' },
      'malformed-record',
      /event_time/,
    ],
  ])('%s', (_, value, problem, reason) => {
    expect(read(value)).toEqual([{ problem, reason: expect.stringMatching(reason) }]);
  });

  test('an object with getters that throw', () => {
    const value = {
      get action() {
        throw new Error('no');
      },
    };
    expect(read(value)).toEqual([{ problem: 'malformed-record', reason: 'A value that cannot be read.' }]);
  });
});

describe('what is not of this provider', () => {
  const strangers: readonly Fixture[] = [
    {},
    { eventName: 'GetSecretValue', eventSource: 'secretsmanager.amazonaws.com', eventTime: '2026-01-01T00:00:00Z' },
    { eventName: 'X', eventSource: 'y', action: 'a.b.c', outcome: 'success' },
    { Records: [] },
    { events: [{ id: '1', timestamp: 1, message: '{}' }] },
    { results: [[{ field: '@message', value: 'x' }]], status: 'Complete' },
    { results: [] },
    { results: [], response: 1 },
    { lines: [] },
    { lines: ['x'] },
    { lines: [{ text: 'x' }] },
    { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.secretsmanager', detail: { eventName: 'x' } },
    { action: 'login', outcome: 'success', user: 'x' },
    { action: 'a.b.c', user: 'x' },
    { user_data: '#cloud-config' },
    { payload: 'x' },
    { payload: { a: 1 } },
    { value: '{"a":1}' },
    { value: '{"action": cut' },
    { _source: { eventName: 'GetSecretValue' } },
    { _line: 'a poem' },
    { type: 'com.ibm.cloud.kms.rotated', data: {} },
    { error: { message: 'x' }, time: 1 },
    { error: 'x' },
    { errors: ['x'] },
    { warning: 'x' },
    { query_id: 'x' },
    { result: 'ok' },
    { result: { results: ['x'] } },
  ];
  test.each(strangers.map((value) => [value]))('%j', (value) => {
    expect(ibmFormat.read(value, 'here')).toBeUndefined();
  });

  test('no value at all, for callers without types', () => {
    for (const value of [null, undefined, 7, 'x', [], [bare]])
      expect(ibmFormat.read(value as never, 'here')).toBeUndefined();
  });

  test.each([
    'secret-read',
    'secret-read-denied',
    'secrets-list',
    'legacy',
    'wrapped',
    'vault-read',
    'export-line',
    'cloud-logs-row',
    'cloud-logs-archive-row',
    'stream-record',
    'notification',
  ])('AWS does not take %s for its own', (name) => {
    expect(read(fixture(name))).toBeDefined();
    expect(awsFormat.read(fixture(name), 'here')).toBeUndefined();
  });
});
