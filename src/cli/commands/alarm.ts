/** `secret-events alarm` */
import type { Command } from 'commander';
import type { AlarmRecipe } from '../../alarms/recipe.ts';
import { SETUP_NAMES } from '../alarm-templates.ts';
import type { Context } from '../context.ts';
import { wantsColour, widthOf } from '../io.ts';
import { indentedJson } from '../output/json.ts';
import { printableLines } from '../printable.ts';
import { declareAlarmTemplate } from './alarm-template.ts';
import { declareAlarmTest } from './alarm-test.ts';
import { choice } from './option-values.ts';

const LIST_FORMATS = ['table', 'json', 'names'] as const;
const SHOW_FORMATS = ['text', 'json'] as const;

interface ListOptions {
  readonly format: (typeof LIST_FORMATS)[number];
  readonly color: boolean;
}

/** Adds `alarm` to the program. */
export function declareAlarm(program: Command, context: Context): void {
  const alarm = program
    .command('alarm')
    .summary('alarms on secrets, as templates for both clouds')
    .description(
      'Alarms that the guides of the clouds describe, as recipes: what they are, templates that put them into an account, and a try-out over logs. Touches no account.',
    )
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  alarm
    .command('list')
    .description('Lists the recipes.')
    .option('--format <format>', LIST_FORMATS.join(', '), choice('--format', LIST_FORMATS), 'table')
    .option('--no-color', 'no colours; without a terminal, or where NO_COLOR is set, there are none anyway')
    .action((options: ListOptions) => list(options, context));
  alarm
    .command('show')
    .description('Tells what a recipe watches, why, what it misses, and the queries it is made of.')
    .argument('<name>', 'the name of a recipe')
    .option('--format <format>', SHOW_FORMATS.join(', '), choice('--format', SHOW_FORMATS), 'text')
    .action((name: string, options: { readonly format: (typeof SHOW_FORMATS)[number] }) =>
      show(name, options.format, context),
    );
  declareAlarmTemplate(alarm, context);
  declareAlarmTest(alarm, context);
}

const EXAMPLES = `
Examples:
  secret-events alarm list
  secret-events alarm show pending-deletion-access
  secret-events alarm template pending-deletion-access --log-group CloudTrail/logs --email security@example.com
  secret-events alarm test pending-deletion-access AWSLogs/`;

async function list({ format, color }: ListOptions, { io, output }: Context): Promise<void> {
  const { ALARM_RECIPES } = await import('../../alarms/recipes.ts');
  if (format === 'json') return output.write(`${indentedJson(ALARM_RECIPES)}\n`);
  if (format === 'names') return output.write(ALARM_RECIPES.map(({ name }) => `${name}\n`).join(''));
  const { alarmTable } = await import('../output/alarm-table.ts');
  await output.write(await alarmTable(ALARM_RECIPES, { width: widthOf(io), colour: wantsColour(io, color) }));
  io.stderr.write(`secret-events: alarm template also knows ${SETUP_NAMES.join(', ')}\n`);
}

async function show(name: string, format: (typeof SHOW_FORMATS)[number], { io, output }: Context): Promise<void> {
  const [{ findRecipe }, { recipeQueries }] = await Promise.all([
    import('../../alarms/recipes.ts'),
    import('../../alarms/queries.ts'),
  ]);
  const recipe = findRecipe(name);
  const queries = recipeQueries(recipe);
  if (format === 'json') return output.write(`${indentedJson({ ...recipe, queries })}\n`);
  const text = [
    ...linesOf(recipe),
    ...section(
      'Queries',
      queries.map(
        ({ language, query, exact }) => `${language}${exact ? '' : ' (finds more than the recipe)'}: ${query}`,
      ),
    ),
    ...section('Sources', recipe.sources),
  ].join('\n');
  // A program gets the queries to the letter, a terminal nothing that it would obey.
  await output.write(`${io.stdout.isTTY ? printableLines(text) : text}\n`);
}

function linesOf(recipe: AlarmRecipe): readonly string[] {
  const { name, title, why, severity, misses } = recipe;
  const events = 'events' in recipe ? recipe : undefined;
  const { count, minutes } = events?.threshold ?? { count: 1, minutes: 5 };
  const when = events
    ? count === 1
      ? 'at each event; told once in a while, not once for each'
      : `at ${count} events within ${minutes} minutes`
    : `above ${'charges' in recipe ? `${recipe.charges.above} ${recipe.charges.currency} this month` : ''}`;
  return [
    `${name} (${severity})`,
    title,
    why,
    '',
    `Goes off: ${when}`,
    `Clouds: ${events ? Object.keys(events.events).join(', ') : 'aws'}`,
    ...section('What it misses', misses),
    ...section('IBM Event Notifications that tell the same', events?.notices ?? []),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}
