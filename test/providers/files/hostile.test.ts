import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import { inChunks, readAll } from './support/reading.ts';
import { activityEvent, trailRecords } from './support/records.ts';

const records = trailRecords(6);
const text = (value: unknown, indent?: number) => JSON.stringify(value, null, indent);
const lines = (values: readonly unknown[]) => values.map((value) => text(value)).join('\n');
const row = {
  metadata: [{ key: 'timestamp', value: '2026-05-01T10:00:00' }],
  labels: [],
  user_data: text(activityEvent('2026-05-01T10:00:00Z')),
};

const BODIES: readonly Buffer[] = [
  text({ Records: records }),
  text({ Records: records }, 2),
  text({ pad: 'x'.repeat(70_000), Records: records }),
  lines(records),
  text({ Events: records.map((record) => ({ EventId: 'x', EventName: 'y', CloudTrailEvent: text(record) })) }),
  text({
    messageType: 'DATA_MESSAGE',
    logEvents: records.map((record, i) => ({ id: `${i}`, timestamp: i, message: text(record) })),
  }),
  text({
    awslogs: {
      data: gzipSync(
        text({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: 1, message: text(records[0]) }] }),
      ).toString('base64'),
    },
  }),
  `: ok\ndata: ${text({ result: { results: [row, row] } })}\n\n`,
  lines([activityEvent('2026-05-01T10:00:00Z'), row]),
].map((body) => Buffer.from(body));

/** What happens to the bytes of a file. */
const mutations = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('set' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
    }),
    fc.record({
      kind: fc.constant('flip' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bit: fc.integer({ min: 0, max: 7 }),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({
      kind: fc.constant('drop' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      count: fc.integer({ min: 1, max: 200 }),
    }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      text: fc.constantFrom(
        '"',
        '{',
        '}',
        '[',
        ']',
        '\\',
        '\n',
        '\0',
        ',',
        '{"Records":[',
        '"__proto__":{"polluted":1},',
        '\ud800',
        'H4sI',
        'data: ',
      ),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

function mutate(body: Buffer, steps: typeof mutations extends fc.Arbitrary<infer T> ? T : never): Buffer {
  let bytes = Buffer.from(body);
  for (const step of steps) {
    const at = Math.floor(step.at * bytes.length);
    if (step.kind === 'set') bytes[at] = step.byte;
    else if (step.kind === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << step.bit);
    else if (step.kind === 'cut') bytes = bytes.subarray(0, at);
    else if (step.kind === 'drop') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + step.count)]);
    else bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(step.text), bytes.subarray(at)]);
  }
  return bytes;
}

describe('mutated files', () => {
  const bodies = fc.constantFrom(...BODIES);

  test('give events and notices, and in strict reading errors of ours; they end and pollute nothing', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies,
        mutations,
        fc.boolean(),
        fc.constantFrom(17, 4096, 1 << 16),
        async (body, steps, packed, chunk) => {
          const bytes = packed ? mutate(gzipSync(body), steps) : mutate(body, steps);
          const read = await readAll('-', { stdin: inChunks(bytes, chunk), maxRecordBytes: 1 << 20 });
          for (const { time } of read.events) expect(Number.isNaN(time.getTime())).toBe(false);
          const strict = await readAll('-', {
            stdin: inChunks(bytes, chunk),
            maxRecordBytes: 1 << 20,
            strict: true,
          }).catch((error: unknown) => error);
          if (read.notices.length === 0) expect(strict).toMatchObject({ ids: read.ids });
          else expect(AuditError.is(strict) && ['malformed', 'permission-denied'].includes(strict.code)).toBe(true);
          expect(({} as { polluted?: number }).polluted).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  test('one flipped byte costs at most the record in which it is and the next, and is told or changes a value', {
    timeout: 60_000,
  }, async () => {
    const body = Buffer.from(text({ Records: records }));
    const starts = records.map((record) => body.indexOf(text(record)));
    const first = starts[0] as number;
    const end = body.length - 2;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: first, max: end - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const bytes = Buffer.from(body);
        bytes[at] = (bytes[at] as number) ^ (1 << bit);
        const hit = starts.findLastIndex((start) => start <= at);
        const read = await readAll('-', { stdin: inChunks(bytes, 1 << 16) });
        // A quote or bracket at the end of a record is what the next one is found by; how the first one begins is what
        // all of them are found by.
        const lost = records.map((record) => record['eventID'] as string).filter((id) => !read.ids.includes(id));
        const mayGo = [`e${hit}`, `e${hit + 1}`];
        if (at > first + 20) expect(lost.filter((id) => !mayGo.includes(id))).toEqual([]);
        if (lost.length > 0) expect(read.notices.length > 0 || read.ids.length === records.length).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  test('a cut plain file gives every record before the cut', async () => {
    const body = Buffer.from(text({ Records: records }));
    const ends = records.map((record) => body.indexOf(text(record)) + Buffer.byteLength(text(record)));
    for (let at = 0; at < body.length; at += 37) {
      const read = await readAll('-', { stdin: inChunks(body.subarray(0, at), 1000) });
      expect(read.ids).toEqual(records.map((record) => record['eventID']).filter((_, i) => (ends[i] as number) <= at));
      if (at > 0) expect(read.notices.map(({ code }) => code)).toEqual(['truncated-file']);
    }
  });

  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 5000 }),
        fc.integer({ min: 1, max: 999 }),
        async (bytes, chunk) => {
          const read = await readAll('-', { stdin: inChunks(bytes, chunk) });
          expect(read.ids).toEqual([]);
        },
      ),
    );
  });
});
