// AssemblyScript, the source of ../outline-wasm.ts: `npm run build:wasm` compiles it, and a test compares the two.
//
// Scans one record by the whole grammar of JSON, as services write it: on one line. Behind the bytes stand zeros, which
// JSON has nowhere, so whatever runs over the end stops there and no bound is ever asked for.

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const SPACE: u8 = 0x20;
const BACKSLASH: u8 = 0x5c;
const BRACE: u8 = 0x7b;
const BRACKET: u8 = 0x5b;
const MINUS: u8 = 0x2d;
const PLUS: u8 = 0x2b;
const DOT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const LOWER: u8 = 0x20;

/** What a member of the record itself is; anything above these makes something else of a record. */
const TIME: u32 = 1;
const NAME: u32 = 2;
const SERVICE: u32 = 4;
const ALL: u32 = TIME | NAME | SERVICE;

/** Open brackets, one bit each. No cloud nests half as deep. */
const MAX_DEPTH: u32 = 60;

/** From the first of March of the year 0 to the first day of 1970. */
const DAYS_TO_1970: i64 = 719468;

// Addresses. What was read of a record: where its time begins and ends, and whether it is of one of the services, as words
// of 32 bits; behind them the time in milliseconds since 1970, as a double, not a number where the notation is a rare one.
const RESULT: usize = 1024;
/** The beginning of foreign services' names: its length, then its bytes. */
const FOREIGN: usize = 1088;
// Known texts, by length: the number of the first of that length, or 0.
const MEMBERS: usize = 1280;
const SERVICES: usize = 1536;
/** The texts, in rooms of 64 bytes: role, number of the next one of that length or 0, then the bytes. */
const TEXTS: usize = 2048;
const ROOM: usize = 64;
/** The bytes to scan, up to the end of the memory. */
const INPUT: usize = 65536;

let texts: usize = 0;
let seen: u32 = 0;

export function resultAddress(): usize {
  return RESULT;
}

export function inputAddress(): usize {
  return INPUT;
}

/** The text is the first `length` bytes of the input, 62 at most; so below. */
export function addMember(length: usize, role: u32): void {
  addText(MEMBERS, length, role);
}

export function addService(length: usize): void {
  addText(SERVICES, length, 1);
}

export function setForeign(length: usize): void {
  store<u8>(FOREIGN, <u8>length);
  memory.copy(FOREIGN + 1, INPUT, length);
}

function addText(table: usize, length: usize, role: u32): void {
  const room = TEXTS + ++texts * ROOM;
  store<u8>(room, <u8>role);
  store<u8>(room + 1, load<u8>(table + length));
  memory.copy(room + 2, INPUT, length);
  store<u8>(table + length, <u8>texts);
}

/** The role of a known text, or 0. */
function roleOf(table: usize, from: usize, to: usize): u32 {
  const length = to - from;
  if (length >= ROOM) return 0;
  for (let number: usize = load<u8>(table + length); number !== 0; ) {
    const room = TEXTS + number * ROOM;
    if (isSame(room + 2, from, length)) return load<u8>(room);
    number = load<u8>(room + 1);
  }
  return 0;
}

function isSame(left: usize, right: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++) if (load<u8>(left + i) !== load<u8>(right + i)) return false;
  return true;
}

/** The address behind the record whose opening bracket is at `start`; 0: the bytes do not settle it. */
export function scan(start: usize): usize {
  seen = 0;
  let at = start + 1;
  let depth: u32 = 1;
  // The innermost bracket is the lowest bit; 1 is an array.
  let kinds: u64 = 0;
  while (true) {
    let role: u32 = 0;
    if ((kinds & 1) === 0) {
      if (load<u8>(at) !== QUOTE) return 0;
      const key = at + 1;
      at = depth === 1 ? plainTextEnd(key) : textEnd(key);
      if (at === 0) return 0;
      if (depth === 1) role = roleOf(MEMBERS, key, at);
      if (load<u8>(at + 1) !== COLON) return 0;
      at += 2;
      if (load<u8>(at) === SPACE) at++;
    }
    const byte = load<u8>(at);
    if (role !== 0) {
      at = byte === QUOTE ? take(role, at + 1) : 0;
      if (at === 0) return 0;
    } else if (byte === QUOTE) {
      at = textEnd(at + 1);
      if (at === 0) return 0;
      at++;
    } else if (byte === BRACE || byte === BRACKET) {
      at++;
      // Either closing bracket is two behind its opening one in ASCII.
      if (load<u8>(at) !== byte + 2) {
        if (++depth > MAX_DEPTH) return 0;
        kinds = (kinds << 1) | (byte === BRACKET ? 1 : 0);
        continue;
      }
      at++;
    } else {
      at = scalarEnd(at);
      if (at === 0) return 0;
    }
    while (true) {
      const next = load<u8>(at++);
      if (next === COMMA) break;
      if (next !== ((kinds & 1) === 0 ? BRACE + 2 : BRACKET + 2)) return 0;
      kinds >>= 1;
      if (--depth === 0) return seen === ALL ? at : 0;
    }
    if (load<u8>(at) === SPACE) at++;
  }
}

