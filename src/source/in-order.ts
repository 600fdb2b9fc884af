/** Several parts of a window in flight at once, given out in their order. */

interface Part<T> {
  readonly pages: T[];
  done: boolean;
  error: { readonly reason: unknown } | undefined;
  /** Called when something has changed that the consumer waits for. */
  wake: (() => void) | undefined;
  /** Called when there is room again. */
  more: (() => void) | undefined;
}

/** So many parts may be under way, or be read and wait behind one that takes longer. */
const MOST = 24;

/**
 * Reads the parts that `next` gives side by side, and yields their pages part after part: one, and more as long as there is
 * `room`, which is asked whenever a part ends. A part that is not first yet stops after `ahead` pages, so that memory is
 * bounded by `24 * ahead` pages.
 *
 * @internal
 */
export async function* inOrder<T>(
  next: () => AsyncIterator<T> | undefined,
  room: () => boolean,
  ahead: number,
): AsyncGenerator<T, void, undefined> {
  const parts: Part<T>[] = [];
  const running: Promise<void>[] = [];
  let closed = false;

  const run = async (iterator: AsyncIterator<T>, part: Part<T>): Promise<void> => {
    try {
      while (!closed) {
        while (part !== parts[0] && part.pages.length >= ahead && !closed) {
          await new Promise<void>((resolve) => {
            part.more = resolve;
          });
        }
        if (closed) break;
        const result = await iterator.next();
        if (result.done) break;
        part.pages.push(result.value);
        part.wake?.();
        // The first part goes at the consumer's pace: a page for each pull.
        if (part === parts[0] && !closed) {
          await new Promise<void>((resolve) => {
            part.more = resolve;
          });
        }
      }
    } catch (reason) {
      part.error = { reason };
    } finally {
      part.done = true;
      part.wake?.();
      // Another one takes its place, even while it waits behind a slower one.
      if (!closed && !part.error) fill();
      await iterator.return?.();
    }
  };

  const fill = (): void => {
    while (parts.length < MOST && (parts.every(({ done }) => done) || room())) {
      const iterator = next();
      if (!iterator) return;
      const part: Part<T> = { pages: [], done: false, error: undefined, wake: undefined, more: undefined };
      parts.push(part);
      running.push(run(iterator, part));
    }
  };

  try {
    for (fill(); parts.length > 0; fill()) {
      const first = parts[0] as Part<T>;
      while (first.pages.length === 0 && !first.done) {
        await new Promise<void>((resolve) => {
          first.wake = resolve;
          first.more?.();
        });
      }
      const page = first.pages.shift();
      if (page !== undefined) yield page;
      else if (first.error) throw first.error.reason;
      else parts.shift();
    }
  } finally {
    closed = true;
    for (const part of parts) part.more?.();
    await Promise.allSettled(running);
  }
}
