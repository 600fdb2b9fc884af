import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { decodeCloudTrail } from '../../src/providers/aws/decode.ts';
import { events } from '../../src/reader/events.ts';
import { mergedSource } from '../../src/source/merged-source.ts';
import type { AuditSource, SourceRequest } from '../../src/source/source.ts';
import { sampleCloudTrailRecords } from '../../src/testing/index.ts';
import { lateSource, ownClock } from '../support/late-source.ts';
import { makeEvent, memorySource } from '../support/memory-source.ts';
import { sourceLaws } from '../support/source-laws.ts';

/** A source over records whose events carry the name of the merged one, as the laws compare names. */
const startOver =
  (parts: number, wrap: (source: AuditSource, i: number) => AuditSource = (source) => source) =>
  async (records: readonly object[]) => {
    const all = records.map((record) => decodeCloudTrail(record, 'merged'));
    const memories = Array.from({ length: parts }, (_, i) =>
      memorySource(
        all.filter((_, n) => n % parts === i),
        { name: `part-${i}`, pageSize: 7 },
      ),
    );
    const source = mergedSource(
      'merged',
      memories.map(({ source }, i) => wrap(source, i)),
    );
    return {
      source,
      asked: () => memories.reduce((sum, { seen }) => sum + seen.pages, 0),
      close: async () => {},
    };
  };

sourceLaws({
  name: 'sixteen sources merged into one',
  orders: ['newest-first', 'oldest-first'],
  records: (count) => sampleCloudTrailRecords({ count, seed: 3, to: Date.UTC(2026, 10, 20) }),
  decode: (record) => decodeCloudTrail(record, 'merged'),
  start: startOver(16),
  failures: {},
});

describe('a merged source', () => {
  const at = (n: number) => new Date(Date.UTC(2026, 10, 20) + n * 1000);

  test('names whose error and whose notice it is', async () => {
    const bad = memorySource([makeEvent({ time: at(1) })], {
      name: 'bad',
      failAfter: { pages: 0, error: new Error('no'), code: 'permission-denied' },
    });
    const hanging = memorySource([makeEvent({ time: at(2) })], { name: 'hanging', hangAfter: 0 });
    const noisy: AuditSource = {
      ...memorySource([], { name: 'noisy' }).source,
      async *read({ sink }) {
        sink.notice({ code: 'sampled', message: 'some only', incomplete: true });
        yield [];
      },
    };
    const stream = events(mergedSource('all', [bad.source, noisy, hanging.source]), { order: 'oldest-first' });
    await expect(stream.toArray()).rejects.toMatchObject({
      code: 'permission-denied',
      source: 'bad',
      message: 'bad: no',
    });
    expect(stream.report.sources[0]?.notices[0]?.message).toBe('noisy: some only');
    expect(hanging.seen.closed).toBe(1);
  });

  test('leaves nothing behind on the signal of a request, also where signals cannot be joined', async () => {
    const { any } = AbortSignal;
    const { signal } = new AbortController();
    const all = mergedSource('all', [memorySource([makeEvent({ time: at(1) })], { name: 'one' }).source]);
    const request = {
      scope: 'all',
      order: 'newest-first',
      startedAt: at(2),
      signal,
      sink: { notice() {}, count() {} },
    };
    try {
      AbortSignal.any = undefined as unknown as typeof any;
      for await (const _ of all.read(request as SourceRequest))
        expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    } finally {
      AbortSignal.any = any;
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('has the order that all have, follows if each does or can be asked again, and explains them all', () => {
    const clock = ownClock(0);
    const older = memorySource([], { name: 'a', order: 'oldest-first' }).source;
    const either = memorySource([], { name: 'b' }).source;
    expect(mergedSource('m', [older, either]).order).toBe('oldest-first');
    const polled = ['x', 'y'].map((name, i) => lateSource([], { clock, name, pollInterval: 100 * i + 100 }).source);
    const both = mergedSource('m', polled);
    expect([both.follows, both.pollInterval]).toEqual([undefined, 200]);
    expect(mergedSource('m', [older, ...polled]).pollInterval).toBeUndefined();
    const native: AuditSource = { ...either, follows: true };
    expect(mergedSource('m', [native]).follows).toBe(true);
    const request = { scope: 'all', order: 'newest-first' } as never;
    expect(mergedSource('m', [either]).explain?.(request).steps).toEqual(['b: this source does not tell how it reads']);
  });

  test('is refused without sources, with two of one name, and with orders that exclude each other', () => {
    const of = (name: string, order: AuditSource['order'] = 'either') => memorySource([], { name, order }).source;
    expect(() => mergedSource('m', [])).toThrow(/at least one source/);
    expect(() => mergedSource('', [of('a')])).toThrow(/needs a name/);
    expect(() => mergedSource('m', [of('a'), of('a')])).toThrow(/two sources have one name/);
    expect(() => mergedSource('m', [of('a', 'newest-first'), of('b', 'oldest-first')])).toThrow(/newest first only/);
  });
});
