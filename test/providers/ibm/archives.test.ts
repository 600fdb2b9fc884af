import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { useFolder } from '../files/support/folder.ts';
import { inChunks, readAll } from '../files/support/reading.ts';
import { activityEvent } from '../files/support/records.ts';

const folder = useFolder();
const text = (value: unknown, indent?: number) => JSON.stringify(value, null, indent);
const lines = (values: readonly unknown[]) => values.map((value) => text(value)).join('\n');

const SECONDS = ['10', '11', '12', '13', '14', '15'];
const EVENTS = SECONDS.map((second) => activityEvent(`2026-05-01T21:00:${second}.67+0000`, `c${second}`));
const halves = [EVENTS.slice(0, 3), EVENTS.slice(3)] as const;

/** A row as `/v1/query` gives it: labels and metadata as lists, the event as text. */
const row = (event: unknown, i = 0) => ({
  metadata: [
    { key: 'timestamp', value: `2026-05-01T21:01:0${i}.123456789` },
    { key: 'severity', value: '3' },
  ],
  labels: [
    { key: 'applicationname', value: 'ibm-audit-event' },
    { key: 'subsystemname', value: 'secrets-manager:inst' },
    { key: 'threadid' },
  ],
  user_data: text(event),
});
const archived = (event: unknown) => ({
  src_obj__event_metadata: text({ timestamp: '2026-05-01T21:01:00Z', severity: 'Debug' }),
  src_obj__event_labels: text({ applicationname: 'ibm-audit-event', subsystemname: 'secrets-manager:inst' }),
  src_obj__user_data: text(event),
});
const items = [
  { query_id: { query_id: '11111111-2222-4000-8000-000000000000' } },
  { result: { results: halves[0].map(row) } },
  { warning: {} },
  { result: { results: [] } },
  { result: { results: halves[1].map(row) } },
];
const background = [
  { response: { results: { results: halves[0].map(row) } } },
  { response: { results: { results: halves[1].map(row) } } },
];
const stream = (list: readonly unknown[], end = '\n') =>
  list.map((item) => `: success${end}data: ${text(item)}${end}${end}`).join(`:${end}${end}`);
const exported = (event: unknown) => ({
  _host: 'secrets-manager',
  _logtype: 'json',
  _app: 'crn:v1:bluemix:public:secrets-manager:us-south:a/acc:inst::',
  _ts: 1_777_669_210_000,
  _line: text(event),
});
const kafka = { topic: 'audit', partition: 0, offset: 7, timestamp: 1_777_669_210_000 };
const headers = [{ type: 'audit' }, { account: 'acc' }, { region: 'us-south' }, { location: 'us-south' }];

const FORMS: Readonly<Record<string, string>> = {
  // What the body of a routed object looks like is not documented.
  'object storage: an event a line': `${lines(EVENTS)}\n`,
  'object storage: an array': text(EVENTS),
  'object storage: an array over many lines': text(EVENTS, 2),
  'object storage: one object with a list': text({ lines: EVENTS }),
  'object storage: one object with a list of another name': text({ count: 6, items: EVENTS, next: null }),
  'object storage: one object with a list of results': text({ results: EVENTS }, 1),
  'object storage: one object with a list of wrapped events': text({
    lines: EVENTS.map((payload) => ({ payload, saveServiceCopy: true, meta: {} })),
  }),
  'object storage: objects with lists, one behind the other': halves.map((lines) => text({ lines })).join('\n'),
  'object storage: events behind each other without a line end': EVENTS.map((event) => text(event)).join(''),
  'Event Streams: kcat -J': lines(
    EVENTS.map((event) => ({ ...kafka, tstype: 'create', key: null, payload: text(event) })),
  ),
  'Event Streams: a consumer that writes value as text': lines(
    EVENTS.map((event) => ({ ...kafka, headers, value: text(event) })),
  ),
  'Event Streams: a consumer that parses value': lines(EVENTS.map((value) => ({ ...kafka, headers, value }))),
  'Event Streams: values alone': lines(EVENTS),
  'Event Streams: records in an array': text(
    EVENTS.map((value) => ({ ...kafka, value })),
    1,
  ),
  'Cloud Logs: a saved stream': stream(items),
  'Cloud Logs: a saved stream with CRLF': stream(items, '\r\n'),
  'Cloud Logs: a saved stream whose last item has no empty line': stream(items).trimEnd(),
  'Cloud Logs: items of a stream, parsed, one a line': lines(items),
  'Cloud Logs: items of a stream, parsed, in an array': text(items, 2),
  'Cloud Logs: an answer': text({ result: { results: EVENTS.map(row) } }),
  'Cloud Logs: rows in an array': text(EVENTS.map(row)),
  'Cloud Logs: a background query, as stream': stream(background),
  'Cloud Logs: a background query, parsed': lines(background),
  'Cloud Logs: the archive as JSON': lines(EVENTS.map(archived)),
  'Activity Tracker: exported lines': lines(EVENTS.map(exported)),
  'Activity Tracker: exported lines in _source': lines(EVENTS.map((event) => ({ _source: exported(event) }))),
  'Activity Tracker: an export of the second version': text({ lines: EVENTS.map(exported), pagination_id: null }),
  'Activity Tracker: an array of exported lines': text(EVENTS.map(exported), 1),
};

