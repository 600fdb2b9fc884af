/** `secret-events read` */
import type { Command } from 'commander';
import { OCSF_VERSIONS, type OcsfVersion } from '../../formats/ocsf/version.ts';
import type { Report } from '../../reader/report.ts';
import type { EventsRequest } from '../../reader/request.ts';
import type { AuditSource, Order } from '../../source/source.ts';
import { amount } from '../amounts.ts';
import { type Context, tell } from '../context.ts';
import { type Io, wantsColour, widthOf } from '../io.ts';
import { Misuse } from '../misuse.ts';
import { FORMATS, type Format, formatOf } from '../output/format.ts';
import { REPORT_FORMS, type ReportForm, reportIn, warningOf } from '../report-text.ts';
import { advise } from '../service-names.ts';
import type { Conditions } from '../where.ts';
import { conditionOptions } from './condition-options.ts';
import { choice, wholeNumber } from './option-values.ts';
import { type ShownOptions, shownAs, shownOptions } from './shown-options.ts';

const ORDERS: readonly Order[] = ['newest-first', 'oldest-first'];

/** What the words of a command line that reads say. */
export interface ReadOptions extends Conditions, ShownOptions {
  readonly since?: string;
  readonly until?: string;
  readonly order?: Order;
  readonly limit?: number;
  readonly follow?: boolean;
  readonly checkpoint?: string;
  readonly format: Format;
  readonly raw?: boolean;
  readonly ocsfVersion?: OcsfVersion;
  readonly explain?: boolean;
  readonly report?: ReportForm;
  readonly strict?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Adds `read` to the program. */
export function declareRead(program: Command, context: Context): void {
  const command = program
    .command('read')
    .summary('read audit events from log files and from the clouds')
    .description(
      `Reads audit events and prints them, newest first. A SOURCE is a file, a folder, a pattern in quotes or - for standard input: CloudTrail and IBM activity tracking logs, JSON or JSON lines, compressed or not. Or it asks a cloud: cloudtrail://REGION, cloudwatch-logs://REGION/LOG-GROUP, logs-insights://REGION/LOG-GROUP, cloud-logs://REGION/INSTANCE-ID, secrets-manager://REGION/INSTANCE-ID. Several are merged by time. Without any, SECRET_EVENTS_SOURCES names them, separated by spaces.`,
    )
    .argument('[sources...]', 'files, folders, patterns; - for standard input; cloudtrail://us-east-1')
    .optionsGroup('Which events (all conditions must hold):')
    .option(
      '--since <time>',
      'from this time on: 30m, 24h, 7d back from now, 2026-11-20, 2026-11-20T14:30:00Z; 24h where a cloud is asked, else everything',
    )
    .option('--until <time>', 'before this time');
  conditionOptions(command)
    .optionsGroup('How many, in what order and form:')
    .option(
      '--order <order>',
      `${ORDERS.join(', ')}; newest first, or oldest first with --follow or --checkpoint`,
      choice('--order', ORDERS),
    )
    .option('--limit <number>', 'at most so many events', wholeNumber('--limit'))
    .option('--follow', 'go on with what comes, oldest first, until Ctrl-C; from now on unless --since says otherwise')
    .option(
      '--checkpoint <file>',
      'keep in this file how far it got, and go on from there the next time, oldest first; --since counts the first time',
    )
    .option('--format <format>', FORMATS.join(', '), choice('--format', FORMATS), 'table')
    .option(
      '--raw',
      "keep the provider's record, as raw_data of ocsf, event.original of ecs, data.raw of cloudevents; json and jsonl have it anyway",
    )
    .option('--no-raw', "leave the provider's record out of json and jsonl")
    .option('--ocsf-version <version>', OCSF_VERSIONS.join(', '), choice('--ocsf-version', OCSF_VERSIONS))
    .option('--no-color', 'no colours; without a terminal, or where NO_COLOR is set, there are none anyway')
    .option('--explain', 'print what would be asked of each source, and ask nothing; text, json or jsonl');
  shownOptions(command.optionsGroup('How it is shown:'))
    .optionsGroup('What is said on standard error:')
    .option('--report [form]', 'what was read, left out and missed, as text or json', choice('--report', REPORT_FORMS))
    .option('--strict', 'fail at the first record or file that cannot be read, and when events may be missing')
    .option('--quiet', 'no warnings and no progress')
    .addHelpText('after', EXAMPLES)
    .action(async (sources: readonly string[], options: ReadOptions) =>
      context.finish(await read(sources, options, context)),
    );
}

const EXAMPLES = `
Examples:
  secret-events read AWSLogs/ activity.log.gz --since 7d --action secret.read --denied
  secret-events read cloudtrail://us-east-1 --since 24h --action secret.read --denied --format jsonl
  secret-events read logs-insights://us-east-1/CloudTrail/logs --since 90d --denied --explain
  secret-events read cloudtrail://us-east-1 cloud-logs://us-south/INSTANCE-ID --follow --denied
  secret-events read AWSLogs/ --since 7d --denied --group-by actor,secret
  secret-events read AWSLogs/ --histogram --time local --columns time,actor,secret,error.message
  secret-events read cloudtrail://us-east-1 --checkpoint trail.cursor --format jsonl >> events.jsonl
  secret-events read 'logs/**/*.json.gz' --secret 'prod/*' --format csv > events.csv
  zcat trail.json.gz | secret-events read - --scope all --format jsonl --report`;

/** Reads what the words name, and prints it. */
export async function read(words: readonly string[], options: ReadOptions, context: Context): Promise<number> {
  const { io } = context;
  const shown = shownAs(options, io);
  const [{ filterOf }, { sourcesOf }, { requestOf }] = await Promise.all([
    import('../where.ts'),
    import('../sources.ts'),
    import('../request.ts'),
  ]);
  const named = await sourcesOf(wordsOr(words, io), { strict: options.strict ?? false }, io);
  const { sources } = named;
  const request = await requestOf(options, filterOf(options), named, context);
  await advise(options, io);
  if (options.explain) return explainTo(sources, request, options.format, context);
  const { events } = await import('../../reader/events.ts');
  const stream = events(sources, request);
  const colour = wantsColour(io, options.color);
  const format = await formatOf(options.format, {
    width: widthOf(io),
    colour,
    raw: options.raw,
    ocsfVersion: options.ocsfVersion,
    ...shown,
  });
  const { copyEvents } = await import('../copy-events.ts');
  try {
    await copyEvents(stream, format, context, options.quiet ? 'silent' : 'progress');
  } finally {
    if (options.report) io.stderr.write(reportIn(options.report, stream.report));
    else if (io.signal.aborted && !options.quiet && (options.follow || options.checkpoint !== undefined))
      tell(io, summaryOf(stream.report, options.checkpoint));
  }
  return verdict(stream.report, options, io);
}

/** The sources that are meant when none is named. */
function wordsOr(words: readonly string[], { env }: Io): readonly string[] {
  if (words.length > 0) return words;
  const usual = (env['SECRET_EVENTS_SOURCES'] ?? '').split(/\s+/).filter((word) => word !== '');
  if (usual.length > 0) return usual;
  throw new Misuse('name a SOURCE (a file, a folder, cloudtrail://us-east-1), or set SECRET_EVENTS_SOURCES');
}

/** What was done when somebody ended it. */
function summaryOf({ sources }: Report, checkpoint: string | undefined): string {
  const given = sources.reduce((sum, { yielded }) => sum + yielded, 0);
  const place = checkpoint === undefined ? '' : `; ${checkpoint} says where to go on`;
  return `interrupted after ${amount(given, 'event')}${place}`;
}

async function explainTo(
  sources: readonly AuditSource[],
  request: EventsRequest,
  format: Format,
  { output }: Context,
): Promise<number> {
  const [{ explain }, { plansIn }] = await Promise.all([
    import('../../reader/explain.ts'),
    import('../output/plan.ts'),
  ]);
  await output.write(plansIn(format, explain(sources, request)));
  return 0;
}

/** Says what a person would otherwise not notice. */
function verdict(report: Report, { format, report: reported, quiet, strict }: ReadOptions, io: Io): number {
  const warning = warningOf(report);
  if (!quiet && !reported) {
    const none = report.sources.every(({ yielded }) => yielded === 0);
    const received = report.sources.reduce((sum, source) => sum + source.received, 0);
    if (none && format === 'table') tell(io, `no events among ${amount(received, 'record')}`);
    if (warning !== undefined) tell(io, warning);
  }
  return strict && warning !== undefined ? 1 : 0;
}
