/** How a window is read from an API without pages and tokens: spans of time, and again what an answer did not cover. */
import type { Order } from './source.ts';
import type { Span } from './windows.ts';

/** What became of one span. @internal */
export interface SpanAnswer<T> {
  readonly value: T;
  /** The parts of the span that are still to be asked, in the order of reading; none where the answer is the whole. */
  readonly rest: readonly Span[];
}

/** An answer, and how far the window is settled by it. @internal */
export interface Reached<T> {
  readonly value: T;
  /** Nothing before this moment, in the order of reading, is still to come; `undefined` at the end of the window. */
  readonly reached: number | undefined;
}

/**
 * Asks for a window in spans of at most `longest()` milliseconds, each when the one before it has been taken. `ask` must
 * leave less than it was given, else this goes on for ever.
 *
 * @internal
 */
export async function* uncursored<T>(
  window: Span,
  order: Order,
  longest: () => number,
  ask: (span: Span) => Promise<SpanAnswer<T>>,
): AsyncGenerator<Reached<T>, void, undefined> {
  const down = order === 'newest-first';
  // The next one is the last.
  const open: Span[] = window.start <= window.end ? [window] : [];
  for (let span = open.pop(); span; span = open.pop()) {
    const most = Math.max(1, Math.floor(longest()));
    let first = span;
    if (span.end - span.start >= most) {
      first = down ? { ...span, start: span.end - most + 1 } : { ...span, end: span.start + most - 1 };
      open.push(down ? { ...span, end: first.start - 1 } : { ...span, start: first.end + 1 });
    }
    const { value, rest } = await ask(first);
    open.push(...rest.toReversed());
    const next = open.at(-1);
    yield { value, reached: next && (down ? next.end + 1 : next.start) };
  }
}

/** A span in two, in the order of reading; `undefined` where it cannot be cut any further. @internal */
export function halves({ start, end }: Span, order: Order): readonly Span[] | undefined {
  if (start >= end) return undefined;
  const middle = Math.floor((start + end) / 2);
  const both = [
    { start, end: middle },
    { start: middle + 1, end },
  ];
  return order === 'newest-first' ? both.reverse() : both;
}
