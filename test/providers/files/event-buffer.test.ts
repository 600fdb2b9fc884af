import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src/model/event.ts';
import { EventBuffer } from '../../../src/providers/files/event-buffer.ts';
import { EventStore } from '../../../src/providers/files/event-store.ts';
import { makeEvent } from '../../support/memory-source.ts';

const event = (time: number, id: string, size = 0): AuditEvent =>
  makeEvent({ time: new Date(time), id, raw: { pad: 'é'.repeat(size) } });
const flat = (pages: Iterable<readonly AuditEvent[]>) => [...pages].flat();

describe('the store', () => {
  test('gives back what it was given', () => {
    const store = new EventStore();
    const raw = JSON.parse('{"__proto__":{"a":1},"\\ud800":"\\udfff 日本","list":[1,null,true,-1.5e300,""]}');
    const events = [
      makeEvent({ time: new Date(0), raw }),
      makeEvent({ time: new Date(8.64e15), secret: { id: 'x' }, redacted: ['a'] }),
      event(5, 'big', 2_000_000),
    ];
    const stored = events.map((one) => store.store(one));
    expect(stored.map((one) => store.load(one))).toEqual(events);
    expect(Object.keys((store.load(stored[0] as never).raw as object) ?? {})).toEqual(Object.keys(raw));
  });

  test('keeps everything apart through any giving back and compacting', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            size: fc.integer({ min: 0, max: 90_000 }),
            drop: fc.boolean(),
            compact: fc.integer({ min: 0, max: 6 }),
          }),
          { maxLength: 60 },
        ),
        (steps) => {
          const store = new EventStore();
          let kept: { event: AuditEvent; stored: ReturnType<EventStore['store']> }[] = [];
          steps.forEach(({ size, drop, compact }, i) => {
            const one = event(i, `e${i}`, size);
            kept.push({ event: one, stored: store.store(one) });
            if (drop) {
              for (const { stored } of kept.filter((_, j) => j % 2 === 0)) store.giveBack(stored);
              kept = kept.filter((_, j) => j % 2 === 1);
            }
            if (compact === 0) store.compact(kept.map(({ stored }) => stored));
          });
          for (const { event: one, stored } of kept) expect(store.load(stored)).toEqual(one);
          expect(store.bytes).toBe(kept.reduce((sum, { stored }) => sum + stored.length, 0));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the buffer', () => {
  test('a record becomes an event when its turn comes, even if its bytes were overwritten meanwhile', () => {
    const bytes = Buffer.from('x {"id":"é"} x');
    const read: string[] = [];
    const buffer = new EventBuffer('oldest-first', 1e9);
    buffer.add(event(9, 'last'));
    buffer.addRecord(bytes.subarray(2, 13), 3, (text, time) => {
      read.push(text);
      return event(time, (JSON.parse(text) as { id: string }).id);
    });
    bytes.fill(0);
    expect(read).toEqual([]);
    expect(flat(buffer.takeAll()).map(({ id }) => id)).toEqual(['é', 'last']);
    expect(read).toEqual(['{"id":"é"}']);
  });

  const orders = fc.constantFrom('newest-first' as const, 'oldest-first' as const);

  test('loses nothing, and tells exactly how many events came out of order', () => {
    fc.assert(
      fc.property(
        orders,
        fc.array(fc.integer({ min: 0, max: 500 })),
        fc.integer({ min: 500, max: 40_000 }),
        (order, times, memory) => {
          const buffer = new EventBuffer(order, memory);
          const out: AuditEvent[] = [];
          times.forEach((time, i) => {
            buffer.add(event(time, `e${i}`));
            if (buffer.full) out.push(...flat(buffer.takeHalf()));
            expect(buffer.full).toBe(false);
          });
          out.push(...flat(buffer.takeAll()));
          expect(out.map(({ id }) => id).sort()).toEqual(times.map((_, i) => `e${i}`).sort());
          const sign = order === 'oldest-first' ? 1 : -1;
          let last = -Infinity;
          let behind = 0;
          for (const { time } of out) {
            if (time.getTime() * sign < last) behind++;
            else last = time.getTime() * sign;
          }
          expect(buffer.disordered).toBe(behind);
        },
      ),
    );
  });

  test('with a limit holds the best events that differ', () => {
    fc.assert(
      fc.property(
        orders,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 3 })), {
          minLength: 1,
          maxLength: 2000,
        }),
        fc.integer({ min: 1, max: 40 }),
        (order, list, limit) => {
          const buffer = new EventBuffer(order, 1e9, limit);
          for (const [time, id] of list) buffer.add(event(time, `e${id}`));
          const out = flat(buffer.takeAll());
          const distinct = (events: readonly AuditEvent[]) => [
            ...new Set(events.map(({ time, id }) => `${time.getTime()} ${id}`)),
          ];
          const sign = order === 'oldest-first' ? 1 : -1;
          const wanted = list
            .map(([time, id]) => event(time, `e${id}`))
            .sort((a, b) => (a.time.getTime() - b.time.getTime()) * sign);
          expect(distinct(out).slice(0, limit)).toEqual(distinct(wanted).slice(0, limit));
          expect(out.length).toBeLessThanOrEqual(2 * limit + 256);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('counts the copies it removed', () => {
    const buffer = new EventBuffer('oldest-first', 1e9, 1);
    for (let i = 0; i < 258; i++) buffer.add(event(7, 'same'));
    expect([flat(buffer.takeAll()).length, buffer.duplicates]).toEqual([1, 257]);
  });

  test('takes what precedes a time and leaves the rest', () => {
    for (const [order, expected] of [
      ['newest-first', [9, 8]],
      ['oldest-first', [1, 2, 3, 4, 5, 6]],
    ] as const) {
      const buffer = new EventBuffer(order, 1e9);
      for (const time of [3, 9, 1, 7, 5, 2, 8, 6, 4]) buffer.add(event(time, `e${time}`));
      expect(flat(buffer.takeBefore(7)).map(({ time }) => time.getTime())).toEqual(expected);
      expect(flat(buffer.takeBefore(7))).toEqual([]);
      expect(flat(buffer.takeAll())).toHaveLength(9 - expected.length);
    }
  });
});
