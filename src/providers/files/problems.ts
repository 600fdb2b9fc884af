/** What is wrong in one file: counted, told, or thrown. */
import { AuditError } from '../../model/error.ts';
import type { Problem } from '../../source/format.ts';
import type { NoticeCode, SourceSink } from '../../source/source.ts';
import { isRecord } from '../../source/tell-problem.ts';
import type { FileFault } from './fault.ts';
import type { Flaw } from './piece.ts';

/** Notices of one code and one file; what comes after them is only counted, so that garbage makes no heap of objects. */
const MAX_NOTICES = 20;

const CODE_OF_FLAW: Readonly<Record<Flaw['flaw'], NoticeCode>> = {
  'not-json': 'malformed-record',
  'too-deep': 'malformed-record',
  'too-large': 'size-limit',
  truncated: 'truncated-file',
};

/** @internal */
export class Problems {
  readonly #file: string;
  readonly #source: string;
  readonly #sink: SourceSink;
  readonly #strict: boolean;
  readonly #told = new Map<NoticeCode, number>();

  constructor(file: string, source: string, sink: SourceSink, strict: boolean) {
    this.#file = file;
    this.#source = source;
    this.#sink = sink;
    this.#strict = strict;
  }

  /** A record that cannot become an event, or word that records are missing. */
  record(code: Problem['problem'], line: number, reason: string): void {
    if (isRecord(code)) this.#sink.count('malformed');
    this.#tell(code, reason, `${this.#file}:${line}`);
  }

  /** A place without a value. */
  flaw({ flaw, line, reason }: Flaw): void {
    this.#sink.count('malformed');
    this.#tell(CODE_OF_FLAW[flaw], reason, `${this.#file}:${line}`);
  }

  /** The file as a whole. */
  fault({ notice, message, code, cause }: FileFault): void {
    if (this.#strict) throw new AuditError(code, `${this.#file}: ${message}`, { source: this.#source, cause });
    this.#sink.notice({ code: notice, message, place: this.#file, incomplete: true });
  }

  /** The file has ended: says how much was only counted. */
  close(): void {
    for (const [code, told] of this.#told) {
      if (told <= MAX_NOTICES) continue;
      const message = `${told - MAX_NOTICES} more of this kind in one file are counted and not named.`;
      this.#sink.notice({ code, message, place: this.#file, incomplete: code !== 'not-a-record' });
    }
    this.#told.clear();
  }

  #tell(code: NoticeCode, reason: string, place: string): void {
    if (this.#strict) {
      const kind = code === 'incomplete-answer' ? 'incomplete' : 'malformed';
      throw new AuditError(kind, `${place}: ${reason}`, { source: this.#source });
    }
    const told = this.#told.get(code) ?? 0;
    this.#told.set(code, told + 1);
    if (told < MAX_NOTICES) this.#sink.notice({ code, message: reason, place, incomplete: code !== 'not-a-record' });
  }
}
