/** What a caller may say about log files, checked. */
import { AuditError } from '../../model/error.ts';

/** Options of {@link logFiles}. */
export interface LogFilesOptions {
  /**
   * Throw at the first thing that is not as it should be (a line that is no JSON, a record without a time, a value that
   * is no record, a truncated or unreadable file) in place of a notice. Default: `false`.
   */
  readonly strict?: boolean;
  /**
   * The most that one compressed file may hold, in bytes after decompression; what is beyond it is not read. A bound
   * against files made to fill a disk or memory; files that are not compressed have none. Default: 4 GiB.
   */
  readonly maxFileBytes?: number;
  /** The largest single JSON value that is read, in bytes; a larger one is skipped and counted. Default: 16 MiB. */
  readonly maxRecordBytes?: number;
  /**
   * Roughly the memory that events may take while they wait for others that come before them, in bytes. Where it is not
   * enough, order holds in parts and a notice says so. Default: 24 MiB, some 15,000 CloudTrail records.
   */
  readonly sortMemory?: number;
  /**
   * How long after an act its record may reach the files, in milliseconds. Only for a reading that goes on where an
   * earlier one stopped: so much of the past is read again. Default: one hour.
   */
  readonly deliveryDelay?: number;
  /** What `-` among the paths reads. Default: `process.stdin`. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Name of the source, to tell two of them apart in one stream. Default: `files`. */
  readonly name?: string;
}

/** Options with nothing missing. */
export interface CheckedOptions {
  readonly strict: boolean;
  readonly maxFileBytes: number;
  readonly maxRecordBytes: number;
  readonly sortMemory: number;
  readonly deliveryDelay: number;
  readonly stdin: AsyncIterable<Uint8Array> | undefined;
  readonly name: string;
}

const MIB = 1024 * 1024;
const HOUR = 60 * 60_000;
const KEYS = ['strict', 'maxFileBytes', 'maxRecordBytes', 'sortMemory', 'deliveryDelay', 'stdin', 'name'];

/** @internal */
export function checkPaths(paths: string | readonly string[]): readonly string[] {
  const list: readonly unknown[] = typeof paths === 'string' ? [paths] : Array.isArray(paths) ? paths : [paths];
  if (list.length === 0) throw refuse('logFiles() needs at least one path');
  for (const path of list) {
    if (typeof path !== 'string')
      throw refuse(`logFiles(): a path is a text, not ${path === null ? 'null' : typeof path}`);
    if (path === '' || path.includes('\0')) throw refuse(`logFiles(): ${JSON.stringify(path)} is no path`);
  }
  return [...(list as readonly string[])];
}

/** @internal */
export function checkOptions(options: LogFilesOptions): CheckedOptions {
  for (const key of Object.keys(options)) {
    if (!KEYS.includes(key))
      throw refuse(`logFiles() takes no option ${JSON.stringify(key)}; it takes ${KEYS.join(', ')}`);
  }
  const { strict = false, stdin, name = 'files' } = options;
  if (typeof strict !== 'boolean') throw refuse('strict must be true or false');
  if (typeof name !== 'string' || name === '') throw refuse('name must be a text that is not empty');
  if (stdin !== undefined && typeof stdin[Symbol.asyncIterator] !== 'function')
    throw refuse('stdin must be a stream of bytes');
  const { deliveryDelay = HOUR } = options;
  if (!(deliveryDelay >= 0)) throw refuse(`deliveryDelay: ${String(deliveryDelay)} is no time in milliseconds`);
  return {
    strict,
    stdin,
    name,
    deliveryDelay,
    maxFileBytes: bytes('maxFileBytes', options.maxFileBytes, 4096 * MIB),
    maxRecordBytes: bytes('maxRecordBytes', options.maxRecordBytes, 16 * MIB),
    sortMemory: bytes('sortMemory', options.sortMemory, 24 * MIB),
  };
}

function bytes(key: string, value: number | undefined, standard: number): number {
  if (value === undefined) return standard;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw refuse(`${key} must be a whole number of bytes above 0, not ${String(value)}`);
}

const refuse = (message: string) => new AuditError('invalid-argument', message);
