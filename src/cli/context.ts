/** What every command is given. */
import type { Io } from './io.ts';
import type { Output } from './output/output.ts';
import { printable } from './printable.ts';

/** One run, as a command sees it. */
export interface Context {
  readonly io: Io;
  readonly output: Output;
  /** Says with what code the run ends. */
  finish(exitCode: number): void;
}

/** A line for a person, on standard error. */
export function tell({ stderr }: Io, message: string): void {
  stderr.write(`secret-events: ${printable(message)}\n`);
}
