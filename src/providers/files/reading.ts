/** One request to a list of paths: files in their turn, events in the order asked for. */
import process from 'node:process';
import { type Predicate, predicateOf } from '../../filter/match.ts';
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import { isProblem, type RecordFormat } from '../../source/format.ts';
import { inScope, SECRETS_SERVICES } from '../../source/scope.ts';
import type { SourceRequest } from '../../source/source.ts';
import { awsFormat } from '../aws/format.ts';
import { ibmFormat } from '../ibm/format.ts';
import { streamChunks } from './chunks.ts';
import { EventBuffer, type Pages } from './event-buffer.ts';
import { expand, STDIN } from './expand.ts';
import { type FileTurn, fileTurns } from './file-turns.ts';
import { FilesAhead } from './files-ahead.ts';
import type { CheckedOptions } from './options.ts';
import { OutlineScan } from './outline-scan.ts';
import { PACKED_MEMBER } from './packed.ts';
import { Problems } from './problems.ts';
import { readFile } from './read-file.ts';
import { RecordSieve } from './record-sieve.ts';
import { RecordReader } from './records.ts';

/** AWS first: its records are the commonest by far. */
const FORMATS: readonly RecordFormat[] = [awsFormat, ibmFormat];
const ARRAYS: ReadonlySet<string> = new Set(FORMATS.flatMap((format) => format.arrays));

/** One for all readings; `false`: there is none here, and every record is decoded. */
let outline: OutlineScan | false | undefined;

/** @internal */
export class Reading {
  readonly #paths: readonly string[];
  readonly #options: CheckedOptions;
  readonly #request: SourceRequest;
  readonly #buffer: EventBuffer;
  readonly #passes: Predicate;
  readonly #probe: RecordSieve | undefined;

  constructor(paths: readonly string[], options: CheckedOptions, request: SourceRequest) {
    this.#paths = paths;
    this.#options = options;
    this.#request = request;
    this.#buffer = new EventBuffer(request.order, options.sortMemory, request.limit);
    this.#passes = passing(request);
    const scan = outlineScan();
    this.#probe = scan && new RecordSieve(scan, request, this.#buffer, (text) => decodeSettled(text, options.name));
  }

  async *pages(): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { order, from, signal } = this.#request;
    signal.throwIfAborted();
    try {
      const files = await expand(this.#paths, { signal, onFault: (fault, path) => this.#problems(path).fault(fault) });
      yield* this.#readAll(fileTurns(files, order, from));
      yield* this.#hand(this.#buffer.takeAll());
    } finally {
      this.#close();
    }
  }

  async *#readAll(turns: readonly FileTurn[]): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const ahead = new FilesAhead(
      turns.map(({ path }) => path),
      this.#options.maxFileBytes,
    );
    try {
      for (const [index, { path, settled }] of turns.entries()) {
        if (settled !== undefined) yield* this.#hand(this.#buffer.takeBefore(settled));
        yield* this.#read(path, path === STDIN ? this.#stdin() : ahead.chunks(index));
      }
    } finally {
      await ahead.close(this.#request.signal);
    }
  }

  async *#read(path: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { sink, signal } = this.#request;
    const { name, maxRecordBytes } = this.#options;
    const problems = this.#problems(path);
    const records = new RecordReader(FORMATS, name, maxRecordBytes, problems, (event) => this.#take(event));
    const reading = {
      options: this.#options,
      arrays: ARRAYS,
      records,
      probe: this.#probe,
      problems,
      sink,
      signal,
    };
    for await (const _ of readFile(bytes, reading)) {
      if (this.#buffer.full) yield* this.#hand(this.#buffer.takeHalf());
    }
  }

  *#hand(pages: Pages): Pages {
    for (const page of pages) {
      this.#request.signal.throwIfAborted();
      yield page;
    }
  }

  #stdin(): AsyncIterable<Buffer> {
    return streamChunks(this.#options.stdin ?? process.stdin, this.#request.signal);
  }

  #take(event: AuditEvent): void {
    if (this.#passes(event)) this.#buffer.add(event);
    else this.#request.sink.count('filtered');
  }

  #problems(path: string): Problems {
    const { name, strict } = this.#options;
    return new Problems(path === STDIN ? '<stdin>' : path, name, this.#request.sink, strict);
  }

  #close(): void {
    const { sink } = this.#request;
    const { disordered, duplicates } = this.#buffer;
    if (duplicates > 0) sink.count('duplicates', duplicates);
    if (disordered === 0) return;
    const events = disordered === 1 ? '1 event' : `${disordered} events`;
    const message = `${events} came out of order: more had to wait for their turn than fit into ${this.#options.sortMemory} bytes (sortMemory), or came later than the name of their file allows.`;
    sink.notice({ code: 'out-of-order', message, incomplete: false });
  }
}

function passing({ from, to, scope, where }: SourceRequest): Predicate {
  const start = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const end = to?.getTime() ?? Number.POSITIVE_INFINITY;
  const matches = predicateOf(where);
  return (event) => {
    const time = event.time.getTime();
    return time >= start && time < end && inScope(event, scope) && matches(event);
  };
}

function outlineScan(): OutlineScan | undefined {
  try {
    outline ??= new OutlineScan(awsFormat.outline, SECRETS_SERVICES, [...ARRAYS, PACKED_MEMBER]);
  } catch {
    outline = false;
  }
  return outline || undefined;
}

/** The event of a record that the outline of its format settled. */
function decodeSettled(text: string, source: string): AuditEvent {
  const [reading] = awsFormat.read(JSON.parse(text), source) ?? [];
  if (reading === undefined || isProblem(reading))
    throw new AuditError('unknown', 'A record gives no event, though its outline says so; please report that.');
  return reading;
}