describe('every archive of IBM Cloud, with nothing lost', () => {
  test.each(Object.entries(FORMS))('%s', async (_, content) => {
    const path = '0a1b2c3d/us-south/2026-05-01T21/2026-05-01T21:02+01_0196361c-7836-7cdd-808c-92a417338cbd.log';
    for (const bytes of [Buffer.from(content), gzipSync(content)]) {
      for (const size of [1, 13, 64 * 1024]) {
        const read = await readAll('-', { stdin: inChunks(bytes, size) });
        expect(read.events.map((event) => event.time.getUTCSeconds())).toEqual(SECONDS.map(Number));
        // The event is the one in the container, untouched: so its id is the same wherever it was found.
        expect(read.events.map((event) => correlationOf(event.raw))).toEqual(SECONDS.map((second) => `c${second}`));
        expect(read.notices).toEqual([]);
        expect(read.counts.malformed).toBeUndefined();
      }
      const file = await readAll(folder.write(path, bytes));
      expect(file.ids).toHaveLength(SECONDS.length);
      expect(file.notices).toEqual([]);
    }
  });

  test('one event has one id in all of them, but for the wrapped form, which is another record', async () => {
    const idsOf = async (content: string) => (await readAll(folder.write('one.log', content))).ids;
    const plain = await idsOf(lines(EVENTS));
    for (const [form, content] of Object.entries(FORMS)) {
      if (form.includes('wrapped')) continue;
      expect([form, await idsOf(content)]).toEqual([form, plain]);
    }
  });

  test('the log id of a row is the id of its event, in an answer and in the archive', async () => {
    const logid = '0b2f8a3e-0000-4000-8000-00000000000d';
    const answer = { ...row(EVENTS[0]), metadata: [...row(EVENTS[0]).metadata, { key: 'logid', value: logid }] };
    const file = { ...archived(EVENTS[0]), src_obj__event_metadata: text({ logid }) };
    for (const form of [answer, file]) expect((await readAll(folder.write('a', text(form)))).ids).toEqual([logid]);
  });
});

function correlationOf(raw: unknown): unknown {
  const { correlationId, payload } = raw as { correlationId?: unknown; payload?: { correlationId?: unknown } };
  return correlationId ?? payload?.correlationId;
}

describe('what is no event in them', () => {
  test('is counted and named, and the rest still comes', async () => {
    const other = {
      ...row({ note: 'a platform log' }),
      labels: [{ key: 'applicationname', value: 'ibm-platform-logs' }],
    };
    const broken = { ...row(EVENTS[0]), user_data: '{"action":"secrets-manager.secret.read"' };
    const read = await readAll(
      folder.write('a', stream([{ result: { results: [other, broken, ...EVENTS.map(row)] } }])),
    );
    expect(read.ids).toHaveLength(SECONDS.length);
    expect(read.notices.map(({ code }) => code).toSorted()).toEqual(['not-a-record', 'not-a-record']);
  });

  test('a saved stream that breaks off in an item is no whole answer', async () => {
    const whole = stream(items);
    const cut = whole.slice(0, whole.lastIndexOf('"user_data"') + 40);
    const read = await readAll(folder.write('a', cut));
    expect(read.ids).toEqual((await readAll(folder.write('b', lines(halves[0])))).ids);
    expect(read.notices.filter(({ incomplete }) => incomplete).length).toBeGreaterThan(0);
  });
});

describe('objects of Event Routing on a disk', () => {
  // The hours 20 and 21, in the layout of today and in the one before 2025-05-15; and as file systems take a colon.
  const LAYOUTS = {
    'of today': (hour: string, minute: string, i: number) =>
      `0a1b2c3d/us-south/2026-05-01T${hour}/2026-05-01T${hour}:${minute}+0${i % 2}_0196361c-7836-7cdd-808c-92a41733${4000 + i}.log`,
    'before May 2025': (hour: string, minute: string, i: number) =>
      `us-south/2026-05-01T${hour}/2026-05-01T${hour}:${minute}+0${i % 10}.log`,
    'with an underscore for the colon': (hour: string, minute: string, i: number) =>
      `0a1b2c3d/us-south/2026-05-01T${hour}/2026-05-01T${hour}_${minute}+0${i % 2}_0196361c-7836-7cdd-808c-92a41733${4000 + i}.log.gz`,
  };

  test.each(Object.entries(LAYOUTS))('layout %s: in exact order, with little memory', async (_, pathOf) => {
    let i = 0;
    const times: string[] = [];
    for (const hour of ['18', '19', '20', '21']) {
      for (let minute = 2; minute < 60; minute += 5) {
        const stamp = String(minute).padStart(2, '0');
        // Delivered within minutes, in any order within an object.
        const seconds = [50, 5, 30];
        const events = seconds.map((second) => {
          const time = `2026-05-01T${hour}:${String(minute - 2).padStart(2, '0')}:${String(second).padStart(2, '0')}.00+0000`;
          times.push(time);
          return { ...activityEvent(time, `c${i}-${second}`), pad: 'x'.repeat(3000) };
        });
        const path = pathOf(hour, stamp, i++);
        const body = lines(events);
        folder.write(path, path.endsWith('.gz') ? gzipSync(body) : body);
      }
    }
    const inTime = times.map((time) => Date.parse(time.replace('+0000', 'Z'))).toSorted((a, b) => a - b);
    for (const order of ['oldest-first', 'newest-first'] as const) {
      const read = await readAll(folder.path, { sortMemory: 400_000 }, { order });
      const expected = order === 'oldest-first' ? inTime : inTime.toReversed();
      expect(read.events.map((event) => event.time.getTime())).toEqual(expected);
      expect(read.notices).toEqual([]);
    }
    // The names tell which objects lie before a window; none that may hold a part of it is left out.
    const from = new Date('2026-05-01T21:00:00Z');
    const late = await readAll(folder.path, {}, { order: 'oldest-first', from });
    expect(late.events.filter((event) => event.time >= from)).toHaveLength(36);
    expect(late.counts.files).toBe(24);
  });
});
