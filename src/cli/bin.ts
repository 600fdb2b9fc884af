#!/usr/bin/env node
/** The program: the real world, handed to {@link run}. */
import { constants } from 'node:os';
import { Interrupted, type Io } from './io.ts';
import { run } from './run.ts';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Once: whoever asks a second time need not wait for an orderly end.
  process.once(signal, () => controller.abort(new Interrupted(128 + constants.signals[signal])));
}
// A reader that goes while the last bytes are under way is no reason for a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

let usesStdin = false;
const world: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  // Node opens it when it is first looked at.
  get stdin() {
    usesStdin = true;
    return process.stdin;
  },
  env: process.env,
  signal: controller.signal,
};
process.exitCode = await run(process.argv.slice(2), world);
// A terminal or pipe that was only half read would keep the process alive.
if (usesStdin) process.stdin.destroy();
