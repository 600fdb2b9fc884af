/** A world for one run of the command line, all in memory. */
import { PassThrough, Readable, Writable } from 'node:stream';
import type { Io, Out } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

export interface WorldOptions {
  /** Characters in a line of the terminal; without it standard output is no terminal. */
  readonly columns?: number;
  /** Whether standard error is a terminal. */
  readonly errIsTTY?: boolean;
  readonly env?: Io['env'];
  readonly stdin?: string | Readable;
  readonly signal?: AbortSignal;
  readonly stdout?: Out;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A stream that keeps what is written to it. */
export class Kept extends Writable {
  readonly isTTY: boolean | undefined;
  readonly columns: number | undefined;
  text = '';

  constructor(isTTY = false, columns?: number) {
    super({ decodeStrings: false });
    this.isTTY = isTTY || undefined;
    this.columns = columns;
  }

  override _write(chunk: string | Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs a command line in such a world. */
export async function runIn(options: WorldOptions, ...argv: readonly string[]): Promise<Outcome> {
  const stdout = new Kept(options.columns !== undefined, options.columns);
  const stderr = new Kept(options.errIsTTY, options.errIsTTY ? 80 : undefined);
  const { stdin = new PassThrough().end() } = options;
  const code = await run(argv, {
    stdout: options.stdout ?? stdout,
    stderr,
    stdin: typeof stdin === 'string' ? Readable.from([Buffer.from(stdin)]) : stdin,
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, out: stdout.text, err: stderr.text };
}

/** Runs a command line whose output goes into a pipe. */
export function cli(...argv: readonly string[]): Promise<Outcome> {
  return runIn({}, ...argv);
}
