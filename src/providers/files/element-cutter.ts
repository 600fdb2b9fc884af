/** Decides which parts of a top-level value are given as pieces, and how much of it must stay in memory meanwhile. */
import type { ByteWindow } from './byte-window.ts';
import type { ScanListener } from './json-scanner.ts';
import type { Cut, Flaw, Piece } from './piece.ts';

/** A top-level object up to this size is given whole, record arrays included. */
export const WHOLE_BYTES = 64 * 1024;

/** The beginning of an element up to the end of its first key, and how many brackets are open around it. */
export interface ElementStart {
  readonly bytes: Buffer;
  readonly depth: number;
}

/** The longest beginning that is remembered. */
const MAX_START = 256;
/** Longer than any key of a record array, in whatever spelling. */
const MAX_KEY = 256;
const NONE = -1;
const QUOTE = 0x22;
const BRACE = 0x7b;
const BRACKET = 0x5b;

/** What {@link ElementCutter} needs to know. */
export interface CutRules {
  /** Keys of a top-level object under which an array of objects is cut into its elements. */
  readonly arrays: ReadonlySet<string>;
  /** A value larger than this becomes a {@link Flaw}. */
  readonly maxBytes: number;
}

/**
 * Hears one top-level value after the other. Elements of a top-level array are pieces. A top-level object is one piece;
 * if it has a record array and is larger than {@link WHOLE_BYTES}, the elements of the array are, and the rest is dropped.
 *
 * @internal
 */
export class ElementCutter implements Omit<ScanListener, 'endLine' | 'passElement'> {
  readonly #rules: CutRules;
  readonly #wholeBytes: number;
  readonly #lengths: ReadonlySet<number>;
  readonly #window: ByteWindow;
  readonly #out: (piece: Piece) => void;

  // Where the top-level value, the element and the top-level key in work begin.
  #top = NONE;
  #topLine = 1;
  #element = NONE;
  #elementLine = 1;
  #key = NONE;
  /** Number of brackets around the elements to cut. */
  #cut = NONE;
  #arrayKey = false;
  /** Members of the top-level value so far. */
  #members = 0;
  #topTooLarge = false;
  #elementTooLarge = false;
  /** The top-level value is not given whole, or not any more. */
  #cutting = false;
  #held: Piece[] = [];
  #firstStart: ElementStart | undefined;

  /** The line on which the next byte stands. */
  line = 1;

  constructor(rules: CutRules, window: ByteWindow, out: (piece: Piece) => void) {
    this.#rules = rules;
    this.#wholeBytes = Math.min(WHOLE_BYTES, rules.maxBytes);
    this.#lengths = new Set([...rules.arrays].map((key) => Buffer.byteLength(key)));
    this.#window = window;
    this.#out = out;
  }

  /** How the elements of the value's array begin, as far as its first element told. */
  get elementStart(): ElementStart | undefined {
    return this.#firstStart;
  }

  startTop(at: number, byte: number): void {
    this.#top = at;
    this.#topLine = this.line;
    this.#cutting = byte === BRACKET;
    this.#cut = byte === BRACKET ? 1 : NONE;
    this.#arrayKey = false;
    this.#members = 0;
    this.#topTooLarge = false;
    this.#firstStart = undefined;
  }

