/** Reads a text from left to right; an error names the position. */
export class Scanner {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The match of a sticky expression at the current position, behind white space; it is consumed. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = this.#match(/\s*/, this.#at);
    const start = this.#at + (match?.[0].length ?? 0);
    const found = this.#match(pattern, start);
    if (found) this.#at = start + found[0].length;
    return found ?? undefined;
  }

  /** Whether the text goes on so; it is not consumed. */
  sees(pattern: RegExp): boolean {
    const before = this.#at;
    const found = this.take(pattern) !== undefined;
    this.#at = before;
    return found;
  }

  need(pattern: RegExp, what: string): RegExpExecArray {
    const found = this.take(pattern);
    if (!found) throw new SyntaxError(`${what} expected at ${this.#at}: ${this.#text.slice(this.#at, this.#at + 30)}`);
    return found;
  }

  end(): void {
    this.need(/$/, 'end');
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | null {
    const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
    sticky.lastIndex = at;
    return sticky.exec(this.#text);
  }
}
