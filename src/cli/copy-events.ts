/** From a stream of events to standard output. */
import { setImmediate } from 'node:timers/promises';
import type { EventStream } from '../reader/stream.ts';
import type { Context } from './context.ts';
import type { EventFormat } from './output/format.ts';
import { Progress } from './progress.ts';

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
  try {
    for await (const page of stream.pages(AT_ONCE)) {
      await output.write(await format.page(page));
      await setImmediate();
    }
    await output.write(format.end());
  } finally {
    progress.stop();
  }
}
