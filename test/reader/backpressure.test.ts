/** A slow consumer slows the sources, and nothing grows behind it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { logFiles } from '../../src/providers/files/index.ts';
import { events } from '../../src/reader/events.ts';
import type { EventsRequest } from '../../src/reader/request.ts';
import { storeCheckpoint } from '../../src/source/checkpoint.ts';
import type { AuditSource } from '../../src/source/source.ts';
import { makeEvent } from '../support/memory-source.ts';

const MILLION = 1_000_000;
const START = Date.UTC(2026, 0, 1);
const PAGE = 50;

/** A source that makes events when it is asked for them; its million is nowhere but here. */
function endless(name: string, count: number, follows = false) {
  const state = { given: 0 };
  const source: AuditSource = {
    name,
    order: 'either',
    ...(follows && { follows: true }),
    async *read({ signal }) {
      while (state.given < count) {
        await setImmediate();
        signal.throwIfAborted();
        const first = state.given;
        state.given += PAGE;
        yield Array.from({ length: PAGE }, (_, i) =>
          makeEvent({ time: new Date(START + (first + i) * 1000), id: `${name}-${first + i}`, raw: { of: name } }),
        );
      }
    },
    codeOf: () => 'unknown',
  };
  return { source, state };
}

const megabytes = () => process.memoryUsage().heapUsed / 2 ** 20;
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await setImmediate();
};

describe('with a million events behind it', () => {
  const requests: readonly [string, EventsRequest, boolean][] = [
    ['merged by time', { order: 'oldest-first' }, false],
    ['followed', { follow: true, from: new Date(START) }, true],
    ['with a checkpoint', { checkpoint: storeCheckpoint(new Map()), checkpointInterval: 0 }, false],
  ];
  test.each(requests)('a consumer that holds still holds the sources still: %s', async (_, request, follows) => {
    const inputs = ['a', 'b'].map((name) => endless(name, MILLION / 2, follows));
    const iterator = events(
      inputs.map(({ source }) => source),
      request,
    )[Symbol.asyncIterator]();
    for (let i = 0; i < 10; i++) await iterator.next();
    await turns(10);
    const given = inputs.map(({ state }) => state.given);
    const before = megabytes();
    await turns(20_000);
    expect(inputs.map(({ state }) => state.given)).toEqual(given);
    expect(Math.max(...given)).toBeLessThanOrEqual(3 * PAGE);
    expect(megabytes() - before).toBeLessThan(16);
    await iterator.return?.();
  });

  test('and taking them all keeps no more than before', async () => {
    const inputs = ['a', 'b'].map((name) => endless(name, MILLION / 2));
    const stream = events(
      inputs.map(({ source }) => source),
      { order: 'oldest-first' },
    );
    let count = 0;
    let most = 0;
    const before = megabytes();
    for await (const _ of stream) if (++count % 10_000 === 0) most = Math.max(most, megabytes() - before);
    expect(count).toBe(MILLION);
    // The collector takes its time; a million events kept would be more than 300 MB.
    expect(most).toBeLessThan(150);
    expect(JSON.stringify(stream.cursor).length).toBeLessThan(1000);
  });
});

describe('log files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'held-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are not read on while the consumer holds still', async () => {
    const line = (i: number) =>
      JSON.stringify({
        eventVersion: '1.11',
        eventTime: new Date(START + i * 1000).toISOString().replace('.000Z', 'Z'),
        eventSource: 'secretsmanager.amazonaws.com',
        eventName: 'GetSecretValue',
        eventID: `id-${i}`,
        userAgent: 'x'.repeat(400),
      });
    for (let file = 0; file < 20; file++) {
      const records = Array.from({ length: 3000 }, (_, i) => line(file * 3000 + i));
      writeFileSync(join(folder, `${String(file).padStart(2, '0')}.jsonl.gz`), gzipSync(records.join('\n')));
    }
    const stream = events(logFiles(folder, { sortMemory: 2 ** 20 }), { order: 'oldest-first' });
    const iterator = stream[Symbol.asyncIterator]();
    for (let i = 0; i < 10; i++) await iterator.next();
    await turns(2000);
    const { bytes } = stream.report.sources[0] ?? { bytes: 0 };
    await turns(5000);
    expect(stream.report.sources[0]?.bytes).toBe(bytes);
    expect(bytes).toBeLessThan(30_000_000 / 2);
    await iterator.return?.();
  });
});
