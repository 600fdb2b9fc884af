/** `secret-events alarm test` */
import type { Command } from 'commander';
import type { EventRecipe } from '../../alarms/recipe.ts';
import type { AuditEvent } from '../../model/event.ts';
import { type AlarmOptions, recipeOf, thresholdOf } from '../alarm-options.ts';
import { amount } from '../amounts.ts';
import { type Context, tell } from '../context.ts';
import { wantsColour, widthOf } from '../io.ts';
import { Misuse } from '../misuse.ts';
import { FORMATS, type Format, formatOf } from '../output/format.ts';
import { recipeOptions } from './alarm-template.ts';
import { choice } from './option-values.ts';

interface TestOptions extends AlarmOptions {
  readonly live?: boolean;
  readonly format: Format;
  readonly color: boolean;
}

/** Adds `test` to `alarm`. */
export function declareAlarmTest(alarm: Command, context: Context): void {
  const command = alarm
    .command('test')
    .description(
      'Runs a recipe over logs, and says which events would set it off, and when. Without a FILE it takes the examples that come with the recipe.',
    )
    .argument('<name>', 'the name of a recipe')
    .argument('[files...]', 'as in read: files, folders, patterns, -, cloudtrail://us-east-1');
  recipeOptions(command)
    .option('--live', 'let CloudWatch Logs judge, by TestMetricFilter; needs --region, and AWS credentials')
    .option('--region <region>', 'of AWS, for --live')
    .option('--format <format>', `of the events: ${FORMATS.join(', ')}`, choice('--format', FORMATS), 'table')
    .option('--no-color', 'no colours; without a terminal, or where NO_COLOR is set, there are none anyway')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, files: readonly string[], options: TestOptions) =>
      context.finish(await test(name, files, options, context)),
    );
}

const EXAMPLES = `
Ends with code 1 when the alarm would not go off. The last 24 hours are read where a cloud is asked, else everything.

Examples:
  secret-events alarm test pending-deletion-access
  secret-events alarm test bulk-read AWSLogs/ --count 500 --minutes 10
  secret-events alarm test access-denied cloudtrail://us-east-1 --format jsonl
  secret-events alarm test pending-deletion-access AWSLogs/ --live --region us-east-1`;

async function test(name: string, files: readonly string[], options: TestOptions, context: Context): Promise<number> {
  const { io, output } = context;
  const recipe = await recipeOf(name, options);
  if (!('events' in recipe)) throw new Misuse(`${name} is about charges, and no event tells of them`);
  const judge = await judgeOf(recipe, options);
  const pages = files.length > 0 ? pagesOf(files, context) : [await examplesOf(name)];
  const { alarmsOf } = await import('../../alarms/trial.ts');
  const matched: AuditEvent[] = [];
  let looked = 0;
  for await (const page of pages) {
    looked += page.length;
    matched.push(...(await judge(page)));
  }
  const alarms = alarmsOf(recipe, matched, thresholdOf(options).threshold);
  const format = await formatOf(options.format, { width: widthOf(io), colour: wantsColour(io, options.color) });
  await output.write((matched.length > 0 ? await format.page(matched) : '') + format.end());
  const who = options.live ? 'CloudWatch Logs finds' : 'the recipe finds';
  tell(io, `${who} ${matched.length} among ${amount(looked, files.length > 0 ? 'event' : 'example')}`);
  for (const { from, to, count } of alarms) {
    tell(io, `${name} would go off for ${from.toISOString()} to ${to.toISOString()}: ${amount(count, 'event')}`);
  }
  if (alarms.length === 0) tell(io, `${name} would not go off`);
  return alarms.length > 0 ? 0 : 1;
}

type Judge = (page: readonly AuditEvent[]) => Promise<readonly AuditEvent[]>;

/** Who says whether an event fits: the recipe's filters or, live, CloudWatch Logs by the patterns made of them. */
async function judgeOf(recipe: EventRecipe, { live, region }: TestOptions): Promise<Judge> {
  if (live) {
    if (region === undefined) throw new Misuse('--live needs --region, such as us-east-1');
    const { liveTester } = await import('../../alarms/apply/live.ts');
    return liveTester(recipe, { region });
  }
  const { fits } = await import('../../alarms/trial.ts');
  return async (page) => page.filter((event) => fits(recipe, event));
}

async function examplesOf(name: string): Promise<readonly AuditEvent[]> {
  const [{ alarmExamples }, { decodeCloudTrail }, { decodeActivityEvent }] = await Promise.all([
    import('../../alarms/examples.ts'),
    import('../../providers/aws/decode.ts'),
    import('../../providers/ibm/decode.ts'),
  ]);
  return alarmExamples(name).map(({ provider, record }) =>
    provider === 'aws' ? decodeCloudTrail(record) : decodeActivityEvent(record),
  );
}

/** Pages, so that no more is kept than what fits. */
async function* pagesOf(files: readonly string[], { io, output }: Context): AsyncGenerator<readonly AuditEvent[]> {
  const [{ sourcesOf }, { events }] = await Promise.all([import('../sources.ts'), import('../../reader/events.ts')]);
  const { sources, asksCloud } = await sourcesOf(files, { strict: false }, io);
  if (asksCloud) tell(io, 'reading the last 24 hours');
  const stream = events(sources, {
    order: 'oldest-first',
    signal: output.signal,
    ...(asksCloud && { from: '24h' }),
  });
  yield* stream.pages();
  const { warningOf } = await import('../report-text.ts');
  const warning = warningOf(stream.report);
  if (warning !== undefined) tell(io, warning);
}
