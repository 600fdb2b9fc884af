/** Bytes in chunks, and the way out of waiting for them. */
import { setImmediate } from 'node:timers/promises';

/** Largest chunk that is handed on, in bytes. */
export const CHUNK = 512 * 1024;

/** The bytes of a stream, in chunks of at most {@link CHUNK}. An abort destroys the stream, if it is of Node's kind. @internal */
export async function* streamChunks(
  stream: AsyncIterable<Uint8Array | string> & { destroy?: () => void },
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  // A pull that waits for standard input would keep the process alive.
  const destroy = () => stream.destroy?.();
  signal.addEventListener('abort', destroy, { once: true });
  try {
    for await (const part of stream) {
      const bytes =
        typeof part === 'string' ? Buffer.from(part) : Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      yield* slices(bytes);
    }
  } finally {
    signal.removeEventListener('abort', destroy);
  }
}

/**
 * The same bytes in chunks of at most {@link CHUNK}. Between two of them everything else of the process gets its turn: the
 * files that are opened meanwhile, timers, whoever wants to abort.
 *
 * @internal
 */
export async function* slices(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (at > 0) await setImmediate();
    yield bytes.subarray(at, at + CHUNK);
  }
}

/**
 * The same chunks, but an abort rejects at once with `signal.reason`, even while a chunk is awaited that never comes.
 *
 * @internal
 */
export async function* abortable(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  let waiting = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      waiting = true;
      const next = await beforeAbort(iterator.next(), signal);
      waiting = false;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A stream that hangs would let return() hang as well; it is told, and not waited for.
    const returned = iterator.return?.();
    if (waiting) returned?.catch(() => {});
    else await returned;
  }
}

/** What a promise gives, unless the signal aborts first: then it rejects with `signal.reason`. @internal */
export function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      promise.catch(() => {});
      reject(signal.reason);
      return;
    }
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
