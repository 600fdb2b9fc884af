/** Several ordered streams of pages as one. */
import type { AuditEvent } from '../model/event.ts';
import type { Order } from './source.ts';

/** Events with the index of the input that each came from. */
export interface OwnedPage {
  readonly events: readonly AuditEvent[];
  /** One index for all, or one for each event. */
  readonly owners: number | readonly number[];
}

/** Largest page that merging makes; a page keeps the cost of an `await` away from the single event. */
const PAGE = 512;

interface Head {
  readonly owner: number;
  readonly pages: AsyncIterator<readonly AuditEvent[]>;
  page: readonly AuditEvent[];
  at: number;
}

/**
 * Merges by time with one page of look-ahead for each input. Equal times keep the order of the inputs, so the result is
 * the same in every run.
 *
 * @internal
 */
export async function* merge(
  inputs: readonly AsyncIterable<readonly AuditEvent[]>[],
  order: Order,
): AsyncGenerator<OwnedPage, void, undefined> {
  if (inputs.length === 1 && inputs[0]) {
    for await (const events of inputs[0]) yield { events, owners: 0 };
    return;
  }
  const sign = order === 'oldest-first' ? 1 : -1;
  const all: Head[] = inputs.map((input, owner) => ({ owner, pages: input[Symbol.asyncIterator](), page: [], at: 0 }));
  try {
    // First pages come at the same time; after that an input is asked only when its page is used up.
    const heap: Head[] = [];
    const started = await Promise.all(all.map(refill));
    all.forEach((head, i) => {
      if (started[i]) push(heap, head, sign);
    });
    let events: AuditEvent[] = [];
    let owners: number[] = [];
    for (let head = heap[0]; head !== undefined; head = heap[0]) {
      events.push(head.page[head.at] as AuditEvent);
      owners.push(head.owner);
      head.at++;
      if (head.at === head.page.length) {
        // Hand out what is ready before waiting, so that a slow input delays nobody more than it must.
        yield { events, owners };
        events = [];
        owners = [];
        if (!(await refill(head))) {
          const last = heap.pop() as Head;
          if (heap.length > 0) heap[0] = last;
        }
      } else if (events.length === PAGE) {
        yield { events, owners };
        events = [];
        owners = [];
      }
      sink(heap, 0, sign);
    }
    if (events.length > 0) yield { events, owners };
  } finally {
    await Promise.allSettled(all.map((head) => head.pages.return?.()));
  }
}

/** Brings the next page that holds something; `false` at the end. */
async function refill(head: Head): Promise<boolean> {
  for (;;) {
    const next = await head.pages.next();
    if (next.done) {
      head.page = [];
      head.at = 0;
      return false;
    }
    if (next.value.length > 0) {
      head.page = next.value;
      head.at = 0;
      return true;
    }
  }
}

function before(a: Head, b: Head, sign: number): boolean {
  const difference = ((a.page[a.at] as AuditEvent).time.getTime() - (b.page[b.at] as AuditEvent).time.getTime()) * sign;
  return difference < 0 || (difference === 0 && a.owner < b.owner);
}

function push(heap: Head[], head: Head, sign: number): void {
  let i = heap.push(head) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!before(head, heap[parent] as Head, sign)) break;
    heap[i] = heap[parent] as Head;
    i = parent;
  }
  heap[i] = head;
}

function sink(heap: Head[], from: number, sign: number): void {
  const head = heap[from];
  if (head === undefined) return;
  let i = from;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Head, heap[child] as Head, sign)) child++;
    if (!before(heap[child] as Head, head, sign)) break;
    heap[i] = heap[child] as Head;
    i = child;
  }
  heap[i] = head;
}
