/** Records that need no decoding before they are wanted: passed when no request could want them, else kept as bytes. */
import type { SourceRequest } from '../../source/source.ts';
import type { EventBuffer } from './event-buffer.ts';
import type { ReadStored } from './event-store.ts';
import { NONE, type OutlineScan } from './outline-scan.ts';
import type { RecordProbe } from './piece.ts';

/**
 * Decides by scope and window. A filter asks for more than the bytes tell, so with one only what is passed is dealt with.
 *
 * @internal
 */
export class RecordSieve implements RecordProbe {
  readonly #scan: OutlineScan;
  readonly #request: SourceRequest;
  readonly #buffer: EventBuffer;
  readonly #read: ReadStored;
  readonly #from: number;
  readonly #to: number;
  #wanted = false;

  constructor(scan: OutlineScan, request: SourceRequest, buffer: EventBuffer, read: ReadStored) {
    this.#scan = scan;
    this.#request = request;
    this.#buffer = buffer;
    this.#read = read;
    this.#from = request.from?.getTime() ?? Number.NEGATIVE_INFINITY;
    this.#to = request.to?.getTime() ?? Number.POSITIVE_INFINITY;
  }

  enter(bytes: Buffer): void {
    this.#scan.enter(bytes);
  }

  measure(from: number): number {
    const end = this.#scan.scan(from);
    if (end === NONE) return NONE;
    const { time, ofServices } = this.#scan;
    this.#wanted = (ofServices || this.#request.scope === 'all') && time >= this.#from && time < this.#to;
    return this.#wanted && this.#request.where !== undefined ? NONE : end;
  }

  take(bytes: Buffer, from: number, to: number): void {
    if (this.#wanted) this.#buffer.addRecord(bytes.subarray(from, to), this.#scan.time, this.#read);
    else this.#request.sink.count('filtered');
  }
}
