/** `secret-events demo` */
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { AuditError } from '../../model/error.ts';
import type { EventStream } from '../../reader/stream.ts';
import type { Context } from '../context.ts';
import type { DemoClouds } from '../demo-clouds.ts';
import { wantsColour, widthOf } from '../io.ts';
import { samplesFolder } from '../package-root.ts';
import { reportIn } from '../report-text.ts';

/** Adds `demo` to the program. */
export function declareDemo(program: Command, context: Context): void {
  program
    .command('demo')
    .summary('read the sample logs that come with the package, out of two simulated clouds')
    .description(
      "Starts a small AWS and a small IBM Cloud on this machine, gives them a week of sample logs, reads them through the vendors' own clients, and prints the events as one table, and the report. Needs no account and asks no other host.",
    )
    .option('--no-color', 'no colours; without a terminal, or where NO_COLOR is set, there are none anyway')
    .addHelpText('after', EXAMPLES)
    .action(async ({ color }: { readonly color: boolean }) => demo(color, context));
}

const EXAMPLES = `
Examples:
  secret-events demo
  secret-events demo --no-color | less`;

async function demo(color: boolean, context: Context): Promise<void> {
  const { output } = context;
  const folder = relative(process.cwd(), samplesFolder());
  const { startDemoClouds } = await import('../demo-clouds.ts');
  let clouds: DemoClouds | undefined;
  try {
    clouds = await startDemoClouds(folder, Date.now());
    await print(await streamOf(clouds, context), ASKED, color, context);
  } catch (error) {
    if (!AuditError.is(error) || error.code !== 'missing-dependency') throw error;
    await print(await streamOfFiles(folder, context), `${error.message}.\n${READ}`, color, context);
  } finally {
    await clouds?.stop();
  }
  const samples = ['aws', 'ibm'].map((cloud) => quoted(join(folder, cloud)));
  await output.write(questions(samples.join(' ')));
}

async function streamOf({ sources, from, to }: DemoClouds, { output }: Context): Promise<EventStream> {
  const { events } = await import('../../reader/events.ts');
  return events(sources, { from, to, order: 'oldest-first', signal: output.signal });
}

async function streamOfFiles(folder: string, { output }: Context): Promise<EventStream> {
  const [{ events }, { logFiles }] = await Promise.all([
    import('../../reader/events.ts'),
    import('../../providers/files/log-files.ts'),
  ]);
  const files = logFiles(['aws', 'ibm'].map((cloud) => join(folder, cloud)));
  return events(files, { order: 'oldest-first', signal: output.signal });
}

/** Nothing is printed before all of it is there: a package that is missing shows when it is first needed. */
async function print(
  stream: EventStream,
  introduction: string,
  color: boolean,
  { io, output }: Context,
): Promise<void> {
  const { eventTable } = await import('../output/event-table.ts');
  const table = eventTable({ width: widthOf(io), colour: wantsColour(io, color) });
  const events = await stream.toArray();
  await output.write(`${introduction}\n\n${await table.page(events)}${await table.end()}`);
  await output.write(`\nReport\n${reportIn('text', stream.report)}\n`);
}

const ASKED = `A week in two clouds, from sample logs that were written for this package. They were moved to the last seven days and
given to two servers on this machine, which answer like AWS and IBM Cloud; what you see was read from them through
AWS's and IBM's own clients:`;

const READ =
  'So the sample logs are read from their files; with the optional packages installed, the demo asks two simulated clouds:';

function questions(samples: string): string {
  return `Ask the same logs, as they lie on disk:
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
