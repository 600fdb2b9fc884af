/** `secret-events convert` */
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { Format } from '../output/format.ts';
import { choice } from './option-values.ts';
import { type ReadOptions, read } from './read.ts';

/** Formats that other systems take. */
const TARGETS = ['ocsf', 'ecs', 'cloudevents', 'csv', 'jsonl'] as const satisfies readonly Format[];

/** Options of `read` that are not for systems, and the one that `--to` stands for. */
const OF_PEOPLE = ['--format', '--no-color', '--histogram', '--no-histogram', '--group-by', '--time'];

interface ConvertOptions extends Omit<ReadOptions, 'format' | 'color'> {
  readonly to: (typeof TARGETS)[number];
}

/** Adds `convert` to the program, which has `read` already: it is `read --format` with the format first. */
export function declareConvert(program: Command, context: Context): void {
  const reader = program.commands.find((command) => command.name() === 'read');
  const command = program
    .command('convert')
    .summary('read events, and write them as another system takes them')
    .description(
      'Reads what `read` reads, and writes it for another system: one line of JSON an event, or CSV. The same as read --format.',
    )
    .argument('[sources...]', 'as in read')
    .requiredOption('--to <format>', TARGETS.join(', '), choice('--to', TARGETS))
    .addHelpText('after', EXAMPLES)
    .action(async (sources: readonly string[], { to, ...options }: ConvertOptions) =>
      context.finish(await read(sources, { ...options, color: false, format: to }, context)),
    );
  for (const option of reader?.options ?? []) {
    if (!OF_PEOPLE.includes(option.long ?? '')) command.addOption(option);
  }
}

const EXAMPLES = `
Examples:
  secret-events convert AWSLogs/ --to ocsf > events.ocsf.jsonl
  secret-events convert activity.log.gz --to ecs --since 24h
  secret-events convert cloudtrail://us-east-1 --to cloudevents --action secret.delete`;
