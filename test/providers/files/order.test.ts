import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src/model/event.ts';
import { rangeByName } from '../../../src/providers/files/time-hint.ts';
import type { Order } from '../../../src/source/source.ts';
import { type Folder, useFolder } from './support/folder.ts';
import { readAll } from './support/reading.ts';
import { trailRecord } from './support/records.ts';

const folder = useFolder();
const START = Date.parse('2026-05-01T00:00:00Z');
const MINUTE = 60_000;
const ORDERS = ['newest-first', 'oldest-first'] as const;

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const stampOf = (time: number) => new Date(time).toISOString().replace(/[-:]/g, '').slice(0, 13);

function trailFile(to: Folder, delivered: number, times: readonly number[], unique: string): void {
  const records = times.map((time, i) => trailRecord(new Date(time).toISOString(), { id: `${unique}-${i}` }));
  to.write(
    `123456789012_CloudTrail_us-east-1_${stampOf(delivered)}Z_${unique}.json.gz`,
    gzipSync(JSON.stringify({ Records: records })),
  );
}

/** Files every five minutes, with records of the ten minutes before, in any order; several files at a time. */
function deliver(to: Folder, files: number, lateness = 10 * MINUTE): void {
  const roll = dice(7);
  for (let i = 0; i < files; i++) {
    const delivered = START + Math.floor(i / 3) * 5 * MINUTE;
    trailFile(
      to,
      delivered,
      Array.from({ length: 20 }, () => delivered - Math.floor(roll() * lateness)),
      `u${(i * 7919) % 1000}`,
    );
  }
}

function disorder(events: readonly AuditEvent[], order: Order): number {
  const sign = order === 'oldest-first' ? 1 : -1;
  let count = 0;
  events.forEach((event, i) => {
    const before = events[i - 1];
    if (before && (event.time.getTime() - before.time.getTime()) * sign < 0) count++;
  });
  return count;
}

describe.each(ORDERS)('%s', (order) => {
  test('files with times in their names come in exact order, with little memory', async () => {
    deliver(folder, 120);
    const whole = await readAll(folder.path, {}, { order });
    expect(whole.events).toHaveLength(2400);
    expect(disorder(whole.events, order)).toBe(0);
    // Not enough for all, but for what the names leave open.
    const bounded = await readAll(folder.path, { sortMemory: 700_000 }, { order });
    expect(bounded.ids).toEqual(whole.ids);
    expect(bounded.notices).toEqual([]);
  });

  test('files without times in their names come in exact order as long as they fit', async () => {
    const roll = dice(3);
    for (let i = 0; i < 10; i++) {
      const lines = Array.from({ length: 50 }, (_, j) =>
        JSON.stringify(trailRecord(new Date(START + Math.floor(roll() * 1e9)).toISOString(), { id: `${i}-${j}` })),
      );
      folder.write(`part-${i}`, lines.join('\n'));
    }
    const fits = await readAll(folder.path, {}, { order });
    expect([fits.events.length, disorder(fits.events, order), fits.notices]).toEqual([500, 0, []]);

    const parts = await readAll(folder.path, { sortMemory: 100_000 }, { order });
    expect(new Set(parts.ids)).toEqual(new Set(fits.ids));
    expect(disorder(parts.events, order)).toBeGreaterThan(0);
    expect(parts.notices).toHaveLength(1);
    expect(parts.notices[0]).toMatchObject({
      code: 'out-of-order',
      incomplete: false,
      message: expect.stringMatching(/^\d+ events came out of order.*100000 bytes \(sortMemory\)/),
    });
  });

  test('a file that is nearly in order comes in order, however large', async () => {
    const sign = order === 'oldest-first' ? 1 : -1;
    const roll = dice(5);
    const lines = Array.from({ length: 2000 }, (_, i) =>
      JSON.stringify(
        trailRecord(new Date(START + sign * i * 1000 + Math.floor(roll() * 30_000)).toISOString(), { id: `${i}` }),
      ),
    );
    const read = await readAll(folder.write('a', lines.join('\n')), { sortMemory: 200_000 }, { order });
    expect([read.events.length, disorder(read.events, order), read.notices]).toEqual([2000, 0, []]);
  });

  test('a limit is exact over any disorder, with copies, in little memory', async () => {
    const roll = dice(11);
    const times = Array.from({ length: 3000 }, () => START + Math.floor(roll() * 1e9));
    const lines = times.flatMap((time, i) => {
      const line = JSON.stringify(trailRecord(new Date(time).toISOString(), { id: `${i}` }));
      return i % 3 === 0 ? [line, line] : [line];
    });
    folder.write('a', lines.slice(0, 2000).join('\n'));
    folder.write('b', lines.slice(2000).join('\n'));
    const sorted = [...times].sort((a, b) => (order === 'oldest-first' ? a - b : b - a));
    for (const limit of [1, 10, 500]) {
      const read = await readAll(folder.path, { sortMemory: 4_000_000 }, { order, limit });
      const distinct = [...new Map(read.events.map((event) => [event.id, event.time.getTime()])).values()];
      expect(distinct.slice(0, limit)).toEqual(sorted.slice(0, limit));
      expect(read.events.length).toBeLessThan(limit * 2 + 300);
      expect(read.notices).toEqual([]);
    }
  });

  test('equal times keep the order of files and records', async () => {
    const line = (id: string, time = '2026-05-01T10:00:00Z') => JSON.stringify(trailRecord(time, { id }));
    folder.write('b', [line('b1'), line('x', '2026-05-01T11:00:00Z'), line('b2')].join('\n'));
    folder.write('a', [line('a1'), line('a2'), line('y', '2026-05-01T09:00:00Z')].join('\n'));
    const expected = order === 'newest-first' ? ['x', 'a1', 'a2', 'b1', 'b2', 'y'] : ['y', 'a1', 'a2', 'b1', 'b2', 'x'];
    expect((await readAll(folder.path, {}, { order })).ids).toEqual(expected);
  });

  test('files with and without times mix', async () => {
    deliver(folder, 30);
    folder.write(
      'notes.jsonl',
      [-90, 13, 500]
        .map((minutes) =>
          JSON.stringify(trailRecord(new Date(START + minutes * MINUTE).toISOString(), { id: `n${minutes}` })),
        )
        .join('\n'),
    );
    const read = await readAll(folder.path, {}, { order });
    expect([read.events.length, disorder(read.events, order), read.notices]).toEqual([603, 0, []]);
  });
});

