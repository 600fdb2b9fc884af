/** Cuts a stream of bytes into JSON values, so that a file of any size is read in pieces of the size of a record. */
import { ByteWindow } from './byte-window.ts';
import { type CutRules, ElementCutter, WHOLE_BYTES } from './element-cutter.ts';
import { JsonScanner } from './json-scanner.ts';
import { Pattern } from './pattern.ts';
import type { Flaw, Piece, RecordProbe } from './piece.ts';
import { isIgnoredField, isPrefix, kindOfLine, MAX_PREFIX, PACKED } from './text-line.ts';

// Between top-level values, in one, in a line that is no JSON, in one that is passed over, behind damage.
type Mode = 'between' | 'value' | 'text' | 'ignored' | 'damaged';

const NONE = -1;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/**
 * What comes out is described at {@link ElementCutter}.
 *
 * When the first value ends on the line on which it began, every line stands alone: a broken line costs that line.
 * In a document a break costs the element in which it is; reading goes on at the next element that begins as the first
 * one of its array did, or at a line that begins with `{`. Each byte is looked at once, whatever is broken.
 *
 * @internal
 */
export class JsonCutter {
  readonly #maxBytes: number;
  readonly #window = new ByteWindow();
  readonly #scanner: JsonScanner;
  readonly #elements: ElementCutter;
  readonly #out: (piece: Piece) => void;
  readonly #probe: RecordProbe | undefined;
  #chunk: Buffer = Buffer.alloc(0);
  #mode: Mode = 'between';
  #lineStart = 0;
  /** Whether lines stand alone; undefined as long as only the first value could tell. */
  #lines: boolean | undefined;
  /** Whether a value was seen on this line. */
  #seen = false;
  #textStart = NONE;
  #pattern: Pattern | undefined;

