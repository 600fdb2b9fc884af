/** The world of one run of the command line, as an argument. */
import type { Readable, Writable } from 'node:stream';

/** A stream to a person or a program. */
export type Out = Writable & {
  readonly isTTY?: boolean | undefined;
  /** Characters in a line of the terminal. */
  readonly columns?: number | undefined;
};

/** What a run touches. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: Out;
  /** Messages, progress, the report. */
  readonly stderr: Out;
  readonly stdin: Readable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the run quietly; its reason may be an {@link Interrupted}. */
  readonly signal: AbortSignal;
}

/** The user ended the run. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** What a shell expects of a program that a signal has ended: 128 and the signal's number. */
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** Colours are for people at a terminal who have not said no. */
export function wantsColour({ stdout, env }: Io, option: boolean): boolean {
  return option && stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/** The width to lay a table out for. */
export function widthOf({ stdout, env }: Io): number {
  if (stdout.isTTY) return stdout.columns || 80;
  const asked = Number(env['COLUMNS']);
  return Number.isInteger(asked) && asked > 0 ? asked : 120;
}
