import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { useFolder } from './support/folder.ts';
import { inChunks, readAll } from './support/reading.ts';
import { activityEvent, trailRecord, trailRecords } from './support/records.ts';

const folder = useFolder();
const records = trailRecords(3);
const ids = ['e0', 'e1', 'e2'];
const text = (value: unknown, indent?: number) => JSON.stringify(value, null, indent);
const lines = (values: readonly unknown[]) => values.map((value) => text(value)).join('\n');

const lookup = {
  Events: records.map((record) => ({
    EventId: record['eventID'],
    EventName: record['eventName'],
    ReadOnly: 'true',
    EventTime: 1_777_629_600,
    EventSource: record['eventSource'],
    Resources: [],
    CloudTrailEvent: text(record),
  })),
  NextToken: 'more',
};
const logEvents = records.map((record, i) => ({ id: `${i}`, timestamp: 1_777_629_600_000 + i, message: text(record) }));
const subscription = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: 'trail',
  logStream: '123456789012_CloudTrail_us-east-1',
  subscriptionFilters: ['all'],
  logEvents,
};
const packed = gzipSync(text(subscription)).toString('base64');
const envelopes = records.map((record, i) => ({
  version: '0',
  id: `envelope-${i}`,
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.secretsmanager',
  account: '123456789012',
  time: record['eventTime'],
  region: 'us-east-1',
  resources: [],
  detail: record,
}));
const pad = { note: 'x'.repeat(70_000) };

const AWS: Readonly<Record<string, string>> = {
  'a log file': text({ Records: records }),
  'a log file, indented': text({ Records: records }, 2),
  'a log file with more than records, which do not come first': text({ ...pad, Records: records }),
  'a bare record a line': lines(records),
  'bare records, indented, one behind the other': records.map((record) => text(record, 2)).join('\n'),
  'an array': text(records),
  'an array, indented': text(records, 2),
  'an array of records as text': text(records.map((record) => text(record))),
  'records as text, one a line': lines(records.map((record) => text(record))),
  'log files, one a line': lines(records.map((record) => ({ Records: [record] }))),
  'log files behind each other': records.map((record) => text({ Records: [record] })).join(''),
  'collected pages': text(records.map((record) => [record])),
  'collected log files': text(records.map((record) => ({ Records: [record] }))),
  'a LookupEvents answer': text(lookup),
  'a LookupEvents answer, indented': text(lookup, 4),
  'a large LookupEvents answer': text({ ...lookup, ...pad }),
  'a FilterLogEvents answer': text(
    { events: logEvents.map((event) => ({ ...event, eventId: event.id })), searchedLogStreams: [] },
    2,
  ),
  'a large FilterLogEvents answer': text({ searchedLogStreams: [], ...pad, events: logEvents }),
  'a CloudWatch Logs subscription': text(subscription),
  'a large CloudWatch Logs subscription': text({ ...subscription, ...pad }),
  'what Lambda gets of it': text({ awslogs: { data: packed } }, 2),
  'the packed payload alone': packed,
  'packed payloads, one a line': logEvents
    .map((event) => gzipSync(text({ ...subscription, logEvents: [event] })).toString('base64'))
    .join('\n'),
  'EventBridge events, one a line': lines(envelopes),
  'EventBridge events in an array': text(envelopes, 2),
  'lines of a log tail': records
    .map((record) => `2026-05-01T10:00:00.000000+00:00 123456789012_CloudTrail ${text(record)}`)
    .join('\n'),
};

