/** The grammar of JSON's brackets, texts and commas over chunks of bytes. Numbers and words are left to JSON.parse. */

/** Deeper nesting is no audit record. */
export const MAX_DEPTH = 512;

/**
 * Hears where values and keys begin and end, near the surface only: down to {@link HEARD_DEPTH} open brackets.
 * Positions count from the start of the stream.
 */
export interface ScanListener {
  /** `first`: nothing came before it in its array. */
  startValue(at: number, depth: number, byte: number, first: boolean): void;
  endValue(end: number, depth: number): void;
  startKey(at: number, depth: number): void;
  /** `first`: nothing came before it in its object. */
  endKey(end: number, depth: number, first: boolean): void;
  /** Index behind an object in an array that is dealt with and not to be scanned, or -1. */
  passElement(at: number, depth: number): number;
  /** A line ends between two parts of a value. `false`: it must not. */
  endLine(at: number): boolean;
}

/** The reason for which a scan stopped, other than the end of the value. */
export interface Break {
  readonly flaw: 'not-json' | 'too-deep';
  readonly reason: string;
}

const HEARD_DEPTH = 3;

// What may come next.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const COMMA_OR_END = 5;

const OBJECT = 0;
const ARRAY = 1;

const QUOTE = 0x22;
const NEWLINE = 0x0a;
const BRACE = 0x7b;
const BRACKET = 0x5b;

// Bytes that end the fast run through a text, and bytes that numbers, true, false and null are made of.
const TEXT_STOP = marks('"\\\n');
const SCALAR = marks('0123456789+-.eEtrufalsn');

function marks(bytes: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(bytes)) table[byte] = 1;
  return table;
}

const broken = (reason: string): Break => ({ flaw: 'not-json', reason });
const NO_TEXT = broken('A text stands where none can be.');
const NO_COMMA = broken('A comma stands where none can be.');
const NO_COLON = broken('A colon stands where none can be.');
const NO_OPENING = broken('A bracket opens where none can.');
const NO_CLOSING = broken('A bracket closes that is not open.');
const NO_BYTE = broken('A character stands outside of a text.');
const OPEN_TEXT = broken('A text goes over the end of its line.');
const OPEN_VALUE = broken('The line ends in the middle of a value.');
const TOO_DEEP: Break = { flaw: 'too-deep', reason: `Values are nested deeper than ${MAX_DEPTH}.` };

/**
 * Scans one value at a time, in as many chunks as it takes. Its memory does not depend on the value.
 *
 * @internal
 */
export class JsonScanner {
  readonly #listener: ScanListener;
  readonly #kinds = new Uint8Array(MAX_DEPTH);
  #depth = 0;
  #expect = VALUE;
  #inText = false;
  #escaped = false;
  #inScalar = false;
  #done = false;
  #break: Break | undefined;

  constructor(listener: ScanListener) {
    this.#listener = listener;
  }

  /** Whether the value has ended. */
  get done(): boolean {
    return this.#done;
  }

  /** Why the scan stopped before the end of the value, if it did. */
  get break(): Break | undefined {
    return this.#break;
  }

  /** A new value comes. */
  start(): void {
    this.#depth = 0;
    this.#expect = VALUE;
    this.#inText = this.#escaped = this.#inScalar = this.#done = false;
    this.#break = undefined;
  }

  /** Goes on behind the first key of an object that lies inside the `depth` outermost brackets of the last value. */
  resume(depth: number): void {
    this.start();
    this.#depth = depth + 1;
    this.#kinds[depth] = OBJECT;
    this.#expect = COLON;
  }

  /** Scans from an index of a chunk that begins at `offset`; gives the index behind the value, of the break, or the end. */
  scan(chunk: Buffer, from: number, offset: number): number {
    let at = from;
    while (at < chunk.length && !this.#done && this.#break === undefined) {
      at = this.#inText ? this.#scanText(chunk, at, offset) : this.#scanStructure(chunk, at, offset);
    }
    return at;
  }

