/** Files, opened, read and unpacked a little before their turn, beside the work on the file whose turn it is. */
import { close, closeSync, fstatSync, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAbort, CHUNK, slices } from './chunks.ts';
import { STDIN } from './expand.ts';
import { FileFault, unreadable } from './fault.ts';
import { SMALL, unpackWhole } from './unpack-whole.ts';

/** Size up to which a file is read in one step; larger ones are read in steps of {@link STEP}. */
const WHOLE = 1024 * 1024;
const STEP = 2 * CHUNK;

/** Files that are open or in memory at a time, and how many of them after a small one. */
const AHEAD = 2;
const AHEAD_SMALL = 32;

interface Opened {
  /** The beginning of the file, or all of it, then unpacked where that was possible. */
  readonly first: Buffer;
  /** `undefined`: `first` is the whole file. */
  readonly descriptor: number | undefined;
}

// File handles of node:fs/promises do the same in twice the time, which is most of the time for small files.
const openFile = promisify(open);
const closeFile = promisify(close);
const readInto = (descriptor: number, buffer: Buffer, at: number) =>
  new Promise<number>((resolve, reject) => {
    read(descriptor, buffer, at, buffer.length - at, null, (error, bytes) =>
      error ? reject(unreadable(error)) : resolve(bytes),
    );
  });

/**
 * Opens files in the order of the list. Memory: what {@link AHEAD} whole files take, packed and unpacked, which is some
 * megabytes for a trail, or {@link AHEAD_SMALL} small ones, which is 35 MiB at most.
 *
 * @internal
 */
export class FilesAhead {
  readonly #paths: readonly string[];
  readonly #maxFileBytes: number;
  readonly #opened = new Map<number, Promise<Opened | FileFault>>();
  #step: Buffer | undefined;
  #next = 0;
  #ahead = AHEAD;

  constructor(paths: readonly string[], maxFileBytes: number) {
    this.#paths = paths;
    this.#maxFileBytes = maxFileBytes;
  }

  /**
   * The bytes of the file with this index, unpacked or not. A chunk may be overwritten by the next one. Files are to be
   * asked for in their order; those that were not asked for are closed with {@link close}.
   */
  async *chunks(index: number): AsyncGenerator<Buffer, void, undefined> {
    this.#openUpTo(index);
    const opened = (await this.#opened.get(index)) as Opened | FileFault;
    this.#opened.delete(index);
    if (opened instanceof FileFault) throw opened;
    const { first, descriptor } = opened;
    this.#ahead = descriptor === undefined && first.length <= SMALL ? AHEAD_SMALL : AHEAD;
    try {
      yield* slices(first);
      if (descriptor === undefined) return;
      this.#step ??= Buffer.allocUnsafeSlow(STEP);
      for (;;) {
        const bytes = await readInto(descriptor, this.#step, 0);
        if (bytes === 0) return;
        yield this.#step.subarray(0, bytes);
      }
    } finally {
      if (descriptor !== undefined) await closeFile(descriptor);
    }
  }

  /** Closes what was opened and not asked for. An abort does not wait for a file that is still being opened. */
  async close(signal: AbortSignal): Promise<void> {
    this.#next = this.#paths.length;
    const closed = [...this.#opened.values()].map(async (opening) => {
      const opened = await opening;
      if (!(opened instanceof FileFault) && opened.descriptor !== undefined) await closeFile(opened.descriptor);
    });
    this.#opened.clear();
    const all = Promise.all(closed).then(() => {});
    await beforeAbort(all, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** By half of them at a time: threads that are awake are cheaper than ones to be woken for each file. */
  #openUpTo(index: number): void {
    if (this.#next > index + this.#ahead / 2) return;
    this.#next = Math.max(this.#next, index);
    for (; this.#next < Math.min(index + this.#ahead, this.#paths.length); this.#next++) {
      const path = this.#paths[this.#next] as string;
      if (path !== STDIN) this.#opened.set(this.#next, this.#open(path));
    }
  }

  async #open(path: string): Promise<Opened | FileFault> {
    let descriptor: number | undefined;
    try {
      descriptor = await openFile(path, 'r');
      const first = await beginningOf(descriptor);
      if (first.length > WHOLE) return { first, descriptor };
      // Nothing waits for that: the system has been asked for all it has, and there is nothing to write.
      closeSync(descriptor);
      descriptor = undefined;
      return { first: (await unpackWhole(first, this.#maxFileBytes)) ?? first, descriptor };
    } catch (error) {
      if (descriptor !== undefined) await closeFile(descriptor).catch(() => {});
      return error instanceof FileFault ? error : unreadable(error);
    }
  }
}

/** All bytes of a file, or more than {@link WHOLE}. What is no file tells no size, and is read until it ends all the same. */
async function beginningOf(descriptor: number): Promise<Buffer> {
  const { size } = fstatSync(descriptor);
  let buffer = Buffer.allocUnsafe(Math.min(size, WHOLE) + 1);
  for (let length = 0; ; ) {
    const bytes = await readInto(descriptor, buffer, length);
    length += bytes;
    // One byte of room is left at the end of a file that has the size it tells.
    if (bytes === 0 || (length === size && size > 0) || length > WHOLE) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(length + CHUNK, WHOLE + 1));
  }
}
