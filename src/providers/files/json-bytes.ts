/** JSON's texts, numbers and words as bytes, by the full grammar: what ends here, JSON.parse takes. */

/** There is no such thing there, or the bytes end before it does. */
export const NONE = -1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const SPACE = 0x20;
const ONES = 0x01010101;
const SPACES = 0x20202020;
const HIGHEST_BITS = 0x80808080;

const ESCAPED = marks('"\\/bfnrt');
const HEX = marks('0123456789abcdefABCDEF');
const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

function marks(bytes: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(bytes)) table[byte] = 1;
  return table;
}

/** Bytes with what is needed to look at four of them at a time. */
export interface ByteView {
  readonly bytes: Buffer;
  readonly words: DataView;
}

/** @internal */
export function viewOf(bytes: Buffer): ByteView {
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/** Index of the quote that ends the text whose first byte is at `from`. @internal */
export function textEnd(view: ByteView, from: number): number {
  const { bytes } = view;
  let at = from;
  for (;;) {
    at = stopIn(view, at);
    if (at === NONE) return NONE;
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] !== BACKSLASH || at + 6 > bytes.length) return NONE;
    const letter = bytes[at + 1] as number;
    if (ESCAPED[letter] === 1) at += 2;
    else if (letter === 0x75 && isHex(bytes, at + 2)) at += 6;
    else return NONE;
  }
}

/** The same for a text without escapes; `NONE` for one with escapes. @internal */
export function plainTextEnd(view: ByteView, from: number): number {
  const at = stopIn(view, from);
  return at !== NONE && view.bytes[at] === QUOTE ? at : NONE;
}

/**
 * Index of the next quote, backslash or byte that JSON does not allow in a text.
 *
 * Four bytes at a time: taking 1 from each byte of a word sets the highest bit of those that were zero, which shows a
 * byte after an exclusive or with it. What is borrowed from the next byte can only mark one behind the first that counts.
 */
function stopIn({ bytes, words }: ByteView, from: number): number {
  const last = bytes.length - 4;
  let at = from;
  for (; at <= last; at += 4) {
    const word = words.getInt32(at, true);
    const quote = word ^ 0x22222222;
    const backslash = word ^ 0x5c5c5c5c;
    const found =
      (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word)) & HIGHEST_BITS;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
  }
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) return at;
  }
  return NONE;
}

/** Index behind the number, `true`, `false` or `null` that begins at `from`; a number must have something behind it. @internal */
export function scalarEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from] as number;
  if (first === MINUS || isDigit(first)) return numberEnd(bytes, from);
  for (const word of WORDS) if (word[0] === first) return hasAt(bytes, from, word) ? from + word.length : NONE;
  return NONE;
}

/** Whether these bytes stand there. @internal */
export function hasAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function numberEnd(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === MINUS ? from + 1 : from;
  const whole = at;
  at = digitsEnd(bytes, whole);
  if (at === NONE || (bytes[whole] === ZERO && at > whole + 1)) return NONE;
  if (bytes[at] === DOT) {
    at = digitsEnd(bytes, at + 1);
    if (at === NONE) return NONE;
  }
  if (bytes[at] !== 0x45 && bytes[at] !== 0x65) return at;
  const sign = at + 1 < bytes.length && (bytes[at + 1] === 0x2b || bytes[at + 1] === MINUS);
  return digitsEnd(bytes, sign ? at + 2 : at + 1);
}

/** At least one digit, and something else behind it. */
function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isDigit(bytes[at] as number)) at++;
  return at > from && at < bytes.length ? at : NONE;
}

function isHex(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 4; i++) if (HEX[bytes[i] as number] === 0) return false;
  return true;
}

/** @internal */
export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}
