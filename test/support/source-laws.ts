import { afterEach, describe, expect, test } from 'vitest';
import type { Filter } from '../../src/filter/filter.ts';
import { matches } from '../../src/filter/match.ts';
import { AuditError, type ErrorCode } from '../../src/model/error.ts';
import type { AuditEvent } from '../../src/model/event.ts';
import { events } from '../../src/reader/events.ts';
import type { EventsRequest } from '../../src/reader/request.ts';
import { inScope } from '../../src/source/scope.ts';
import type { AuditSource, Order } from '../../src/source/source.ts';

/** A source that stands on something real (a server over loopback, files on disk), and how to take it down. */
export interface Rig {
  readonly source: AuditSource;
  /** Requests made, files opened: whatever it costs to ask. */
  asked(): number;
  close(): Promise<void>;
}

export interface SourceSpec {
  readonly name: string;
  readonly orders: readonly Order[];
  /** Raw records of the provider, spread over some hours; ids are unique. Among them names that no catalog lists. */
  records(count: number): readonly object[];
  decode(record: object): AuditEvent;
  /** A source that holds exactly these records, in pages (files) small enough that there are many. */
  start(records: readonly object[]): Promise<Rig>;
  /** Makes the vendor (the disk) fail, and what code that must give. */
  readonly failures: Readonly<
    Record<string, { start(records: readonly object[]): Promise<Rig>; readonly code: ErrorCode }>
  >;
  /** Laws that this source cannot keep, each with the reason; they run, and must fail. */
  readonly knownLimits?: Readonly<Partial<Record<LawName, string>>>;
}

type LawName = 'names' | 'laziness' | 'window' | 'order' | 'filters' | 'limit' | 'abort' | 'break';

/** Filters that people ask by; every source is compared with `matches` over everything. */
const CORPUS: readonly Filter[] = [
  {},
  { action: 'secret.read' },
  { action: ['secret.read', 'secret.delete', 'rotation.fail'] },
  { name: 'GetSecretValue' },
  { name: 'secrets-manager.secret.read' },
  { denied: true },
  { outcome: 'failure' },
  { outcome: 'success', readOnly: false },
  { action: 'secret.read', denied: true },
  { 'actor.name': { startsWith: 'ci-' } },
  { 'actor.name': { exists: false } },
  { 'secret.name': { contains: 'prod' } },
  { not: { action: 'secret.read' } },
  { any: [{ action: 'secret.delete' }, { denied: true }] },
  { all: [{ provider: 'aws' }, { not: { 'origin.ip': { startsWith: '10.' } } }] },
  { kind: 'service' },
  { 'error.message': { contains: 'marked for deletion' } },
  { 'error.code': { exists: true } },
  { any: [] },
  { provider: 'ibm' },
  { provider: 'aws' },
];

const ids = (list: readonly AuditEvent[]) => list.map((event) => event.id).sort();
/** A turn of the event loop; not every runtime that passes here has setImmediate. */
const tick = () => new Promise((resolve) => setTimeout(resolve));

