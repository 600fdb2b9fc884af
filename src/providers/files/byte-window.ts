/** The part of a byte stream that must stay in memory while a value is cut out of it. */

/**
 * Positions are counted from the start of the stream. A piece that lies in the current chunk is decoded from it without
 * a copy; only what goes over the end of a chunk is copied, so a chunk may be overwritten once it was taken in.
 *
 * @internal
 */
export class ByteWindow {
  #chunk: Buffer = EMPTY;
  /** Position of the current chunk's first byte. */
  #offset = 0;
  #kept: Buffer = EMPTY;
  #keptStart = 0;
  #keptLength = 0;

  /** Position of the current chunk's first byte. */
  get offset(): number {
    return this.#offset;
  }

  /** Position behind the current chunk's last byte. */
  get end(): number {
    return this.#offset + this.#chunk.length;
  }

  enter(chunk: Buffer): void {
    this.#chunk = chunk;
  }

  /** Leaves the current chunk and keeps its bytes from a position on; `-1` keeps none. */
  leave(keepFrom: number): void {
    if (keepFrom === -1) this.#drop();
    else this.#keep(keepFrom, this.end);
    this.#offset += this.#chunk.length;
    this.#chunk = EMPTY;
  }

  text(from: number, to: number): string {
    if (from >= this.#offset) return this.#chunk.toString('utf8', from - this.#offset, to - this.#offset);
    this.#keep(this.#keptStart, to);
    return this.#kept.toString('utf8', from - this.#keptStart, to - this.#keptStart);
  }

  /** A copy. */
  bytes(from: number, to: number): Buffer {
    if (from >= this.#offset) return Buffer.from(this.#chunk.subarray(from - this.#offset, to - this.#offset));
    this.#keep(this.#keptStart, to);
    return Buffer.from(this.#kept.subarray(from - this.#keptStart, to - this.#keptStart));
  }

  /** Puts bytes that were matched, and not kept, in front of a position. */
  restore(bytes: Buffer, before: number): void {
    this.#drop();
    this.#keptStart = before - bytes.length;
    this.#append(bytes, 0, bytes.length);
  }

  #keep(from: number, to: number): void {
    if (this.#keptLength === 0 || from >= this.#offset) {
      this.#drop();
      this.#keptStart = from;
    } else if (from > this.#keptStart) {
      this.#kept.copyWithin(0, from - this.#keptStart, this.#keptLength);
      this.#keptLength -= from - this.#keptStart;
      this.#keptStart = from;
    }
    const have = this.#keptStart + this.#keptLength;
    if (to > have) this.#append(this.#chunk, have - this.#offset, to - this.#offset);
  }

  #append(from: Buffer, start: number, end: number): void {
    const need = this.#keptLength + end - start;
    if (need > this.#kept.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(need, this.#kept.length * 2, FIRST_SIZE));
      this.#kept.copy(grown, 0, 0, this.#keptLength);
      this.#kept = grown;
    }
    from.copy(this.#kept, this.#keptLength, start, end);
    this.#keptLength = need;
  }

  #drop(): void {
    this.#keptLength = 0;
    // One large record must not hold its memory for the rest of the file.
    if (this.#kept.length > LARGE) this.#kept = EMPTY;
  }
}

const EMPTY = Buffer.alloc(0);
const FIRST_SIZE = 16 * 1024;
const LARGE = 1024 * 1024;