  /** Scans up to the next text, the end or a break. */
  #scanStructure(chunk: Buffer, from: number, offset: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.#inScalar) {
        if (SCALAR[byte] === 1) continue;
        this.#inScalar = false;
        this.#endValue(offset + at);
      }
      const expect = this.#expect;
      switch (byte) {
        case 0x20:
        case 0x09:
        case 0x0d:
          continue;
        case NEWLINE:
          if (!this.#listener.endLine(offset + at)) return this.#stop(at, OPEN_VALUE);
          continue;
        case QUOTE:
          if (expect > KEY_OR_END) return this.#stop(at, NO_TEXT);
          if (expect < KEY) this.#startValue(offset + at, byte);
          else if (this.#depth <= HEARD_DEPTH) this.#listener.startKey(offset + at, this.#depth);
          this.#inText = true;
          return at + 1;
        case 0x2c:
          if (expect !== COMMA_OR_END) return this.#stop(at, NO_COMMA);
          this.#expect = this.#kinds[this.#depth - 1] === OBJECT ? KEY : VALUE;
          continue;
        case 0x3a:
          if (expect !== COLON) return this.#stop(at, NO_COLON);
          this.#expect = VALUE;
          continue;
        case BRACE:
        case BRACKET:
          if (expect > VALUE_OR_END) return this.#stop(at, NO_OPENING);
          if (byte === BRACE && this.#depth < HEARD_DEPTH) {
            const end = this.#passElement(offset + at);
            if (end !== -1) {
              at = end - offset - 1;
              this.#expect = COMMA_OR_END;
              continue;
            }
          }
          if (this.#depth === MAX_DEPTH) return this.#stop(at, TOO_DEEP);
          this.#startValue(offset + at, byte);
          this.#kinds[this.#depth++] = byte === BRACE ? OBJECT : ARRAY;
          this.#expect = byte === BRACE ? KEY_OR_END : VALUE_OR_END;
          continue;
        case 0x7d:
        case 0x5d:
          if (!this.#mayClose(byte === 0x7d ? OBJECT : ARRAY)) return this.#stop(at, NO_CLOSING);
          this.#depth--;
          this.#endValue(offset + at + 1);
          if (this.#done) return at + 1;
          continue;
        default:
          if (SCALAR[byte] !== 1 || expect > VALUE_OR_END) return this.#stop(at, NO_BYTE);
          this.#startValue(offset + at, byte);
          this.#inScalar = true;
      }
    }
    return chunk.length;
  }

  #scanText(chunk: Buffer, from: number, offset: number): number {
    const end = chunk.length;
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      if (chunk[at] !== NEWLINE) at++;
    }
    for (;;) {
      while (at < end && TEXT_STOP[chunk[at] as number] === 0) at++;
      if (at >= end) return end;
      const byte = chunk[at];
      if (byte === QUOTE) break;
      if (byte === NEWLINE) return this.#stop(at, OPEN_TEXT);
      if (at + 1 === end) {
        this.#escaped = true;
        return end;
      }
      // An escaped line end is as wrong as a plain one.
      at += chunk[at + 1] === NEWLINE ? 1 : 2;
    }
    this.#inText = false;
    if (this.#expect < KEY) {
      this.#endValue(offset + at + 1);
    } else {
      if (this.#depth <= HEARD_DEPTH) this.#listener.endKey(offset + at + 1, this.#depth, this.#expect === KEY_OR_END);
      this.#expect = COLON;
    }
    return at + 1;
  }

  #mayClose(kind: number): boolean {
    const open = this.#expect === COMMA_OR_END || this.#expect === (kind === OBJECT ? KEY_OR_END : VALUE_OR_END);
    return open && this.#depth > 0 && this.#kinds[this.#depth - 1] === kind;
  }

  #passElement(at: number): number {
    const inArray = this.#depth > 0 && this.#kinds[this.#depth - 1] === ARRAY;
    return inArray ? this.#listener.passElement(at, this.#depth) : -1;
  }

  #startValue(at: number, byte: number): void {
    if (this.#depth <= HEARD_DEPTH) this.#listener.startValue(at, this.#depth, byte, this.#expect === VALUE_OR_END);
  }

  #endValue(end: number): void {
    this.#expect = COMMA_OR_END;
    if (this.#depth <= HEARD_DEPTH) this.#listener.endValue(end, this.#depth);
    if (this.#depth === 0) this.#done = true;
  }

  #stop(at: number, reason: Break): number {
    this.#break = reason;
    return at;
  }
}