describe('what names promise', () => {
  test('a record that is later than the name of its file allows still comes, and is told', async () => {
    deliver(folder, 60);
    trailFile(folder, START + 95 * MINUTE, [START - 300 * MINUTE], 'late');
    const read = await readAll(folder.path, {}, { order: 'oldest-first' });
    expect(read.events).toHaveLength(1201);
    expect(disorder(read.events, 'oldest-first')).toBe(1);
    expect(read.notices.map(({ code, message }) => [code, message.slice(0, 30)])).toEqual([
      ['out-of-order', '1 event came out of order: mor'],
    ]);
    // The other way round nothing is wrong with it.
    const newest = await readAll(folder.path, {}, { order: 'newest-first' });
    expect([disorder(newest.events, 'newest-first'), newest.notices]).toEqual([0, []]);
  });

  test('files that were delivered before `from` are not opened', async () => {
    deliver(folder, 60);
    const all = await readAll(folder.path, {}, { order: 'newest-first' });
    const from = new Date(START + 60 * MINUTE);
    for (const order of ORDERS) {
      const read = await readAll(folder.path, {}, { order, from });
      const wanted = all.ids.filter((_, i) => (all.events[i] as AuditEvent).time >= from);
      expect(new Set(read.ids)).toEqual(new Set(wanted));
      expect(read.counts.files).toBe(24);
      expect((read.counts.filtered ?? 0) + read.ids.length).toBe(24 * 20);
    }
  });

  test('a limit needs only the files that can hold it', async () => {
    deliver(folder, 300);
    const sourceOf = async (order: Order) => {
      const { logFiles } = await import('../../../src/providers/files/index.ts');
      const { hearing, requestFor } = await import('./support/reading.ts');
      const { sink, counts } = hearing();
      const pages = logFiles(folder.path)
        .read(requestFor(sink, { order, limit: 5 }))
        [Symbol.asyncIterator]();
      const first = await pages.next();
      await pages.return?.();
      return { first: first.value as AuditEvent[], files: counts.files };
    };
    const newest = await sourceOf('newest-first');
    expect(newest.first.length).toBeGreaterThan(4);
    expect(newest.files).toBeLessThan(20);
    expect((await sourceOf('oldest-first')).files).toBeLessThan(60);
  });

  test.each<[string, string | undefined, string | undefined]>([
    ['x/123456789012_CloudTrail_us-east-1_20260131T2355Z_abc.json.gz', '2026-01-31T22:55', '2026-01-31T23:57'],
    ['C:\\x\\123456789012_CloudTrail_us-gov-west-1_20260131T2355Z_abc.json', '2026-01-31T22:55', '2026-01-31T23:57'],
    ['123456789012_CloudTrail-Insight_eu-west-1_20260131T2355Z_abc.json.gz', '2026-01-31T22:55', '2026-01-31T23:57'],
    ['123456789012_CloudTrail_us-east-1-20260131T2300.json', '2026-01-31T22:00', '2026-02-01T00:02'],
    ['us-south/2026-01-31T21/2026-01-31T21:02+01.log', '2026-01-31T20:00', '2026-01-31T22:02'],
    [
      'acc/us-south/2026-01-31T21/2026-01-31T21:02+01_0196361c-7836-7cdd-808c-92a417338cbd.log.gz',
      '2026-01-31T20:00',
      '2026-01-31T22:02',
    ],
    ['us-south/2026-01-31T21/2026-01-31T21_02+01.log', '2026-01-31T20:00', '2026-01-31T22:02'],
    ['123456789012_CloudTrail_us-east-1_20261331T2355Z_abc.json.gz', undefined, undefined],
    ['123456789012_CloudTrail_us-east-1_20260131T2360Z_abc.json.gz', undefined, undefined],
    ['123456789012_CloudTrail_us-east-1_20260131T2355Z_abc.json.gz/other.json', undefined, undefined],
    ['2026-01-31.jsonl', undefined, undefined],
    ['trail.json', undefined, undefined],
  ])('%s', (path, earliest, latest) => {
    const range = rangeByName(path);
    expect(range && [range.earliest, range.latest].map((time) => new Date(time).toISOString().slice(0, 16))).toEqual(
      earliest && [earliest, latest],
    );
  });
});
