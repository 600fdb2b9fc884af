/** Files, opened and read a little before their turn: a folder of small files is a matter of waiting, not of reading. */
import { close, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAbort, CHUNK } from './chunks.ts';
import { STDIN } from './expand.ts';
import { FileFault, unreadable } from './fault.ts';

/** Size of a read behind the first one of a file, which is of size {@link CHUNK}: large files are read in large steps. */
const STEP = 4 * CHUNK;

/** Files that are open at a time. */
const AHEAD = 8;

interface Opened {
  readonly first: Buffer;
  /** `undefined`: `first` is the whole file. */
  readonly descriptor: number | undefined;
  readonly buffer: Buffer;
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
 * Opens files in the order of the list. Memory: {@link AHEAD} chunks and a step, less than one MiB.
 *
 * @internal
 */
export class FilesAhead {
  readonly #paths: readonly string[];
  readonly #opened = new Map<number, Promise<Opened | FileFault>>();
  readonly #free: Buffer[] = [];
  #step: Buffer | undefined;
  #next = 0;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /**
   * The bytes of the file with this index. A chunk is overwritten by the next one, and not to be used after the end.
   * Files are to be asked for in their order; those that were not asked for are closed with {@link close}.
   */
  async *chunks(index: number): AsyncGenerator<Buffer, void, undefined> {
    this.#openUpTo(index);
    const opened = (await this.#opened.get(index)) as Opened | FileFault;
    this.#opened.delete(index);
    if (opened instanceof FileFault) throw opened;
    const { first, descriptor, buffer } = opened;
    try {
      if (first.length > 0) yield first;
      if (descriptor === undefined) return;
      this.#step ??= Buffer.allocUnsafeSlow(STEP);
      for (;;) {
        const bytes = await readInto(descriptor, this.#step, 0);
        if (bytes === 0) return;
        yield this.#step.subarray(0, bytes);
      }
    } finally {
      this.#free.push(buffer);
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

  #openUpTo(index: number): void {
    this.#next = Math.max(this.#next, index);
    for (; this.#next < Math.min(index + AHEAD, this.#paths.length); this.#next++) {
      const path = this.#paths[this.#next] as string;
      if (path !== STDIN) this.#opened.set(this.#next, this.#open(path));
    }
  }

  #buffer(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(CHUNK);
  }

  async #open(path: string): Promise<Opened | FileFault> {
    let descriptor: number | undefined;
    try {
      descriptor = await openFile(path, 'r');
      const buffer = this.#buffer();
      let length = 0;
      while (length < CHUNK) {
        const bytes = await readInto(descriptor, buffer, length);
        if (bytes === 0) {
          await closeFile(descriptor);
          return { first: buffer.subarray(0, length), descriptor: undefined, buffer };
        }
        length += bytes;
      }
      return { first: buffer, descriptor, buffer };
    } catch (error) {
      if (descriptor !== undefined) await closeFile(descriptor).catch(() => {});
      return error instanceof FileFault ? error : unreadable(error);
    }
  }
}
