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
import type { SearchOptions } from '../../catalog/search.ts';
import type { ServiceEvent } from '../../catalog/services/service-event.ts';
import { type Context, tell } from '../context.ts';
import { wantsColour, widthOf } from '../io.ts';
import { choice, list } from './option-values.ts';

const FORMATS = ['table', 'json', 'jsonl', 'csv', 'names'] as const;
const PROVIDERS: readonly Provider[] = ['aws', 'ibm'];
const KINDS: readonly EntryKind[] = ['api', 'service', 'notification', 'native'];
const STATUSES: readonly EntryStatus[] = ['current', 'retired', 'iam-only', 'beta'];

interface CatalogOptions {
  readonly provider?: Provider;
  readonly action?: Action;
  readonly kind?: EntryKind;
  readonly status?: EntryStatus;
  readonly service?: readonly string[];
  readonly everywhere?: boolean;
  readonly services?: boolean;
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
    .option(
      '--service <list>',
      'names of these services: kms.amazonaws.com, iam-identity; implies --everywhere',
      list('--service'),
    )
    .option('--everywhere', 'names of every service of both clouds, not of the secrets managers alone')
    .option('--services', 'list the services themselves, instead of names')
    .option('--format <format>', FORMATS.join(', '), choice('--format', FORMATS), 'table')
    .option('--no-color', 'no colours; without a terminal, or where NO_COLOR is set, there are none anyway')
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
  secret-events catalog --action secret.read --format names
  secret-events catalog --service kms.amazonaws.com decrypt
  secret-events catalog --services --provider ibm`;

async function catalog(text: string, options: CatalogOptions, { io, output }: Context): Promise<number> {
  if (options.services) return services(text, options, { io, output });
  const { format, color, services: _, service, ...wanted } = options;
  const within = service === undefined ? [undefined] : [...new Set(service)];
  const found = (await Promise.all(within.map((one) => search(text, { ...wanted, service: one })))).flat();
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
    case 'names':
      await output.write(found.map(({ name }) => `${name}\n`).join(''));
      break;
    default:
      await output.write(JSON_OF[format](found));
  }
  if (found.length > 0) return 0;
  tell(io, await nothing(text, service));
  return 1;
}

type Entry = CatalogEntry | ServiceEvent;

async function search(text: string, wanted: SearchOptions): Promise<readonly Entry[]> {
  const { searchCatalog } = await import('../../catalog/search.ts');
  // The secrets managers' own services are whole in the catalog; nothing more is loaded for them.
  const { SECRETS_SERVICES } = await import('../../source/scope.ts');
  const beyond = wanted.service !== undefined && !SECRETS_SERVICES.has(wanted.service);
  const everywhere = wanted.everywhere === true || beyond;
  return everywhere ? searchCatalog(text, { ...wanted, everywhere }) : searchCatalog(text, { ...wanted, everywhere });
}

const JSON_OF: Readonly<Record<'json' | 'jsonl', (list: readonly object[]) => string>> = {
  json: (list) => `${JSON.stringify(list, undefined, 2)}\n`,
  jsonl: (list) => list.map((one) => `${JSON.stringify(one)}\n`).join(''),
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
  ...['operation', 'access', 'roles', 'since', 'successors', 'subtypes', 'note', 'source', 'product', 'basis'],
] as readonly (keyof CatalogEntry | keyof ServiceEvent)[];

async function csvOf(entries: readonly Entry[]): Promise<string> {
  const { csvLines } = await import('../output/csv.ts');
  const rows = entries.map((entry) =>
    COLUMNS.map((column) => cellOf((entry as Partial<CatalogEntry & ServiceEvent>)[column])),
  );
  return csvLines([COLUMNS, ...rows]);
}

function cellOf(value: string | boolean | readonly string[] | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('; ') : String(value);
}

async function services(
  text: string,
  { format, provider, color }: CatalogOptions,
  { io, output }: Pick<Context, 'io' | 'output'>,
): Promise<number> {
  const { listedServices, SERVICE_COLUMNS } = await import('./service-list.ts');
  const found = await listedServices(text, provider);
  const cells = found.map((one) => SERVICE_COLUMNS.map(({ key }) => String(one[key] ?? '')));
  switch (format) {
    case 'table': {
      const { TextTable } = await import('../output/text-table.ts');
      const table = new TextTable(SERVICE_COLUMNS, { width: widthOf(io), colour: wantsColour(io, color) });
      await output.write(await table.rows(cells.map((row) => row.map((cell) => ({ text: cell })))));
      break;
    }
    case 'csv': {
      const { csvLines } = await import('../output/csv.ts');
      await output.write(await csvLines([SERVICE_COLUMNS.map(({ key }) => key), ...cells]));
      break;
    }
    case 'names':
      await output.write(found.flatMap(({ service }) => (service === undefined ? [] : [`${service}\n`])).join(''));
      break;
    default:
      await output.write(JSON_OF[format](found));
  }
  if (found.length > 0) return 0;
  tell(io, `no list has a service like ${JSON.stringify(text)}`);
  return 1;
}

async function nothing(text: string, services: readonly string[] = []): Promise<string> {
  const { matchVaultPattern } = await import('../../catalog/ibm-vault.ts');
  const family = matchVaultPattern(text);
  if (family)
    return `${text} is no fixed name, but one of the family ${family.name} of IBM's Vault Dedicated plan: ${family.title}`;
  for (const service of services) {
    const hint = await (await import('../service-names.ts')).nearestService(service);
    if (hint !== undefined) return `--service: no list has ${JSON.stringify(service)}; did you mean ${hint}?`;
  }
  return text === '' ? 'the catalog has no such entries' : `the catalog has nothing like ${JSON.stringify(text)}`;
}
