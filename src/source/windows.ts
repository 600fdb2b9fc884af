/** How a window of time is read from an API that pages newest first, in either order and however slow it answers. */
import type { AuditEvent } from '../model/event.ts';
import { inOrder } from './in-order.ts';

/** A part of time with both ends in it, in milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Pages = AsyncGenerator<readonly AuditEvent[], void, undefined>;

/** @internal */
export interface SpanReader {
  /** The pages of a span, newest first, a request for each pull. */
  readonly ask: (span: Span) => Pages;
  /** How long the provider takes for an answer on average, in milliseconds. */
  readonly latency: () => number;
  /** Events in a full page. */
  readonly pageSize: number;
  /** Requests a second that the provider allows. */
  readonly perSecond: number;
  /** The most requests in flight at once. */
  readonly inFlight: number;
  /** How fine the provider's times are, in milliseconds; spans are cut at multiples of it. */
  readonly grain: number;
  /** The most events the reader will take. */
  readonly limit: number;
}

/** Pages read one after another before latency is judged. */
const PROBE = 4;
/** Pages in a part that is read beside others; each part may end in a page that is not full, so fewer would waste requests. */
const PART = 10;
/** Pages held back at most while what is older is read first. */
const HOLD = 40;

/**
 * Newest first. One chain of pages as long as the quota is the limit; where the provider turns out to answer more slowly
 * than the quota allows requests, what is left of the window is cut into parts that are read side by side.
 *
 * @internal
 */
export function newestFirst(window: Span, reader: SpanReader): Pages {
  return downwards(window, reader, PROBE);
}

/** `probe`: pages read one after another before the rest may be cut. A part that is fuller than planned is cut again. */
async function* downwards(window: Span, reader: SpanReader, probe: number): Pages {
  const chain = new Chain(reader.ask(window), reader);
  try {
    for (;;) {
      const page = await chain.next();
      if (!page) return;
      yield page;
      const left = reader.limit - chain.events;
      if (chain.pages >= probe && chain.width > 1 && left > PART * reader.pageSize && chain.oldest < window.end) break;
    }
  } finally {
    await chain.close();
  }
  // The last moment seen is read again, since more may have happened in it; the reader drops the copies.
  const ask = (part: Span) => downwards(part, reader, 2 * PART);
  yield* sideBySide({ start: window.start, end: chain.oldest }, 'down', chain, ask, reader);
}

/**
 * Oldest first, from an API that only goes the other way. What fits into 40 pages is read once and turned round. Of a
 * longer window those pages are held back, the older rest is read in parts of about that size, and then they follow.
 *
 * @internal
 */
export async function* oldestFirst(window: Span, reader: SpanReader): Pages {
  const chain = new Chain(reader.ask(window), reader);
  const hold = Math.min(HOLD, Math.ceil(reader.limit / reader.pageSize) + 1);
  const held: (readonly AuditEvent[])[] = [];
  let whole = false;
  try {
    // One moment cannot be cut any further: whatever its size, it is read to the end.
    while (!whole && (held.length < hold || cut(chain.oldest, reader.grain) >= cut(window.end, reader.grain))) {
      const page = await chain.next();
      if (page) held.push(page.toReversed());
      else whole = true;
    }
  } finally {
    await chain.close();
  }
  if (!whole) {
    const ask = (part: Span) => oldestFirst(part, reader);
    yield* sideBySide({ start: window.start, end: chain.oldest }, 'up', chain, ask, reader);
  }
  for (let page = held.pop(); page; page = held.pop()) yield page;
}

/** Pages of one span, and what they teach about it. */
class Chain {
  readonly #pages: Pages;
  readonly #reader: SpanReader;
  pages = 0;
  events = 0;
  /** Times of the oldest and the newest event so far. */
  oldest = Number.POSITIVE_INFINITY;
  newest = Number.NEGATIVE_INFINITY;

  constructor(pages: Pages, reader: SpanReader) {
    this.#pages = pages;
    this.#reader = reader;
  }

  async next(): Promise<readonly AuditEvent[] | undefined> {
    const result = await this.#pages.next();
    if (result.done) return undefined;
    this.pages++;
    this.events += result.value.length;
    this.oldest = result.value[result.value.length - 1]?.time.getTime() ?? this.oldest;
    this.newest = Math.max(this.newest, result.value[0]?.time.getTime() ?? this.newest);
    return result.value;
  }

  /** Requests to keep in flight so that the quota and not the latency is the limit. */
  get width(): number {
    const { latency, inFlight, perSecond } = this.#reader;
    return Math.max(1, Math.min(inFlight, Math.ceil((latency() * perSecond) / 1000)));
  }

  /** Events a millisecond where there were any. */
  get density(): number {
    return this.events / Math.max(this.#reader.grain, this.newest - this.oldest);
  }

  close(): Promise<unknown> {
    return this.#pages.return();
  }
}

function sideBySide(
  span: Span,
  direction: 'up' | 'down',
  seen: Chain,
  ask: (part: Span) => Pages,
  reader: SpanReader,
): Pages {
  const { grain, pageSize } = reader;
  const pages = direction === 'up' ? HOLD / 2 : PART;
  let perMs = seen.density;
  let edge = direction === 'up' ? span.start : span.end;

  const next = (): Pages | undefined => {
    if (edge < span.start || edge > span.end) return undefined;
    const length = Math.max(grain, cut((pages * pageSize) / perMs, grain));
    const part =
      direction === 'up'
        ? { start: edge, end: Math.min(span.end, cut(edge, grain) + length - 1) }
        : { start: Math.max(span.start, cut(edge, grain) + grain - length), end: edge };
    edge = direction === 'up' ? part.end + 1 : part.start - 1;
    return learn(ask(part), part);
  };

  /** The next part is as long as the last ones were full. */
  async function* learn(parts: Pages, part: Span): Pages {
    let count = 0;
    for await (const page of parts) {
      count += page.length;
      yield page;
    }
    // Where a part was not worth its one request, the next is much longer: a quiet quarter must not cost hundreds.
    perMs = count < pageSize ? perMs / 8 : (perMs + count / (part.end - part.start + 1)) / 2;
  }

  return inOrder(next, () => seen.width, 2 * pages);
}

const cut = (time: number, grain: number) => Math.floor(time / grain) * grain;