  startValue(at: number, depth: number, byte: number, first: boolean): void {
    if (this.#cut === NONE) {
      if (depth === 1 && this.#arrayKey && byte === BRACKET) this.#cut = 2;
      return;
    }
    if (depth !== this.#cut) return;
    // A member that has the name of a record array and holds something else is just a member.
    if (first && depth === 2 && byte !== BRACE) this.#cut = NONE;
    else this.#startElement(at, this.line);
  }

  endValue(end: number, depth: number): void {
    if (depth === this.#cut) this.#endElement(end);
    else if (depth === this.#cut - 1) this.#cut = NONE;
    if (depth === 0) this.#endTop(end);
  }

  startKey(at: number, depth: number): void {
    if (depth !== 1) return;
    this.#members++;
    if (this.#cut === NONE) this.#key = at;
  }

  endKey(end: number, depth: number, first: boolean): void {
    if (depth === 1) {
      this.#arrayKey = this.#key !== NONE && this.#isArrayKey(this.#key + 1, end - 1);
      this.#key = NONE;
    } else if (first && depth === this.#cut + 1 && this.#firstStart === undefined && end - this.#element <= MAX_START) {
      if (!this.#elementTooLarge)
        this.#firstStart = { bytes: this.#window.bytes(this.#element, end), depth: this.#cut };
    }
  }

  /** Whether an object that begins inside of `depth` brackets is an element that is given by itself. */
  isCut(depth: number): boolean {
    return depth === this.#cut && this.#cutting;
  }

  /** Whether it is the first element of an array with nothing before it in its object, which may be given whole yet. */
  mayBeCut(depth: number): boolean {
    return depth === this.#cut && this.#members === 1 && this.#held.length === 0;
  }

  /** Index behind which the top-level value is not given whole. */
  get wholeEnd(): number {
    return this.#top + this.#wholeBytes;
  }

  /** An element is passed that begins at an index of a chunk. What is passed has a first key, and no escapes in it. */
  pass(chunk: Buffer, at: number): void {
    if (!this.#cutting) this.#release();
    if (this.#firstStart !== undefined) return;
    const end = chunk.indexOf(QUOTE, at + 2) + 1;
    if (end - at <= MAX_START) this.#firstStart = { bytes: Buffer.from(chunk.subarray(at, end)), depth: this.#cut };
  }

  /** A top-level object is passed. */
  passTop(): void {
    this.#firstStart = undefined;
  }

  /** The last bytes of the element in work before a position, as far as they are still there; at most `count`. */
  before(at: number, count: number): Buffer {
    if (this.#element === NONE) return Buffer.alloc(0);
    const kept = this.#elementTooLarge ? this.#window.offset : this.#element;
    return this.#window.bytes(Math.max(kept, at - count), at);
  }

  /** The value in work is broken: gives the elements before the break and then the flaw. */
  breakOff(flaw: Flaw['flaw'], reason: string): void {
    this.#release();
    this.#out({ flaw, line: this.#element === NONE ? this.#topLine : this.#elementLine, reason });
    this.#top = this.#element = this.#key = NONE;
  }

  /** Behind a break an element was found by its start, which ends here. */
  resume(start: ElementStart, end: number): void {
    this.#cut = start.depth;
    this.#startElement(end - start.bytes.length, this.line - start.bytes.filter((byte) => byte === 0x0a).length);
    // The start may lie in a chunk that is gone.
    if (this.#element < this.#window.offset) this.#window.restore(start.bytes, end);
  }

  /** The chunk ends: the position from which on its bytes are needed, or -1. */
  leaveChunk(): number {
    const { end } = this.#window;
    if (this.#top !== NONE && !this.#cutting) {
      const bytes = end - this.#top;
      if (bytes > this.#wholeBytes && (this.#element !== NONE || this.#held.length > 0)) this.#release();
      else if (bytes > this.#rules.maxBytes) this.#topTooLarge = true;
    }
    if (this.#element !== NONE && end - this.#element > this.#rules.maxBytes) this.#elementTooLarge = true;
    if (this.#key !== NONE && end - this.#key > MAX_KEY) this.#key = NONE;
    if (this.#top !== NONE && !this.#cutting && !this.#topTooLarge) return this.#top;
    return this.#element !== NONE && !this.#elementTooLarge ? this.#element : this.#key;
  }

  #startElement(at: number, line: number): void {
    this.#element = at;
    this.#elementLine = line;
    this.#elementTooLarge = false;
  }

  #endElement(end: number): void {
    if (this.#element === NONE) return;
    const piece = this.#pieceOf(this.#element, end, this.#elementLine, this.#elementTooLarge);
    this.#element = NONE;
    if (this.#cutting) {
      this.#out(piece);
      return;
    }
    this.#held.push(piece);
    if (end - this.#top > this.#wholeBytes) this.#release();
  }

  #endTop(end: number): void {
    if (!this.#cutting && this.#held.length > 0 && end - this.#top > this.#wholeBytes) this.#release();
    if (!this.#cutting) {
      const piece = this.#pieceOf(this.#top, end, this.#topLine, this.#topTooLarge);
      this.#out(this.#held.length === 0 ? piece : { ...(piece as Cut), elements: this.#held });
      this.#held = [];
    }
    this.#top = NONE;
  }

  #pieceOf(from: number, to: number, line: number, tooLarge: boolean): Piece {
    const bytes = to - from;
    if (!tooLarge && bytes <= this.#rules.maxBytes) return { text: this.#window.text(from, to), line, bytes };
    return {
      flaw: 'too-large',
      line,
      reason: `A value is larger than ${this.#rules.maxBytes} bytes (maxRecordBytes).`,
    };
  }

  /** From here on elements are given as they come. */
  #release(): void {
    this.#cutting = true;
    for (const piece of this.#held) this.#out(piece);
    this.#held = [];
  }

  /** By length first: it is asked for every key of every record. A key that is written with escapes is not recognised. */
  #isArrayKey(from: number, to: number): boolean {
    return this.#lengths.has(to - from) && this.#rules.arrays.has(this.#window.text(from, to));
  }
}