  /** `out` takes the pieces in their order, and `probe` objects that it passes, as soon as they end. */
  constructor(rules: CutRules, out: (piece: Piece) => void, probe?: RecordProbe) {
    this.#maxBytes = rules.maxBytes;
    this.#out = out;
    this.#probe = probe;
    const elements = new ElementCutter(rules, this.#window, out);
    this.#elements = elements;
    this.#scanner = new JsonScanner({
      startValue: (at, depth, byte, first) => elements.startValue(at, depth, byte, first),
      endValue: (end, depth) => elements.endValue(end, depth),
      startKey: (at, depth) => elements.startKey(at, depth),
      endKey: (end, depth, first) => elements.endKey(end, depth, first),
      passElement: (at, depth) => this.#passElement(at, depth),
      endLine: (at) => this.#endLineInValue(at),
    });
  }

  /** Takes in a chunk, which may be overwritten afterwards. */
  push(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#window.enter(chunk);
    this.#probe?.enter(chunk);
    for (let at = 0; at < chunk.length; ) at = this.#step(chunk, at);
    const keepFrom = this.#elements.leaveChunk();
    this.#window.leave(this.#textStart === NONE ? keepFrom : this.#textStart);
  }

  /** The stream has ended. */
  end(): void {
    if (this.#mode === 'text') this.#endText(this.#window.end);
    if (this.#mode === 'value') this.#elements.breakOff('truncated', 'The content ends in the middle of a value.');
    this.#mode = 'between';
  }

  #step(chunk: Buffer, at: number): number {
    switch (this.#mode) {
      case 'value':
        return this.#readValue(chunk, at);
      case 'between':
        return this.#readBetween(chunk, at);
      case 'text':
        return this.#readText(chunk, at);
      case 'ignored':
        return this.#readIgnored(chunk, at);
      case 'damaged':
        return this.#readDamaged(chunk, at);
    }
  }

  #endLine(at: number): void {
    this.#elements.line++;
    this.#lineStart = at + 1;
    this.#seen = false;
  }

  #endLineInValue(at: number): boolean {
    if (this.#lines === true) return false;
    this.#lines = false;
    this.#endLine(at);
    return true;
  }

  #readBetween(chunk: Buffer, from: number): number {
    const { offset } = this.#window;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === 0x20 || byte === 0x09 || byte === 0x0d) continue;
      if (byte === NEWLINE) {
        if (this.#seen) this.#lines ??= true;
        this.#endLine(offset + at);
      } else if (byte === BRACE || byte === BRACKET || byte === QUOTE) {
        const end = byte === BRACE ? this.#passTop(at) : NONE;
        if (end === NONE) return this.#startValue(offset + at, byte, at);
        this.#seen = true;
        at = end - 1;
      } else if (byte !== COMMA || !this.#seen) {
        return this.#readForeign(offset + at, at);
      }
    }
    return chunk.length;
  }

  #readForeign(position: number, at: number): number {
    if (this.#lines === false || this.#seen) {
      this.#flaw('not-json', 'There is something else between two values.');
      this.#startDamage();
    } else {
      this.#lines = true;
      this.#textStart = position;
      this.#mode = 'text';
    }
    return at;
  }

  #passElement(position: number, depth: number): number {
    if (this.#probe === undefined) return NONE;
    const at = position - this.#window.offset;
    if (!this.#elements.isCut(depth) && !(this.#elements.mayBeCut(depth) && this.#holdsRecordsOnly(at))) return NONE;
    const end = this.#measure(at);
    if (end === NONE) return NONE;
    this.#elements.pass(this.#chunk, at);
    this.#probe.take(this.#chunk, at, end);
    return end + this.#window.offset;
  }

  /**
   * Whether the top-level value is a record array and nothing else, or too large to be given whole, as far as records
   * that can be passed tell: then it is the same whether its elements are given or it as a whole.
   */
  #holdsRecordsOnly(from: number): boolean {
    const wholeEnd = this.#elements.wholeEnd - this.#window.offset;
    for (let at = from; ; ) {
      const end = this.#measure(at);
      if (end === NONE) return false;
      if (end > wholeEnd) return true;
      at = spaceEnd(this.#chunk, end);
      if (this.#chunk[at] === COMMA) at = spaceEnd(this.#chunk, at + 1);
      else return this.#chunk[at] === 0x5d && this.#chunk[spaceEnd(this.#chunk, at + 1)] === 0x7d;
      if (this.#chunk[at] !== BRACE) return false;
    }
  }

  #passTop(at: number): number {
    const end = this.#measure(at);
    if (end === NONE) return NONE;
    this.#elements.passTop();
    this.#probe?.take(this.#chunk, at, end);
    return end;
  }

  #measure(at: number): number {
    const end = this.#probe?.measure(at) ?? NONE;
    return end - at > Math.min(WHOLE_BYTES, this.#maxBytes) ? NONE : end;
  }

  #startValue(position: number, byte: number, at: number): number {
    this.#scanner.start();
    this.#elements.startTop(position, byte);
    this.#mode = 'value';
    return at;
  }

  #readValue(chunk: Buffer, from: number): number {
    const at = this.#scanner.scan(chunk, from, this.#window.offset);
    if (this.#scanner.done) {
      this.#mode = 'between';
      this.#seen = true;
    } else if (this.#scanner.break !== undefined) {
      const start = this.#elements.elementStart;
      // A lost quote makes a text of what follows, up to the first quote of the next element, whose start is half over
      // by the time the damage shows.
      const before = start && this.#elements.before(this.#window.offset + at, start.bytes.length - 1);
      this.#elements.breakOff(this.#scanner.break.flaw, this.#scanner.break.reason);
      this.#startDamage();
      for (const byte of before ?? []) this.#pattern?.feed(byte);
    }
    return at;
  }

  #startDamage(): void {
    this.#mode = 'damaged';
    const start = this.#elements.elementStart;
    this.#pattern = start && new Pattern(start.bytes);
  }

  #readDamaged(chunk: Buffer, from: number): number {
    const { offset } = this.#window;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE) {
        if (this.#lines === true) {
          this.#mode = 'between';
          return at;
        }
        this.#endLine(offset + at);
      } else if (byte === BRACE && offset + at === this.#lineStart && this.#pattern === undefined) {
        // What follows may have one value a line, or not: as at the start of a file.
        this.#lines = undefined;
        this.#mode = 'between';
        return at;
      }
      if (this.#pattern?.feed(byte)) return this.#resume(offset + at + 1, at + 1);
    }
    return chunk.length;
  }

  #resume(end: number, at: number): number {
    const start = this.#elements.elementStart;
    if (start !== undefined) {
      this.#scanner.resume(start.depth);
      this.#elements.resume(start, end);
      this.#mode = 'value';
    }
    return at;
  }

  #readText(chunk: Buffer, from: number): number {
    const { offset } = this.#window;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      const length = offset + at - this.#textStart;
      if (byte === NEWLINE) {
        this.#endText(offset + at);
        return at;
      }
      if (byte === BRACE || length === MAX_PREFIX) {
        const text = this.#window.text(this.#textStart, offset + at);
        if (byte === BRACE && isPrefix(text)) {
          this.#textStart = NONE;
          return this.#startValue(offset + at, byte, at);
        }
        if (isIgnoredField(text)) return this.#passOver(at);
        if (!text.startsWith(PACKED)) return this.#passOver(at, 'not-json', 'The line is not JSON.');
      }
      if (length > this.#maxBytes)
        return this.#passOver(at, 'too-large', `A line is larger than ${this.#maxBytes} bytes (maxRecordBytes).`);
    }
    return chunk.length;
  }

  #endText(end: number): void {
    const text = this.#window.text(this.#textStart, end);
    const kind = kindOfLine(text);
    // Base64 needs no escapes, so quotes make JSON of it.
    if (kind === 'packed') this.#out({ text: `"${text.trimEnd()}"`, line: this.#elements.line, bytes: text.length });
    else if (kind === 'foreign') this.#flaw('not-json', 'The line is not JSON.');
    this.#textStart = NONE;
    this.#mode = 'between';
  }

  #passOver(at: number, flaw?: Flaw['flaw'], reason = ''): number {
    if (flaw !== undefined) this.#flaw(flaw, reason);
    this.#textStart = NONE;
    this.#mode = 'ignored';
    return at;
  }

  #readIgnored(chunk: Buffer, from: number): number {
    const at = chunk.indexOf(NEWLINE, from);
    if (at === -1) return chunk.length;
    this.#mode = 'between';
    return at;
  }

  #flaw(flaw: Flaw['flaw'], reason: string): void {
    this.#out({ flaw, line: this.#elements.line, reason });
  }
}

function spaceEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === NEWLINE || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}
