/** Finds a byte sequence in a stream, over the borders of chunks, looking at each byte once (Knuth, Morris, Pratt). */

/** @internal */
export class Pattern {
  readonly #bytes: Buffer;
  /** For each length of a match: how much of it can still be the beginning of another. */
  readonly #steps: readonly number[];
  #matched = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const steps = [0];
    for (let i = 1, length = 0; i < bytes.length; i++) {
      while (length > 0 && bytes[i] !== bytes[length]) length = steps[length - 1] as number;
      if (bytes[i] === bytes[length]) length++;
      steps.push(length);
    }
    this.#steps = steps;
  }

  /** Takes the next byte; whether the sequence ends with it. */
  feed(byte: number): boolean {
    let matched = this.#matched;
    while (matched > 0 && byte !== this.#bytes[matched]) matched = this.#steps[matched - 1] as number;
    if (byte === this.#bytes[matched]) matched++;
    const found = matched === this.#bytes.length;
    this.#matched = found ? 0 : matched;
    return found;
  }
}
