/** `secret-events demo` */
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { wantsColour, widthOf } from '../io.ts';
import { samplesFolder } from '../package-root.ts';
import { reportIn } from '../report-text.ts';

/** Adds `demo` to the program. */
export function declareDemo(program: Command, context: Context): void {
  program
    .command('demo')
    .summary('read the sample logs that come with the package')
    .description(
      'Reads a week of sample logs of both clouds, prints the events as one table, and the report. Needs no account.',
    )
    .option('--no-color', 'no colours; there are none either without a terminal or under NO_COLOR')
    .action(async ({ color }: { readonly color: boolean }) => demo(color, context));
}

async function demo(color: boolean, context: Context): Promise<void> {
  const { io, output } = context;
  const [{ events }, { logFiles }, { eventTable }, { copyEvents }] = await Promise.all([
    import('../../reader/events.ts'),
    import('../../providers/files/log-files.ts'),
    import('../output/event-table.ts'),
    import('../copy-events.ts'),
  ]);
  const samples = ['aws', 'ibm'].map((cloud) => join(relative(process.cwd(), samplesFolder()), cloud));
  const stream = events(logFiles(samples), { order: 'oldest-first', signal: output.signal });
  await output.write(`${INTRODUCTION}\n\n`);
  await copyEvents(stream, eventTable({ width: widthOf(io), colour: wantsColour(io, color) }), context, 'progress');
  await output.write(`\nReport\n${reportIn('text', stream.report)}\n${questions(samples.map(quoted).join(' '))}`);
}

const INTRODUCTION = 'A week in two clouds, from sample logs that were written for this package:';

function questions(samples: string): string {
  return `Ask the same logs:
  secret-events read ${samples} --denied
  secret-events read ${samples} --action 'rotation.*' --format csv
  secret-events read ${samples} --where '{"error.message":{"contains":"marked for deletion"}}' --format jsonl
  secret-events catalog rotation
`;
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./\\:-]+$/.test(path) ? path : `'${path}'`;
}
