/** Tells from the bytes of a record what event it would become, without making it. */
import { parseTime } from '../../model/time.ts';
import type { RecordOutline } from '../../source/format.ts';
import { OUTLINE_WASM } from './outline-wasm.ts';

/** The bytes do not settle it. */
export const NONE = -1;

/** Behind the bytes, so that no load of the scan sees what was there before. */
const ZEROS = 32;
const PAGE = 64 * 1024;
/** Numbers from here on are the roles of members that make something else of a record. */
const ROLES = { time: 1, name: 2, service: 4, strange: 8 };

/** What is used of it. Node's types leave it to those of browsers, which a program for Node does without. */
interface WebAssemblyApi {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}

interface Compiled {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  resultAddress(): number;
  inputAddress(): number;
  addMember(length: number, role: number): void;
  addService(length: number): void;
  setForeign(length: number): void;
  scan(address: number): number;
}

/**
 * Reads a whole record by the grammar of JSON, as services write it: on one line. What it settles is certain; whatever
 * it does not settle is left to JSON.parse and the format, so it has no word on damage.
 *
 * The scan is WebAssembly, which looks at 16 bytes at a time. It holds one chunk, so that one scan does for all readers
 * of a process that take turns by chunks.
 *
 * @internal
 */
export class OutlineScan {
  readonly #compiled: Compiled;
  readonly #input: number;
  #bytes: Buffer = Buffer.alloc(0);
  #memory = new Uint8Array();
  #result = new Uint32Array();
  #plainTime = new Float64Array();
  #time = Number.NaN;

  /** @throws where the process has no WebAssembly (`node --jitless`), or one without SIMD. */
  constructor(outline: RecordOutline, services: Iterable<string>, strange: Iterable<string>) {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
    this.#compiled = new Instance(new Module(Buffer.from(OUTLINE_WASM, 'base64'))).exports as Compiled;
    this.#input = this.#compiled.inputAddress();
    const { addMember, addService, setForeign } = this.#compiled;
    addMember(this.#put(outline.time), ROLES.time);
    addMember(this.#put(outline.name), ROLES.name);
    addMember(this.#put(outline.service), ROLES.service);
    for (const name of strange) addMember(this.#put(name), ROLES.strange);
    for (const service of services) addService(this.#put(service));
    setForeign(this.#put(outline.foreign));
  }

  /** Whether the event would be of one of the services. */
  get ofServices(): boolean {
    return this.#result[2] !== 0;
  }

  /** Its time, in milliseconds since 1970. */
  get time(): number {
    return this.#time;
  }

  /** The chunk in which records are scanned from now on. It is copied. */
  enter(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#makeRoom(bytes.length);
    this.#memory.set(bytes, this.#input);
    this.#memory.fill(0, this.#input + bytes.length, this.#input + bytes.length + ZEROS);
  }

  /** Index behind the record whose opening bracket is at `from`; `NONE`: the bytes do not settle it. */
  scan(from: number): number {
    const end = this.#compiled.scan(this.#input + from);
    if (end === 0) return NONE;
    this.#time = this.#plainTime[0] as number;
    if (Number.isNaN(this.#time)) this.#time = this.#rareTime();
    return Number.isNaN(this.#time) ? NONE : end - this.#input;
  }

  #rareTime(): number {
    const [start, stop] = this.#result as unknown as [number, number];
    return parseTime(this.#bytes.toString('utf8', start - this.#input, stop - this.#input))?.getTime() ?? Number.NaN;
  }

  #put(text: string): number {
    const bytes = Buffer.from(text);
    this.enter(bytes);
    return bytes.length;
  }

  #makeRoom(length: number): void {
    const { memory, resultAddress } = this.#compiled;
    const missing = this.#input + length + ZEROS - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    // Growing takes the buffer away from those who look at it.
    if (this.#memory.buffer === memory.buffer) return;
    this.#memory = new Uint8Array(memory.buffer);
    this.#result = new Uint32Array(memory.buffer, resultAddress(), 3);
    this.#plainTime = new Float64Array(memory.buffer, resultAddress() + 16, 1);
  }
}
