import { describe, expect, test } from 'vitest';
import { AuditError } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { events } from '../../src/reader/events.ts';
import type { AuditSource, SourceRequest } from '../../src/source/source.ts';
import { makeEvent, memorySource } from '../support/memory-source.ts';

const START = Date.now() + 60_000;
const event = (id: string, second = 0) => makeEvent({ id, time: new Date(START + second * 1000) });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A source that gives what the test pushes, and waits for more until it is told to leave. */
function pushed(name: string) {
  const queue: (readonly AuditEvent[] | Error)[] = [];
  let wake = () => {};
  const state = { requests: [] as SourceRequest[], closed: 0 };
  const source: AuditSource = {
    name,
    order: 'either',
    follows: true,
    async *read(request) {
      state.requests.push(request);
      const { signal } = request;
      try {
        for (;;) {
          const next = queue.shift();
          if (next instanceof Error) throw next;
          if (next) yield next;
          else
            await new Promise<void>((resolve, reject) => {
              wake = resolve;
              signal.throwIfAborted();
              signal.addEventListener('abort', () => reject(signal.reason), { once: true });
            });
        }
      } finally {
        state.closed++;
      }
    },
    codeOf: () => 'unavailable',
  };
  const push = (page: readonly AuditEvent[] | Error) => {
    queue.push(page);
    wake();
  };
  return { source, state, push };
}

describe('a request to follow', () => {
  test.each([
    [{ follow: true, order: 'newest-first' }, /no newest event/],
    [{ follow: true, to: '2026-11-01' }, /no end/],
    [{ follow: 'yes' }, /follow: "yes" is neither true nor false/],
  ])('%j is refused at once', (request, message) => {
    const refused = () => events(pushed('a').source, request as object);
    expect(refused).toThrowError(message);
    expect(refused).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
  });

  test('a source that cannot follow is named at once, and nothing is read', () => {
    const plain = memorySource([event('a')], { name: 'files' });
    const refused = () => events([pushed('a').source, plain.source], { follow: true });
    expect(refused).toThrowError(/files cannot follow/);
    expect(refused).toThrowError(expect.objectContaining({ code: 'unsupported', source: 'files' }));
    expect(plain.seen.reads).toBe(0);
  });

  test('begins with the second in which it starts, oldest first; from moves that', async () => {
    for (const from of [undefined, new Date(5000)]) {
      const { source, state, push } = pushed('a');
      const before = Math.floor(Date.now() / 1000) * 1000;
      const stream = events(source, { follow: true, limit: 1, ...(from && { from }) });
      push([event('one')]);
      expect(await stream.toArray()).toHaveLength(1);
      const [request] = state.requests;
      expect(request).toMatchObject({ follow: true, order: 'oldest-first' });
      expect(request?.to).toBeUndefined();
      if (from) expect(request?.from).toEqual(from);
      else expect(request?.from?.getTime()).toBeGreaterThanOrEqual(before);
      expect((request?.from?.getTime() ?? 1) % 1000).toBe(0);
    }
  });

  test('without it a source is not asked to', async () => {
    const { source, seen } = memorySource([event('a')]);
    await events(source).toArray();
    expect(seen.requests[0]?.follow).toBeUndefined();
  });
});

describe('several sources that follow', () => {
  test('a quiet one holds nobody up, repeats come once, and the books know whose event it was', async () => {
    const [busy, quiet] = [pushed('busy'), pushed('quiet')];
    const stream = events([quiet.source, busy.source], { follow: true, limit: 4 });
    const iterator = stream[Symbol.asyncIterator]();
    const next = async () => ((await iterator.next()).value as AuditEvent | undefined)?.id;
    busy.push([event('b1', 5)]);
    expect(await next()).toBe('b1');
    busy.push([event('b1', 5), event('b2', 6)]);
    expect(await next()).toBe('b2');
    // Older than what has been handed out, and handed out all the same.
    quiet.push([event('q1', 1)]);
    expect(await next()).toBe('q1');
    busy.push([event('b3', 7)]);
    expect(await next()).toBe('b3');
    expect(await next()).toBeUndefined();
    const [q, b] = stream.report.sources;
    expect(q).toMatchObject({ source: 'quiet', yielded: 1, duplicates: 0 });
    expect(b).toMatchObject({ source: 'busy', yielded: 3, duplicates: 1 });
    expect([quiet.state.closed, busy.state.closed]).toEqual([1, 1]);
  });

  test('a busy one does not push the others aside', async () => {
    const [busy, quiet] = [pushed('busy'), pushed('quiet')];
    for (let i = 0; i < 100; i++) busy.push([event(`b${i}`, i)]);
    quiet.push([event('q', 1)]);
    const list = await events([busy.source, quiet.source], { follow: true, limit: 10 }).toArray();
    expect(list.map(({ id }) => id)).toContain('q');
  });

  test('one that fails ends the stream and closes the others; with continue the others go on', async () => {
    const [good, bad] = [pushed('good'), pushed('bad')];
    bad.push(new Error('down'));
    const failed = await events([good.source, bad.source], { follow: true })
      .toArray()
      .catch((error: unknown) => error);
    expect(AuditError.is(failed) && failed.source).toBe('bad');
    expect(good.state.closed).toBe(1);

    const [other, worse] = [pushed('other'), pushed('worse')];
    worse.push(new Error('down'));
    const stream = events([worse.source, other.source], { follow: true, limit: 1, onSourceError: 'continue' });
    const pending = stream.toArray();
    await turn();
    other.push([event('late')]);
    expect((await pending).map(({ id }) => id)).toEqual(['late']);
    expect(stream.report.complete).toBe(false);
  });
});

describe('it goes on', () => {
  test('until the signal aborts, with its reason', async () => {
    const reason = new Error('enough');
    const [a, b] = [pushed('a'), pushed('b')];
    const controller = new AbortController();
    const pending = events([a.source, b.source], { follow: true, signal: controller.signal }).toArray();
    a.push([event('one')]);
    for (let i = 0; i < 5; i++) await turn();
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect([a.state.closed, b.state.closed]).toEqual([1, 1]);
  });

  test('until the loop is left', async () => {
    const [a, b] = [pushed('a'), pushed('b')];
    a.push([event('one')]);
    const stream = events([a.source, b.source], { follow: true });
    for await (const one of stream) {
      expect(one.id).toBe('one');
      break;
    }
    expect([a.state.closed, b.state.closed]).toEqual([1, 1]);
    expect(stream.report).toMatchObject({ finished: false, complete: false });
  });
});
