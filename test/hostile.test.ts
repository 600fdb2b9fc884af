import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../src/model/error.ts';
import { decodeCloudTrail } from '../src/providers/aws/decode.ts';
import { logFiles } from '../src/providers/files/index.ts';
import { decodeActivityEvent } from '../src/providers/ibm/decode.ts';
import { events } from '../src/reader/events.ts';
import { sampleCloudTrailRecords } from '../src/testing/index.ts';
import { assertEvent } from './support/event-invariants.ts';

// Records come from strangers. Whatever they hold: events or typed errors, never a crash, a hang, a polluted prototype
// or a sequence that a terminal obeys.
const trail = sampleCloudTrailRecords({ count: 6, seed: 11, from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 2) });
const activity = {
  action: 'secrets-manager.secret.read',
  eventTime: '2026-11-01T08:00:00.12+0000',
  outcome: 'failure',
  severity: 'critical',
  reason: { reasonCode: 403, reasonType: 'Forbidden' },
  initiator: { id: 'iam-ServiceId-1', name: 'orders', host: { address: '192.0.2.1' } },
  target: { id: 'crn:v1:bluemix:public:secrets-manager:us-south:a/0123:4567:secret:89ab', name: 'db' },
  requestData: '{"payload":"s3cret"}',
};
const row = {
  metadata: [{ key: 'timestamp', value: '2026-11-01T08:00:00.123456789' }],
  labels: [{ key: 'applicationname', value: 'ibm-audit-event' }],
  user_data: JSON.stringify(activity),
};

const documents: readonly string[] = [
  JSON.stringify({ Records: trail }),
  JSON.stringify({ Records: trail }, null, 2),
  trail.map((record) => JSON.stringify(record)).join('\n'),
  JSON.stringify({
    Events: trail.map((record) => ({ EventId: 'x', CloudTrailEvent: JSON.stringify(record) })),
    NextToken: 'n',
  }),
  JSON.stringify({
    messageType: 'DATA_MESSAGE',
    logEvents: trail.map((record, i) => ({ id: `${i}`, timestamp: 1, message: JSON.stringify(record) })),
  }),
  JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.secretsmanager', detail: trail[0] }),
  JSON.stringify([activity, activity]),
  `: success\ndata: ${JSON.stringify({ result: { results: [row] } })}\n\n`,
  JSON.stringify({ payload: activity, logSourceCRN: 'crn:v1::::::::', saveServiceCopy: true }),
];

const EVIL = [
  '"__proto__":{"polluted":true},',
  '{"__proto__":{"polluted":true}}',
  '"constructor":{"prototype":{"polluted":true}},',
  '\u001b[2J\u001b]0;owned\u0007',
  '\\u001b[31m',
  '\\u009b31m',
  '\u202e',
  '\\u2028',
  '\\ud800',
  '\u0000',
  '=cmd|calc',
  '\r\n',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  '['.repeat(5000),
  '{"a":'.repeat(3000),
  '1e999',
  '-',
  'x'.repeat(20_000),
  '"eventTime":5,',
  '"eventTime":"2026-02-31T00:00:00Z",',
  '"eventName":{},',
  '"userIdentity":[[]],',
] as const;

type Edit = {
  readonly kind: 'flip' | 'cut' | 'insert' | 'drop' | 'repeat';
  readonly at: number;
  readonly size: number;
  readonly evil: string;
};
const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom('flip', 'cut', 'insert', 'drop', 'repeat'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.integer({ min: 1, max: 80 }),
    evil: fc.constantFrom(...EVIL),
  }),
  { minLength: 1, maxLength: 5 },
);

function mutate(document: string, list: readonly Edit[]): Buffer {
  let bytes = Buffer.from(document);
  for (const { kind, at, size, evil } of list) {
    const where = Math.floor(at * bytes.length);
    if (kind === 'flip' && where < bytes.length) bytes[where] = (bytes[where] as number) ^ (1 << (size % 8));
    if (kind === 'cut') bytes = bytes.subarray(0, where);
    if (kind === 'insert') bytes = Buffer.concat([bytes.subarray(0, where), Buffer.from(evil), bytes.subarray(where)]);
    if (kind === 'drop') bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + size)]);
    if (kind === 'repeat') bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(Math.max(0, where - size))]);
  }
  return bytes;
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function unpolluted(): void {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.prototype).not.toHaveProperty('polluted');
}

