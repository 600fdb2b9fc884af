/** Unpacks gzip as it streams, and stops where a small file becomes a huge one. */
import { createGunzip } from 'node:zlib';
import { slices } from './chunks.ts';
import { FileFault } from './fault.ts';
import { SMALL, unpackWhole } from './unpack-whole.ts';

// What is put in at a time. Deflate makes at most 1,032 bytes of one, so one slice becomes 16 MiB at worst. Damage costs
// what its slice would have given, so a small file that is known to be damaged gets small ones.
const SLICE = 16 * 1024;
const SMALL_SLICE = 128;
/** Room for what comes out, in bytes: several slices go into one, since each new one is a way to the main thread and back. */
const OUTPUT = 1024 * 1024;
/** Checksum and length at the end of each member. */
const TRAILER = 8;

/**
 * The content of one gzip stream or of several behind each other. What a cut or damaged stream still gives is given,
 * then comes a {@link FileFault}.
 *
 * @internal
 */
export async function* inflate(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const next = await iterator.next();
    if (next.done) return;
    // The next pull may overwrite it.
    const first = { done: false, value: Buffer.from(next.value) };
    const second = await iterator.next();
    const isSmall = second.done === true && first.value.length <= SMALL;
    const unpacked = isSmall ? await unpackWhole(first.value, maxBytes) : undefined;
    if (unpacked) yield* slices(unpacked);
    else yield* new Inflation(maxBytes, isSmall ? SMALL_SLICE : SLICE).run(from([first, second], iterator));
  } finally {
    await iterator.return?.();
  }
}

async function* from(
  first: readonly IteratorResult<Buffer, unknown>[],
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  for (const next of first) {
    if (next.done) return;
    yield next.value;
  }
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

class Inflation {
  readonly #maxBytes: number;
  readonly #slice: number;
  readonly #engine = createGunzip({ chunkSize: OUTPUT });
  #ready: Buffer[] = [];
  #given = 0;
  #failure: NodeJS.ErrnoException | undefined;
  #wake = () => {};

  constructor(maxBytes: number, slice: number) {
    this.#maxBytes = maxBytes;
    this.#slice = slice;
    // Flowing from the start, a stream hands on every part before the error that follows; read part by part, an error
    // would discard those that wait.
    this.#engine.on('data', (part: Buffer) => this.#ready.push(part));
    this.#engine.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure = error;
      this.#wake();
    });
  }

  /** While what came out is being worked on, the next slice is unpacked. */
  async *run(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
    const engine = this.#engine;
    try {
      for await (const chunk of chunks) {
        // The last bytes alone: if they are a checksum that does not fit, everything before them has been given.
        const end = Math.max(0, chunk.length - TRAILER);
        for (let at = 0; at < chunk.length && !this.#failure; ) {
          const from = at;
          at = from < end ? Math.min(from + this.#slice, end) : chunk.length;
          const parts = this.#ready;
          this.#ready = [];
          const work = this.#settled((done) => engine.write(chunk.subarray(from, at), done));
          yield* this.#give(parts);
          // The next pull may overwrite the chunk.
          await work;
        }
        if (this.#failure) break;
      }
      if (!this.#failure) await this.#settled((done) => engine.once('end', done).end());
      yield* this.#give(this.#ready);
      if (this.#failure) throw faultOf(this.#failure);
    } finally {
      engine.destroy();
    }
  }

  #settled(act: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      act(() => resolve());
    });
  }

  *#give(parts: readonly Buffer[]): Generator<Buffer, void, undefined> {
    for (const part of parts) {
      const room = this.#maxBytes - this.#given;
      this.#given += part.length;
      // Up to the bound everything counts, whatever the sizes of the parts.
      if (part.length <= room) yield part;
      else {
        if (room > 0) yield part.subarray(0, room);
        throw tooLarge(this.#maxBytes);
      }
    }
  }
}

function tooLarge(maxBytes: number): FileFault {
  return new FileFault(
    'size-limit',
    `A compressed file holds more than ${maxBytes} bytes; the rest was not read. If that is right, raise maxFileBytes.`,
  );
}

function faultOf(error: NodeJS.ErrnoException): FileFault {
  const cut = error.code === 'Z_BUF_ERROR';
  const message = cut
    ? 'A compressed file is cut off; what could be unpacked was read.'
    : 'A compressed file is damaged; what could be unpacked was read.';
  return new FileFault('truncated-file', message, 'malformed', error);
}
