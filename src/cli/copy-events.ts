/** From a stream of events to standard output. */
import { setImmediate } from 'node:timers/promises';
import type { EventStream } from '../reader/stream.ts';
import type { Context } from './context.ts';
import type { EventFormat } from './output/format.ts';
import { Progress } from './progress.ts';

/** Who waits longer than this gets what is there. */
const PATIENCE_MS = 1000;
/** Events that are written at once; signals and timers get their turn in between. */
const AT_ONCE = 64;

/** Writes every event, at the pace of whoever reads the output. */
export async function copyEvents(
  stream: EventStream,
  format: EventFormat,
  { io, output }: Context,
  manner: 'progress' | 'silent',
): Promise<void> {
  const progress = new Progress(io.stderr, () => stream.report);
  output.beforeWrite(() => progress.clear());
  if (manner === 'progress') progress.start();
  // One text is made and written at a time: the clock may want to write as well.
  let before: Promise<void> = Promise.resolve();
  const write = (make: () => string | Promise<string>): Promise<void> => {
    const writing = before.then(async () => output.write(await make()));
    before = writing.catch(() => {});
    return writing;
  };
  const patience = setTimeout(() => void write(() => format.hurry?.() ?? '').catch(() => {}), PATIENCE_MS);
  try {
    for await (const page of stream.pages(AT_ONCE)) {
      await write(() => format.page(page));
      await setImmediate();
    }
    await write(() => format.end());
  } finally {
    clearTimeout(patience);
    progress.stop();
  }
}