describe('hostile input', () => {
  test('10,000 mutated files give events or typed errors', async () => {
    let read = 0;
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...documents),
        edits,
        fc.boolean(),
        fc.constantFrom(13, 4096),
        fc.boolean(),
        async (document, list, gzip, chunk, gzipFirst) => {
          const bytes = gzip
            ? gzipFirst
              ? mutate(gzipSync(document).toString('latin1'), list)
              : gzipSync(mutate(document, list))
            : mutate(document, list);
          const stream = events(
            logFiles('-', {
              stdin: inChunks(gzip && gzipFirst ? Buffer.from(bytes.toString('utf8'), 'latin1') : bytes, chunk),
            }),
            { scope: 'all' },
          );
          try {
            for await (const event of stream) {
              assertEvent(event);
              read++;
            }
          } catch (error) {
            expect(AuditError.is(error)).toBe(true);
          }
          const [books] = stream.report.sources;
          counted += books?.malformed ?? 0;
          expect(books?.received).toBe(
            (books?.yielded ?? 0) +
              (books?.filtered ?? 0) +
              (books?.duplicates ?? 0) +
              (books?.malformed ?? 0) +
              (books?.beyondLimit ?? 0),
          );
        },
      ),
      { numRuns: 10_000 },
    );
    unpolluted();
    // The mutations are neither so mild nor so wild that nothing is tested.
    expect(read).toBeGreaterThan(3000);
    expect(counted).toBeGreaterThan(1000);
  }, 600_000);

  test('9,000 records with anything in any place give events or typed errors', () => {
    const anything = fc.anything({
      withBigInt: false,
      withNullPrototype: true,
      withObjectString: true,
      maxDepth: 4,
      key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'arn', 'secretId', 'type', 'payload')),
    });
    const withHole = (record: object) =>
      fc
        .tuple(fc.constantFrom(...Object.keys(record)), anything)
        .map(([key, value]) =>
          Object.assign(JSON.parse(JSON.stringify(record)) as object, { [key === '__proto__' ? 'x' : key]: value }),
        );
    let decoded = 0;
    const attempt = (decode: (record: unknown) => ReturnType<typeof decodeCloudTrail>, record: unknown) => {
      try {
        assertEvent(decode(record));
        decoded++;
      } catch (error) {
        if (!AuditError.is(error)) throw error;
        expect(error.code).toBe('malformed');
      }
    };
    fc.assert(
      fc.property(withHole(trail[0] as object), anything, (record, other) => {
        attempt(decodeCloudTrail, record);
        attempt(decodeCloudTrail, other);
      }),
      { numRuns: 2500 },
    );
    fc.assert(
      fc.property(withHole(activity), anything, (record, other) => {
        attempt(decodeActivityEvent, record);
        attempt(decodeActivityEvent, other);
      }),
      { numRuns: 2000 },
    );
    unpolluted();
    expect(decoded).toBeGreaterThan(2500);
  }, 120_000);

  test('1,000 mutated files on the way to a terminal: nothing that it would obey', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...documents),
        edits,
        fc.constantFrom('table', 'csv', 'jsonl', 'raw'),
        async (document, list, format) => {
          const { Readable } = await import('node:stream');
          const { runIn } = await import('./cli/world.ts');
          const { code, out, err } = await runIn(
            { stdin: Readable.from([mutate(document, list)]), columns: 100, env: { NO_COLOR: '1' } },
            'read',
            '-',
            '--scope',
            'all',
            '--format',
            format,
            '--report',
          );
          expect([0, 1]).toContain(code);
          expect(out.replaceAll('\r\n', '\n')).not.toMatch(
            /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
          );
          expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          expect(out + err).not.toContain('s3cret');
        },
      ),
      { numRuns: 1000 },
    );
    unpolluted();
  }, 600_000);
});
