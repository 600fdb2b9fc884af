/** One file to events. */
import type { SourceSink } from '../../source/source.ts';
import { abortable } from './chunks.ts';
import { contentOf } from './content.ts';
import { FileFault } from './fault.ts';
import { JsonCutter } from './json-values.ts';
import type { CheckedOptions } from './options.ts';
import { isFlaw, type RecordProbe } from './piece.ts';
import type { Problems } from './problems.ts';
import type { RecordReader } from './records.ts';

/** What reading a file needs beside its path. */
export interface FileReading {
  readonly options: CheckedOptions;
  /** Members of a top-level object that hold records. */
  readonly arrays: ReadonlySet<string>;
  readonly records: RecordReader;
  readonly probe: RecordProbe | undefined;
  readonly problems: Problems;
  readonly sink: SourceSink;
  readonly signal: AbortSignal;
}

/**
 * Reads the bytes of a file a chunk at a time and yields after each, so that the caller can hand on what came.
 *
 * @internal
 */
export async function* readFile(
  bytes: AsyncIterable<Buffer>,
  reading: FileReading,
): AsyncGenerator<void, void, undefined> {
  const { options, arrays, records, probe, problems, sink, signal } = reading;
  let cutOff = false;
  const cutter = new JsonCutter(
    { arrays, maxBytes: options.maxRecordBytes },
    (piece) => {
      // That the file is cut off has been said; the record that it cost is counted.
      if (cutOff && isFlaw(piece) && piece.flaw === 'truncated') sink.count('malformed');
      else records.read(piece);
    },
    probe,
  );
  sink.count('files');
  try {
    for await (const chunk of contentOf(abortable(bytes, signal), options.maxFileBytes)) {
      sink.count('bytes', chunk.length);
      cutter.push(chunk);
      yield;
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    problems.fault(error);
    cutOff = true;
  }
  cutter.end();
  problems.close();
}
