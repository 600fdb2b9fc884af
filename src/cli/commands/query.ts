/** `secret-events query` */
import type { Command } from 'commander';
import { AuditError } from '../../model/error.ts';
import { type Context, tell } from '../context.ts';
import { Misuse } from '../misuse.ts';
import { indentedJson } from '../output/json.ts';
import { printableLines } from '../printable.ts';
import {
  cloudOf,
  type PrintedQuery,
  QUERY_LANGUAGES,
  type QueryLanguage,
  queryIn,
  type WholeQuery,
} from '../queries.ts';
import { advise } from '../service-names.ts';
import type { Conditions } from '../where.ts';
import { conditionOptions } from './condition-options.ts';
import { choice } from './option-values.ts';

const FORMATS = ['text', 'json'] as const;

interface QueryOptions extends Conditions {
  readonly exact?: boolean;
  readonly table?: string;
  readonly format: (typeof FORMATS)[number];
}

/** Adds `query` to the program. */
export function declareQuery(program: Command, context: Context): void {
  const command = program
    .command('query')
    .summary('say a filter in a query language of a cloud')
    .description(
      `Says a filter in a query language of AWS or IBM Cloud, and whether the query is exact or lets more through. Asks no cloud. LANGUAGE is one of ${QUERY_LANGUAGES.join(', ')}.`,
    )
    .argument('<language>', QUERY_LANGUAGES.join(', '), choice('query', QUERY_LANGUAGES))
    .optionsGroup('The filter (all conditions must hold):');
  conditionOptions(command)
    .optionsGroup('The query:')
    .option('--exact', 'fail rather than let through more than the filter does')
    .option('--table <name>', 'the table of athena-sql: security.cloudtrail_logs')
    .option(
      '--format <format>',
      'text: the query alone; json: with what is known about it',
      choice('--format', FORMATS),
      'text',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (language: QueryLanguage, options: QueryOptions) =>
      context.finish(await query(language, options, context)),
    );
}

const EXAMPLES = `
The query goes to standard output; whether it is exact, to standard error.
Ends with code 1 when --exact is asked for and cannot be had.

Examples:
  secret-events query filter-pattern --where '{"action":"secret.read","denied":true}'
  secret-events query event-pattern --action secret.delete > pattern.json
  secret-events query dataprime --name secrets-manager.secret.delete
  secret-events query athena-sql --secret 'prod/*' --table security.cloudtrail_logs --format json`;

async function query(language: QueryLanguage, options: QueryOptions, context: Context): Promise<number> {
  const { table, format, exact = false, scope } = options;
  if (table !== undefined && language !== 'athena-sql') throw new Misuse(`--table: ${language} knows no tables`);
  const { filterOf } = await import('../where.ts');
  const filter = filterOf(options) ?? {};
  await advise(options, context.io);
  let printed: PrintedQuery;
  try {
    printed = await queryIn(language, filter, { scope, exact, ...(table !== undefined && { table }) });
  } catch (error) {
    // It was said right, and cannot be done.
    if (!AuditError.is(error) || error.code !== 'unsupported') throw error;
    tell(context.io, `${language}: ${error.message.replaceAll('`exact`', '--exact')}`);
    return 1;
  }
  await write(language, printed, format, context);
  return 0;
}

async function write(
  language: QueryLanguage,
  { text, notes, whole }: PrintedQuery,
  format: QueryOptions['format'],
  { io, output }: Context,
): Promise<void> {
  if (format === 'json') {
    await output.write(`${indentedJson({ language, ...whole })}\n`);
    return;
  }
  // A program gets the query to the letter, a terminal nothing that it would obey.
  const shown = io.stdout.isTTY ? printableLines(text) : text;
  await output.write(`${shown}\n`);
  for (const line of [...exactness(whole, language), ...notes]) tell(io, line);
}

function exactness({ exact, widened, nothing }: WholeQuery, language: QueryLanguage): readonly string[] {
  if (nothing) return [`no event of ${cloudOf(language)} can pass this filter: there is nothing to ask for`];
  return exact ? ['exact'] : widened.map((condition) => `wider than the filter: ${condition}`);
}
