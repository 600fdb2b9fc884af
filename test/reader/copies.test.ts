/** One event that several ways of delivery give ids of their own. */
import { expect, test } from 'vitest';
import { decodeActivityEvent } from '../../src/providers/ibm/decode.ts';
import { events } from '../../src/reader/events.ts';
import type { Order } from '../../src/source/source.ts';
import { sampleActivityEvents } from '../../src/testing/index.ts';
import { memorySource } from '../support/memory-source.ts';

const RECORDS = sampleActivityEvents({ count: 60, seed: 4, to: Date.UTC(2026, 10, 20) });
const row = (record: object, i: number, name: string) => decodeActivityEvent(record, name, { logId: `${name}-${i}` });

test.each(['newest-first', 'oldest-first'] as const)(
  'an event of Cloud Logs and of an archive comes once, %s',
  async (order: Order) => {
    const logs = RECORDS.map((record, i) => row(record, i, 'logs'));
    const other = RECORDS.map((record, i) => row(record, i, 'other'));
    const archive = RECORDS.map((record) => decodeActivityEvent(record, 'archive'));
    const stream = events(
      [
        memorySource(logs, { name: 'logs' }).source,
        memorySource(archive, { name: 'archive', pageSize: 7 }).source,
        memorySource(other, { name: 'other', pageSize: 3 }).source,
      ],
      { order, scope: 'all' },
    );
    expect(await stream.toArray()).toHaveLength(RECORDS.length);
    expect(stream.report.sources.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(2 * RECORDS.length);
  },
);

test('equal records that one log tells apart are different events, each with its copy elsewhere', async () => {
  const [record] = RECORDS as [object];
  const twice = (name: string) => [row(record, 1, name), row(record, 2, name)];
  const alone = events(memorySource(twice('logs')).source, { scope: 'all' });
  expect(await alone.toArray()).toHaveLength(2);
  const both = events(
    [memorySource(twice('logs'), { name: 'logs' }).source, memorySource(twice('copy'), { name: 'copy' }).source],
    { scope: 'all' },
  );
  expect(await both.toArray()).toHaveLength(2);
});