describe('every container of AWS gives the same events', () => {
  test.each(Object.entries(AWS))('%s', async (_, content) => {
    const raws = new Map(records.map((record) => [record['eventID'], record]));
    for (const body of [content, `\ufeff${content}\r\n`]) {
      for (const bytes of [Buffer.from(body), gzipSync(body)]) {
        for (const size of [1, 7, 64 * 1024]) {
          const read = await readAll('-', { stdin: inChunks(bytes, size) });
          expect(read.ids).toEqual(ids);
          expect(read.notices).toEqual([]);
          for (const event of read.events) expect(event.raw).toEqual(raws.get(event.id));
        }
        const file = await readAll(folder.write('misleading.png', bytes));
        expect(file.ids).toEqual(ids);
        expect(file.counts).toEqual({
          files: 1,
          bytes: Buffer.byteLength(content.replace(/^\ufeff/, '')) + (body === content ? 0 : 2),
        });
      }
    }
  });

  test('a control message says nothing, wherever its type stands', async () => {
    const control = {
      logEvents: [{ id: '', timestamp: 1, message: 'CWL CONTROL MESSAGE: Checking health of destination Firehose.' }],
      messageType: 'CONTROL_MESSAGE',
    };
    const read = await readAll(
      folder.write('a', `${text(control)}\n${text(trailRecord('2026-05-01T10:00:00Z', { id: 'x' }))}`),
    );
    expect(read).toMatchObject({ ids: ['x'], notices: [] });
    expect(read.counts.malformed).toBeUndefined();
  });
});

const activity = ['10', '11', '12'].map((second) => activityEvent(`2026-05-01T10:00:${second}.00+0000`, `c${second}`));
const row = (event: unknown) => ({
  metadata: [{ key: 'timestamp', value: '2026-05-01T10:00:00.000000000' }],
  labels: [{ key: 'applicationname', value: 'ibm-audit-event' }],
  user_data: text(event),
});

const IBM: Readonly<Record<string, string>> = {
  'an archive in object storage': `${lines(activity)}\n`,
  'an array of events': text(activity, 1),
  'exported lines': lines(
    activity.map((event) => ({ _source: { _host: 'secrets-manager', _logtype: 'json', _line: text(event) } })),
  ),
  'rows of a query': lines(activity.map(row)),
  'an answer of a query': text({ result: { results: activity.map(row) } }, 2),
  'server-sent events': `: success\ndata: {"query_id":{"query_id":"q"}}\n\n: success\ndata: ${text({ result: { results: activity.map(row) } })}\n\n:\n\n`,
  'server-sent events with other fields and line ends': activity
    .map((event, i) => `event: m\r\nid: ${i}\r\ndata:${text({ result: { results: [row(event)] } })}\r\n`)
    .join('\r\n'),
};

describe('every container of IBM Cloud gives the same events', () => {
  test.each(Object.entries(IBM))('%s', async (_, content) => {
    const plain = await readAll(folder.write('plain', lines(activity)));
    expect(plain.events.map(({ name, time }) => [name, time.getUTCSeconds()])).toEqual(
      [10, 11, 12].map((second) => ['secrets-manager.secret.read', second]),
    );
    for (const bytes of [Buffer.from(content), gzipSync(content)]) {
      for (const size of [1, 7, 64 * 1024]) {
        const read = await readAll('-', { stdin: inChunks(bytes, size) });
        expect(read.ids).toEqual(plain.ids);
        expect(read.notices).toEqual([]);
      }
    }
  });
});

describe('members with the names of containers', () => {
  test('inside an envelope or record are the record itself', async () => {
    const inner = { Records: [trailRecord('2026-05-01T00:00:00Z', { id: 'inner' })], events: records, ...pad };
    const outer = trailRecord('2026-05-01T10:00:00Z', { id: 'outer', extra: { requestParameters: inner } });
    const read = await readAll(folder.write('a', `${text(outer)}\n${text({ ...envelopes[0], detail: outer })}`));
    expect(read.ids).toEqual(['outer', 'outer']);
    expect(read.events[0]?.raw).toEqual(outer);
  });

  test('one key is not polluted by a record', async () => {
    const hostile = text(trailRecord('2026-05-01T10:00:00Z', { id: 'x' })).replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    const read = await readAll(
      folder.write('a', `${hostile}\n{"__proto__":{"Records":[]},"toString":1}\n[${hostile}]`),
    );
    expect(read.ids).toEqual(['x', 'x']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