/** The address behind the text of a member with a role; 0 when it does not settle what it should. */
function take(role: u32, from: usize): usize {
  const to = plainTextEnd(from);
  // Of two members of one name JSON.parse takes the later one.
  if (to === 0 || to === from || role > SERVICE || (seen & role) !== 0) return 0;
  seen |= role;
  if (role === TIME) {
    store<u32>(RESULT, <u32>from);
    store<u32>(RESULT, <u32>to, 4);
    store<f64>(RESULT, to - from === 20 ? plainTime(from) : NaN, 16);
  } else if (role === SERVICE) {
    if (isSame(FOREIGN + 1, from, load<u8>(FOREIGN))) return 0;
    store<u32>(RESULT, roleOf(SERVICES, from, to), 8);
  }
  return to + 1;
}

/** Of `2026-05-01T10:00:00Z`, with a day that every month has. */
function plainTime(at: usize): f64 {
  const marks = load<u8>(at + 4) === MINUS && load<u8>(at + 7) === MINUS && load<u8>(at + 10) === 0x54;
  if (!marks || load<u8>(at + 13) !== 0x3a || load<u8>(at + 16) !== 0x3a || load<u8>(at + 19) !== 0x5a) return NaN;
  const century = twoDigits(at);
  const ofCentury = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if (century < 10 || century > 99 || ofCentury > 99 || month < 1 || month > 12 || day < 1 || day > 28) return NaN;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  // Years that begin in March, so that the day that not every year has is the last.
  const isEarly = month < 3;
  const year = century * 100 + ofCentury - (isEarly ? 1 : 0);
  const dayOfYear = (153 * (month + (isEarly ? 9 : -3)) + 2) / 5 + day - 1;
  const days = year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - DAYS_TO_1970;
  return <f64>(days * 86_400 + hour * 3600 + minute * 60 + second) * 1000;
}

/** More than two digits make where there are none. */
function twoDigits(at: usize): i64 {
  const tens = <u8>(load<u8>(at) - ZERO);
  const ones = <u8>(load<u8>(at + 1) - ZERO);
  return tens <= 9 && ones <= 9 ? <i64>tens * 10 + ones : 100;
}

/** The address of the next quote, backslash or byte that JSON does not allow in a text. */
function stopIn(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const quote = i8x16.eq(bytes, i8x16.splat(QUOTE));
    const backslash = i8x16.eq(bytes, i8x16.splat(BACKSLASH));
    const control = i8x16.lt_u(bytes, i8x16.splat(SPACE));
    const found = i8x16.bitmask(v128.or(v128.or(quote, backslash), control));
    if (found !== 0) return at + ctz(found);
    at += 16;
  }
}

/** The address of the quote that ends the text whose first byte is at `from`, or 0; so below. */
function textEnd(from: usize): usize {
  const at = stopIn(from);
  return load<u8>(at) === QUOTE ? at : escapedTextEnd(at);
}

/** Of a text without escapes. */
function plainTextEnd(from: usize): usize {
  const at = stopIn(from);
  return load<u8>(at) === QUOTE ? at : 0;
}

function escapedTextEnd(from: usize): usize {
  let at = from;
  while (load<u8>(at) === BACKSLASH) {
    const letter = load<u8>(at + 1);
    if (isEscape(letter)) at += 2;
    else if (letter === 0x75 && isHex(at + 2) && isHex(at + 3) && isHex(at + 4) && isHex(at + 5)) at += 6;
    else return 0;
    at = stopIn(at);
  }
  return load<u8>(at) === QUOTE ? at : 0;
}

/** One of `"\/bfnrt`. */
function isEscape(byte: u8): bool {
  if (byte === QUOTE || byte === BACKSLASH || byte === 0x2f) return true;
  return byte === 0x62 || byte === 0x66 || byte === 0x6e || byte === 0x72 || byte === 0x74;
}

function isHex(at: usize): bool {
  const byte = load<u8>(at);
  return isDigit(byte) || ((byte | LOWER) >= 0x61 && (byte | LOWER) <= 0x66);
}

function isDigit(byte: u8): bool {
  return <u8>(byte - ZERO) <= 9;
}

/** The address behind the number, `true`, `false` or `null` that begins there, or 0. */
function scalarEnd(from: usize): usize {
  const first = load<u8>(from);
  if (first === MINUS || isDigit(first)) return numberEnd(from);
  // true, null, and what follows the f of false, as words of four bytes, the lowest first.
  const four = load<u32>(from);
  if (four === 0x65757274 || four === 0x6c6c756e) return from + 4;
  return first === 0x66 && load<u32>(from + 1) === 0x65736c61 ? from + 5 : 0;
}

function numberEnd(from: usize): usize {
  const whole = load<u8>(from) === MINUS ? from + 1 : from;
  let at = digitsEnd(whole);
  if (at === 0 || (load<u8>(whole) === ZERO && at > whole + 1)) return 0;
  if (load<u8>(at) === DOT) {
    at = digitsEnd(at + 1);
    if (at === 0) return 0;
  }
  if ((load<u8>(at) | LOWER) !== 0x65) return at;
  const sign = load<u8>(at + 1);
  return digitsEnd(sign === PLUS || sign === MINUS ? at + 2 : at + 1);
}

/** At least one digit. */
function digitsEnd(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at > from ? at : 0;
}
