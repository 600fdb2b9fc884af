import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeCloudTrail } from '../../../src/providers/aws/decode.ts';
import { logFiles } from '../../../src/providers/files/index.ts';
import type { AuditSource } from '../../../src/source/source.ts';
import { sampleCloudTrailRecords } from '../../../src/testing/index.ts';
import { type Rig, sourceLaws } from '../../support/source-laws.ts';

const NOW = Date.UTC(2026, 10, 12, 12);
const records = (count: number) => sampleCloudTrailRecords({ count, seed: 3, from: NOW - 6 * 3_600_000, to: NOW });
const decode = (record: object) => decodeCloudTrail(record);

/** Counts the files that a source has begun to read. */
function counted(source: AuditSource): { source: AuditSource; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    source: {
      ...source,
      read: (request) =>
        source.read({
          ...request,
          sink: {
            notice: (notice) => request.sink.notice(notice),
            count: (counter, by) => {
              if (counter === 'files') asked += by ?? 1;
              request.sink.count(counter, by);
            },
          },
        }),
    },
  };
}

/** A folder of files of 25 records, each made by `write`. */
async function start(
  list: readonly object[],
  write: (folder: string, part: readonly object[], index: number) => void,
): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'source-laws-'));
  for (let i = 0; i * 25 < list.length; i++) write(folder, list.slice(i * 25, (i + 1) * 25), i);
  if (list.length === 0) writeFileSync(join(folder, 'empty.json'), '');
  return { ...counted(logFiles(folder)), close: async () => rmSync(folder, { recursive: true, force: true }) };
}

const two = (n: number) => String(n).padStart(2, '0');

/** As a trail delivers them: five minutes after the last act, named for that moment. */
function delivered(folder: string, part: readonly object[], index: number): void {
  const last = Math.max(...part.map((record) => decode(record).time.getTime()));
  const at = new Date(Math.ceil((last + 300_000) / 300_000) * 300_000);
  const stamp = `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}T${two(at.getUTCHours())}${two(at.getUTCMinutes())}Z`;
  writeFileSync(
    join(folder, `111122223333_CloudTrail_us-east-1_${stamp}_${String(index).padStart(16, 'A')}.json.gz`),
    gzipSync(JSON.stringify({ Records: part })),
  );
}

const missing = async (): Promise<Rig> => ({
  source: logFiles(join(tmpdir(), 'no-such-folder-of-logs')),
  asked: () => 0,
  close: async () => {},
});
const failures = { 'a path that is not there': { start: missing, code: 'not-found' as const } };

sourceLaws({
  name: 'log files, delivered by a trail',
  orders: ['newest-first', 'oldest-first'],
  records,
  decode,
  start: (list) => start(list, delivered),
  failures,
});

sourceLaws({
  name: 'log files, JSON lines without times in their names',
  orders: ['newest-first', 'oldest-first'],
  records,
  decode,
  start: (list) =>
    start(list, (folder, part, index) =>
      writeFileSync(join(folder, `part-${index}.jsonl`), part.map((record) => `${JSON.stringify(record)}\n`).join('')),
    ),
  failures,
  knownLimits: { limit: 'nothing tells which of these files holds the newest events, so all of them are read' },
});