/** The source laws: one suite that every source passes. */
export function sourceLaws(spec: SourceSpec): void {
  const rigs: Rig[] = [];
  const open = async (records: readonly object[], start = spec.start): Promise<Rig> => {
    const rig = await start.call(spec, records);
    rigs.push(rig);
    return rig;
  };
  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.close();
  });
  const law = (name: LawName, title: string, body: () => Promise<void>): void => {
    const reason = spec.knownLimits?.[name];
    if (reason === undefined) test(title, body);
    else test.fails(`${title} (known limit: ${reason})`, body);
  };
  const brute = (
    records: readonly object[],
    where: Filter,
    from = 0,
    to = Number.POSITIVE_INFINITY,
    scope: 'secrets' | 'all' = 'all',
  ) =>
    records
      .map((record) => spec.decode(record))
      .filter(
        (event) =>
          event.time.getTime() >= from && event.time.getTime() < to && inScope(event, scope) && matches(where, event),
      );
  const read = async (rig: Rig, request: EventsRequest = {}) => {
    const stream = events(rig.source, { scope: 'all', order: spec.orders[0] as Order, ...request });
    const list = await stream.toArray();
    const [books] = stream.report.sources;
    // The books add up in every reading of every law.
    expect(books?.received).toBe(
      (books?.yielded ?? 0) +
        (books?.filtered ?? 0) +
        (books?.duplicates ?? 0) +
        (books?.malformed ?? 0) +
        (books?.beyondLimit ?? 0),
    );
    expect(books?.yielded).toBe(list.length);
    return { list, report: stream.report };
  };

  describe(`source laws: ${spec.name}`, () => {
    test('each record comes once, over no page, one page and many', async () => {
      for (const count of [0, 1, 2, 333]) {
        const records = spec.records(count);
        const rig = await open(records);
        const { list, report } = await read(rig);
        expect(ids(list)).toEqual(ids(records.map((record) => spec.decode(record))));
        expect(report.finished).toBe(true);
        expect(list.every((event) => event.source === rig.source.name)).toBe(true);
      }
    });

    law('names', 'names that no catalog lists pass through', async () => {
      const { list } = await read(await open(spec.records(200)));
      expect(list.some((event) => event.action === undefined)).toBe(true);
    });

    law('laziness', 'nothing is asked before the first pull, nor after a break', async () => {
      const rig = await open(spec.records(300));
      const stream = events(rig.source, { scope: 'all', order: spec.orders[0] as Order });
      const iterator = stream[Symbol.asyncIterator]();
      await tick();
      expect(rig.asked()).toBe(0);
      await iterator.next();
      const asked = rig.asked();
      expect(asked).toBeGreaterThan(0);
      await iterator.return?.();
      await tick();
      await tick();
      expect(rig.asked()).toBe(asked);
    });

    law('window', 'the window is [from, to), and neighbours do not repeat', async () => {
      const records = spec.records(200);
      const rig = await open(records);
      const all = brute(records, {}).sort((a, b) => a.time.getTime() - b.time.getTime());
      const first = (all[40] as AuditEvent).time;
      const second = (all[120] as AuditEvent).time;
      const parts = await Promise.all([
        read(rig, { to: first }),
        read(rig, { from: first, to: second }),
        read(rig, { from: second }),
      ]);
      expect(ids(parts[1].list)).toEqual(ids(brute(records, {}, first.getTime(), second.getTime())));
      expect(ids(parts.flatMap((part) => part.list))).toEqual(ids(all));
    });

    law('order', 'the declared orders hold', async () => {
      const rig = await open(spec.records(333));
      for (const order of spec.orders) {
        const times = (await read(rig, { order })).list.map((event) => event.time.getTime());
        expect(times).toEqual([...times].sort((a, b) => (order === 'oldest-first' ? a - b : b - a)));
        expect(times.length).toBe(333);
      }
    });

    law('limit', 'limit gives the first ones and asks for no more than it must', async () => {
      const records = spec.records(333);
      const rig = await open(records);
      const before = rig.asked();
      await read(rig);
      const whole = rig.asked() - before;
      const { list } = await read(rig, { limit: 7 });
      const all = brute(records, {})
        .map((event) => event.time.getTime())
        .sort((a, b) => (spec.orders[0] === 'oldest-first' ? a - b : b - a));
      expect(list.map((event) => event.time.getTime())).toEqual(all.slice(0, 7));
      // What is asked in several pages must stop early; what is asked at once costs no more than the whole.
      expect(rig.asked() - before - whole).toBeLessThanOrEqual(whole > 5 ? whole - 1 : whole);
    });

    for (const [i, where] of CORPUS.entries()) {
      law('filters', `filter ${i} ${JSON.stringify(where)} gives what matches() gives over everything`, async () => {
        const records = spec.records(250);
        const rig = await open(records);
        for (const scope of ['all', 'secrets'] as const) {
          const { list } = await read(rig, { where, scope });
          expect(ids(list)).toEqual(ids(brute(records, where, 0, Number.POSITIVE_INFINITY, scope)));
        }
      });
    }

    law('abort', 'an abort rejects with its reason: before, between pages, while waiting', async () => {
      const reason = new Error('enough');
      const rig = await open(spec.records(333));
      const order = spec.orders[0] as Order;
      await expect(
        events(rig.source, { scope: 'all', order, signal: AbortSignal.abort(reason) }).toArray(),
      ).rejects.toBe(reason);
      expect(rig.asked()).toBe(0);
      for (const after of [1, 60, 200]) {
        const controller = new AbortController();
        const run = (async () => {
          let count = 0;
          for await (const _ of events(rig.source, { scope: 'all', order, signal: controller.signal }))
            if (++count === after) controller.abort(reason);
        })();
        await expect(run).rejects.toBe(reason);
      }
      const controller = new AbortController();
      const pending = events(rig.source, { scope: 'all', order, signal: controller.signal }).toArray();
      setTimeout(() => controller.abort(reason), 1);
      // Either it was quick enough to end, or it rejects with the reason; nothing else.
      await pending.then(
        (list) => expect(list).toHaveLength(333),
        (error: unknown) => expect(error).toBe(reason),
      );
    });

    law('break', 'one source is read twice, and side by side, from the start', async () => {
      const records = spec.records(120);
      const rig = await open(records);
      const [first, second] = await Promise.all([read(rig), read(rig)]);
      expect(ids(first.list)).toEqual(ids(second.list));
      expect(first.list).toHaveLength(120);
    });

    for (const [what, failure] of Object.entries(spec.failures)) {
      test(`${what} gives ${failure.code}, with the cause kept`, async () => {
        const rig = await open(spec.records(40), failure.start);
        const error = await events(rig.source, { scope: 'all', order: spec.orders[0] as Order })
          .toArray()
          .catch((e: unknown) => e);
        expect(AuditError.is(error)).toBe(true);
        expect(error).toMatchObject({ code: failure.code, source: rig.source.name });
        expect((error as Error).cause ?? (error as AuditError).code).toBeDefined();
      });
    }
  });
}
