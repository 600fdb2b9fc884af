/** `secret-events catalog` */
import type { Command } from 'commander';
import {
  ACTIONS,
  type Action,
  type CatalogEntry,
  type EntryKind,
  type EntryStatus,
  type Provider,
} from '../../catalog/entry.ts';
import { type Context, tell } from '../context.ts';
import { wantsColour, widthOf } from '../io.ts';
import { choice } from './option-values.ts';

const FORMATS = ['table', 'json', 'jsonl', 'csv', 'names'] as const;
const PROVIDERS: readonly Provider[] = ['aws', 'ibm'];
const KINDS: readonly EntryKind[] = ['api', 'service', 'notification', 'native'];
const STATUSES: readonly EntryStatus[] = ['current', 'retired', 'iam-only', 'beta'];

interface CatalogOptions {
  readonly provider?: Provider;
  readonly action?: Action;
  readonly kind?: EntryKind;
  readonly status?: EntryStatus;
  readonly format: (typeof FORMATS)[number];
  readonly color: boolean;
}

/** Adds `catalog` to the program. */
export function declareCatalog(program: Command, context: Context): void {
  program
    .command('catalog')
    .summary('look up event and action names')
    .description('Looks up what the event and action names of both clouds mean. Without TEXT it lists all of them.')
    .argument('[text...]', 'a name or a part of one, an action, words of a description')
    .option('--provider <provider>', PROVIDERS.join(', '), choice('--provider', PROVIDERS))
    .option('--action <action>', 'the neutral word for it, such as secret.read', choice('--action', ACTIONS))
    .option('--kind <kind>', KINDS.join(', '), choice('--kind', KINDS))
    .option('--status <status>', STATUSES.join(', '), choice('--status', STATUSES))
    .option('--format <format>', FORMATS.join(', '), choice('--format', FORMATS), 'table')
    .option('--no-color', 'no colours; there are none either without a terminal or under NO_COLOR')
    .addHelpText('after', EXAMPLES)
    .action(async (text: readonly string[], options: CatalogOptions) =>
      context.finish(await catalog(text.join(' '), options, context)),
    );
}

const EXAMPLES = `
Ends with code 1 when nothing matches.

Examples:
  secret-events catalog rotation
  secret-events catalog --provider ibm --format json
  secret-events catalog --action secret.read --format names`;

async function catalog(text: string, options: CatalogOptions, { io, output }: Context): Promise<number> {
  const { searchCatalog } = await import('../../catalog/search.ts');
  const { format, color, ...wanted } = options;
  const found = searchCatalog(text, wanted);
  switch (format) {
    case 'table': {
      const { catalogTable } = await import('../output/catalog-table.ts');
      const look = { width: widthOf(io), colour: wantsColour(io, color), grouped: io.stdout.isTTY === true };
      await output.write(await catalogTable(found, look));
      break;
    }
    case 'csv':
      await output.write(await csvOf(found));
      break;
    default:
      await output.write(PLAIN[format](found));
  }
  if (found.length > 0) return 0;
  tell(io, await nothing(text));
  return 1;
}

const PLAIN: Readonly<Record<'json' | 'jsonl' | 'names', (entries: readonly CatalogEntry[]) => string>> = {
  json: (entries) => `${JSON.stringify(entries, undefined, 2)}\n`,
  jsonl: (entries) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
  names: (entries) => entries.map(({ name }) => `${name}\n`).join(''),
};

/** The columns of the CSV; the order is a promise, so a new one goes to the end. */
const COLUMNS = [
  ...[
    'name',
    'provider',
    'service',
    'kind',
    'action',
    'status',
    'resource',
    'title',
    'readOnly',
    'outcome',
    'severity',
  ],
  ...['operation', 'access', 'roles', 'since', 'successors', 'subtypes', 'note', 'source'],
] as readonly (keyof CatalogEntry)[];

async function csvOf(entries: readonly CatalogEntry[]): Promise<string> {
  const { csvLines } = await import('../output/csv.ts');
  const rows = entries.map((entry) => COLUMNS.map((column) => cellOf(entry[column])));
  return csvLines([COLUMNS, ...rows]);
}

function cellOf(value: CatalogEntry[keyof CatalogEntry]): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('; ') : String(value);
}

async function nothing(text: string): Promise<string> {
  const { matchVaultPattern } = await import('../../catalog/ibm-vault.ts');
  const family = matchVaultPattern(text);
  if (family)
    return `${text} is no fixed name, but one of the family ${family.name} of IBM's Vault Dedicated plan: ${family.title}`;
  return text === '' ? 'the catalog has no such entries' : `the catalog has nothing like ${JSON.stringify(text)}`;
}
