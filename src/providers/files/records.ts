/** JSON values to events. */
import type { AuditEvent } from '../../model/event.ts';
import { isObject, type JsonObject } from '../../model/record.ts';
import { isProblem, type Reading, type RecordFormat } from '../../source/format.ts';
import { packedData, unpack } from './packed.ts';
import { type Cut, isFlaw, type Piece } from './piece.ts';
import type { Problems } from './problems.ts';
import { PACKED } from './text-line.ts';

/** Takes an event. */
export type TakeEvent = (event: AuditEvent) => void;

const NO_JSON: Reading = { problem: 'malformed-record', reason: 'The value is not valid JSON.' };
const NO_RECORD: Reading = { problem: 'not-a-record', reason: 'The value is no audit record of a known kind.' };

/** Lists of lists come from pages that were collected; nobody collects more often than this. */
const MAX_LISTS = 3;

/**
 * Reads one value after the other with the first format that knows it.
 *
 * @internal
 */
export class RecordReader {
  readonly #formats: readonly RecordFormat[];
  readonly #source: string;
  readonly #maxBytes: number;
  readonly #problems: Problems;
  readonly #take: TakeEvent;

  /** `maxBytes`: the most that a packed payload may hold. */
  constructor(formats: readonly RecordFormat[], source: string, maxBytes: number, problems: Problems, take: TakeEvent) {
    this.#formats = formats;
    this.#source = source;
    this.#maxBytes = maxBytes;
    this.#problems = problems;
    this.#take = take;
  }

  read(piece: Piece): void {
    if (isFlaw(piece)) {
      this.#problems.flaw(piece);
      return;
    }
    const readings = this.#readText(piece.text);
    // One by one the elements tell on which lines the bad ones are.
    if (piece.elements !== undefined && readings.some(isProblem))
      for (const element of piece.elements) this.read(element);
    else this.#hand(readings, piece);
  }

  #hand(readings: readonly Reading[], { line }: Cut): void {
    for (const reading of readings) {
      if (isProblem(reading)) this.#problems.record(reading.problem, line, reading.reason);
      else this.#take(reading);
    }
  }

  #readText(text: string): readonly Reading[] {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return [NO_JSON];
    }
    return this.#readValue(value, 0);
  }

  #readValue(value: unknown, lists: number): readonly Reading[] {
    if (isObject(value)) return this.#readObject(value);
    if (typeof value === 'string') return this.#readInner(value);
    if (Array.isArray(value) && lists < MAX_LISTS) return value.flatMap((item) => this.#readValue(item, lists + 1));
    return [NO_RECORD];
  }

  #readObject(value: JsonObject): readonly Reading[] {
    const data = packedData(value);
    return data === undefined ? this.#readPlain(value) : this.#readPacked(data);
  }

  #readPacked(data: string): readonly Reading[] {
    const unpacked = unpack(data, this.#maxBytes);
    return 'payload' in unpacked ? this.#readPlain(unpacked.payload) : [unpacked];
  }

  #readPlain(value: JsonObject): readonly Reading[] {
    for (const format of this.#formats) {
      const readings = format.read(value, this.#source);
      if (readings !== undefined) return readings;
    }
    return [NO_RECORD];
  }

  /** A record as text (`--query 'Events[].CloudTrailEvent'`), or a packed payload without its envelope. */
  #readInner(text: string): readonly Reading[] {
    if (text.startsWith(PACKED)) return this.#readPacked(text);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return [NO_RECORD];
    }
    return isObject(value) ? this.#readObject(value) : [NO_RECORD];
  }
}
