/** Tells from the bytes of a record what event it would become, without making it. */
import { parseTime } from '../../model/time.ts';
import type { RecordOutline } from '../../source/format.ts';
import { type ByteView, hasAt, isDigit, NONE, plainTextEnd, scalarEnd, textEnd, viewOf } from './json-bytes.ts';

/** Open brackets; one bit each. No cloud nests deeper. */
const MAX_BRACKETS = 30;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const BRACE = 0x7b;
const BRACKET = 0x5b;

/** What a member of the record itself is; `strange` ones make something else of a record. */
type Role = 'time' | 'name' | 'service' | 'strange';

const BITS: Readonly<Record<Role, number>> = { time: 1, name: 2, service: 4, strange: 0 };
const ALL = 7;

interface Member {
  readonly key: Buffer;
  readonly role: Role;
}

/**
 * Reads a whole record by the grammar of JSON, as services write it: on one line. What it settles is certain; whatever
 * it does not settle is left to JSON.parse and the format, so it has no word on damage.
 *
 * @internal
 */
export class OutlineScan {
  /** By the length of their keys, since this is asked of every member. */
  readonly #members: (readonly Member[] | undefined)[] = [];
  readonly #foreign: Buffer;
  readonly #services: readonly Buffer[];
  /** The bytes that were scanned last: many records lie in them. */
  #view = viewOf(Buffer.alloc(0));
  // Of the record that is or was read.
  #seen = 0;
  #ofServices = false;
  #time = Number.NaN;

  constructor(outline: RecordOutline, services: Iterable<string>, strange: Iterable<string>) {
    const add = (name: string, role: Role) => {
      const key = Buffer.from(name);
      this.#members[key.length] = [...(this.#members[key.length] ?? []), { key, role }];
    };
    add(outline.time, 'time');
    add(outline.name, 'name');
    add(outline.service, 'service');
    for (const name of strange) add(name, 'strange');
    this.#foreign = Buffer.from(outline.foreign);
    this.#services = [...services].map((service) => Buffer.from(service));
  }

  /** Whether the event would be of one of the services. */
  get ofServices(): boolean {
    return this.#ofServices;
  }

  /** Its time, in milliseconds since 1970. */
  get time(): number {
    return this.#time;
  }

  /** Index behind the record whose opening bracket is at `from`; `NONE`: the bytes do not settle it. */
  scan(bytes: Buffer, from: number): number {
    if (this.#view.bytes !== bytes) this.#view = viewOf(bytes);
    const view = this.#view;
    const length = bytes.length;
    this.#seen = 0;
    let at = from + 1;
    let depth = 1;
    // The innermost bracket is the lowest bit; 1 is an array.
    let kinds = 0;
    for (;;) {
      let role: Role | undefined;
      if ((kinds & 1) === 0) {
        if (at >= length || bytes[at] !== QUOTE) return NONE;
        const key = at + 1;
        at = depth === 1 ? plainTextEnd(view, key) : textEnd(view, key);
        if (at === NONE) return NONE;
        if (depth === 1) role = this.#roleOf(bytes, key, at);
        if (++at >= length || bytes[at] !== COLON) return NONE;
        if (++at < length && bytes[at] === SPACE) at++;
      }
      if (at >= length) return NONE;
      const byte = bytes[at] as number;
      if (role !== undefined) {
        at = byte === QUOTE ? this.#take(role, view, at + 1) : NONE;
      } else if (byte === QUOTE) {
        at = textEnd(view, at + 1);
        if (at !== NONE) at++;
      } else if (byte === BRACE || byte === BRACKET) {
        // Either closing bracket is two behind its opening one in ASCII.
        if (++at < length && bytes[at] !== byte + 2) {
          if (++depth > MAX_BRACKETS) return NONE;
          kinds = (kinds << 1) | (byte === BRACKET ? 1 : 0);
          continue;
        }
        at++;
      } else {
        at = scalarEnd(bytes, at);
      }
      if (at === NONE) return NONE;
      for (;;) {
        if (at >= length) return NONE;
        const next = bytes[at++] as number;
        if (next === COMMA) break;
        if (next !== ((kinds & 1) === 0 ? BRACE + 2 : BRACKET + 2)) return NONE;
        kinds >>= 1;
        if (--depth === 0) return this.#seen === ALL ? at : NONE;
      }
      if (at < length && bytes[at] === SPACE) at++;
    }
  }

  #roleOf(bytes: Buffer, from: number, to: number): Role | undefined {
    const members = this.#members[to - from];
    if (members === undefined) return undefined;
    for (const { key, role } of members) if (hasAt(bytes, from, key)) return role;
    return undefined;
  }

  /** Index behind the text of a member with a role; `NONE` when it does not settle what it should. */
  #take(role: Role, view: ByteView, from: number): number {
    const { bytes } = view;
    const to = plainTextEnd(view, from);
    // Of two members of one name JSON.parse takes the later one.
    if (to === NONE || to === from || role === 'strange' || (this.#seen & BITS[role]) !== 0) return NONE;
    this.#seen |= BITS[role];
    if (role === 'time') {
      this.#time = timeAt(bytes, from, to);
      if (Number.isNaN(this.#time)) return NONE;
    } else if (role === 'service') {
      if (hasAt(bytes, from, this.#foreign)) return NONE;
      this.#ofServices = this.#services.some((service) => service.length === to - from && hasAt(bytes, from, service));
    }
    return to + 1;
  }
}

/** As `parseTime` reads it. The commonest notation, with a day that every month has, needs no text for that. */
function timeAt(bytes: Buffer, from: number, to: number): number {
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  const hour = twoDigits(bytes, from + 11);
  const minute = twoDigits(bytes, from + 14);
  const second = twoDigits(bytes, from + 17);
  const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
  const isPlain =
    to - from === 20 &&
    year >= 1000 &&
    bytes[from + 4] === 0x2d &&
    month >= 1 &&
    month <= 12 &&
    bytes[from + 7] === 0x2d &&
    day >= 1 &&
    day <= 28 &&
    bytes[from + 10] === 0x54 &&
    hour <= 23 &&
    bytes[from + 13] === 0x3a &&
    minute <= 59 &&
    bytes[from + 16] === 0x3a &&
    second <= 59 &&
    bytes[from + 19] === 0x5a;
  if (isPlain) return Date.UTC(year, month - 1, day, hour, minute, second);
  return parseTime(bytes.toString('utf8', from, to))?.getTime() ?? Number.NaN;
}

/** Not a number when it is none. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at] as number;
  const ones = bytes[at + 1] as number;
  return isDigit(tens) && isDigit(ones) ? (tens - 0x30) * 10 + ones - 0x30 : Number.NaN;
}
