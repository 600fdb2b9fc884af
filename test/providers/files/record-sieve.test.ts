import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { awsFormat } from '../../../src/providers/aws/format.ts';
import { NONE, OutlineScan } from '../../../src/providers/files/outline-scan.ts';
import { isProblem } from '../../../src/source/format.ts';
import { SECRETS_SERVICES } from '../../../src/source/scope.ts';
import type { SourceRequest } from '../../../src/source/source.ts';
import { useFolder } from './support/folder.ts';
import { inChunks, readAll } from './support/reading.ts';
import { fileTexts, recordTexts } from './support/record-texts.ts';
import { trailRecord, trailRecords } from './support/records.ts';

const folder = useFolder();
const STRANGE = ['awslogs', 'Records', 'Events', 'events', 'logEvents', 'lines'];
const scan = new OutlineScan(awsFormat.outline, SECRETS_SERVICES, STRANGE);
const scanned = (bytes: Buffer, from: number) => {
  scan.enter(bytes);
  return scan.scan(from);
};

describe('what the bytes of a record settle', () => {
  test('is the event that decoding gives', () => {
    let settled = 0;
    fc.assert(
      fc.property(recordTexts, fc.constantFrom('', 'x', '   {', '{"a":"'), (text, before) => {
        const bytes = Buffer.from(`${before}${text}, {}`);
        const end = scanned(bytes, Buffer.byteLength(before));
        if (end === NONE) return;
        settled++;
        const [reading, ...more] = awsFormat.read(JSON.parse(bytes.toString('utf8', before.length, end)), 'x') ?? [];
        expect(more).toEqual([]);
        if (reading === undefined || isProblem(reading)) throw new Error('settled, and no event');
        expect(scan.time).toBe(reading.time.getTime());
        expect(scan.ofServices).toBe(SECRETS_SERVICES.has(reading.service));
      }),
      { numRuns: 5000 },
    );
    // Else this would prove nothing.
    expect(settled).toBeGreaterThan(1000);
  });

  test('is settled for records as services write them, wherever they end', () => {
    for (const record of trailRecords(3)) {
      const text = JSON.stringify(record);
      const bytes = Buffer.from(`${text},${text}]`);
      const end = Buffer.byteLength(text);
      expect([scanned(bytes, 0), scanned(bytes, end + 1)]).toEqual([end, end * 2 + 1]);
      expect(scanned(bytes.subarray(0, end), 0)).toBe(end);
      for (let at = 0; at < end; at++) expect(scanned(bytes.subarray(0, at), 0)).toBe(NONE);
    }
  });

  test('is nothing for what JSON.parse refuses: any byte in any place behind the opening bracket', () => {
    const text = JSON.stringify(
      trailRecord('2026-05-01T10:00:00Z', { extra: { n: [-1.5e3, true, null, '\u00e9\\"'] } }),
    );
    expect(scanned(Buffer.from(text), 0)).toBe(Buffer.byteLength(text));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Buffer.byteLength(text) - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const bytes = Buffer.from(text);
        bytes[at] = byte;
        const end = scanned(bytes, 0);
        if (end !== NONE) JSON.parse(bytes.toString('utf8', 0, end));
      }),
      { numRuns: 20_000 },
    );
  });

  test('is its time, whatever day it is', () => {
    const base = JSON.stringify(trailRecord('TIME'));
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().replace(/\.\d+Z$/, 'Z');
          scanned(Buffer.from(base.replace('TIME', text)), 0);
          expect(scan.time).toBe(Date.parse(text));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('is the same in chunks of every size, one behind the other', () => {
    const texts = trailRecords(3).map((record) => JSON.stringify({ ...record, long: 'x'.repeat(200_000) }));
    for (const text of [...texts, JSON.stringify(trailRecord('2026-05-01T10:00:00Z')), ...texts]) {
      expect(scanned(Buffer.from(text), 0)).toBe(Buffer.byteLength(text));
    }
  });

  test('is told by what the source of the WebAssembly compiles to', async () => {
    const { compiled } = await import('../../../src/providers/files/wasm/build.mjs');
    const committed = readFileSync(new URL('../../../src/providers/files/outline-wasm.ts', import.meta.url), 'utf8');
    expect(committed).toBe(await compiled());
  });
});

describe('passing records and decoding all of them give the same', () => {
  const DAY = { from: new Date('2026-05-01T10:00:01Z'), to: new Date('2026-05-02T00:00:00Z') };
  const requests: fc.Arbitrary<Partial<SourceRequest>> = fc.constantFrom<Partial<SourceRequest>>(
    { scope: 'secrets' },
    { scope: 'all' },
    { scope: 'secrets', ...DAY, order: 'newest-first' },
    { scope: 'all', ...DAY },
    { scope: 'all', where: { name: 'Decrypt' } },
    { scope: 'secrets', limit: 2 },
  );
  // No record ends in the chunk in which it began, so nothing is passed; the first chunk is made up of several.
  const SPACE = ' '.repeat(1024);
  const slowly = (bytes: Buffer, strict: boolean, request: Partial<SourceRequest>) =>
    readAll('-', { stdin: inChunks(bytes, 9), strict }, request);
  const outcome = (reading: ReturnType<typeof readAll>) =>
    reading.then(
      ({ events, notices, counts }) => ({ events, notices, counts }),
      (error: Error) => error.message,
    );

  test('events, notices and counts, in strict reading errors', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fileTexts,
        requests,
        fc.boolean(),
        fc.constantFrom(400, 3000, 1 << 20),
        fc.boolean(),
        async (text, request, strict, chunk, packed) => {
          const bytes = Buffer.from(SPACE + text);
          const fast = readAll('-', { stdin: inChunks(packed ? gzipSync(bytes) : bytes, chunk), strict }, request);
          expect(await outcome(fast)).toEqual(await outcome(slowly(bytes, strict, request)));
        },
      ),
      { numRuns: 800 },
    );
  });

  test('a record that begins as a container does is one record', async () => {
    const inner = trailRecords(2, '2026-05-01T09:00:00Z', 'inner');
    const outer = { events: inner, ...trailRecord('2026-05-01T10:00:00Z', { id: 'outer' }) };
    const read = await readAll(folder.write('a.json', JSON.stringify(outer)));
    expect(read.ids).toEqual(['outer']);
  });

  test('a record that is passed is never parsed, a wanted one once, and all are counted', async () => {
    const records = trailRecords(500).map((record, i) => ({
      ...record,
      ...(i % 10 > 0 && { eventSource: 'kms.amazonaws.com' }),
    }));
    const path = folder.write('a.json.gz', gzipSync(JSON.stringify({ Records: records })));
    const parse = JSON.parse;
    let parsed = 0;
    JSON.parse = (...input: Parameters<typeof parse>) => {
      parsed++;
      return parse(...input);
    };
    try {
      const read = await readAll(path, {}, { scope: 'secrets' });
      expect(read.events).toHaveLength(50);
      expect(read.counts.filtered).toBe(450);
      expect(parsed).toBeLessThan(55);
    } finally {
      JSON.parse = parse;
    }
  });
});
