/** The lists of AWS, unpacked once, when somebody asks. */
import type { ServiceEvent } from './service-event.ts';

/** An event source of CloudTrail, and what is recorded under it. */
export interface EventSource {
  /** `kms.amazonaws.com` */
  readonly source: string;
  /** The services whose models name it, by `sdkId`; none where only records show the source. */
  readonly products: readonly string[];
  /**
   * `model`: as the public model says. `correction`: the model leaves it out or has it wrong, and records show it.
   * `record`: records show it, and no model has it. A model's word that no record confirms may be wrong: ten of those
   * that records could test were.
   */
  readonly basis: 'model' | 'correction' | 'record';
  /** For a correction: what it rests on. */
  readonly evidence?: string;
  /** How many names are known. */
  readonly names: number;
}

/** A service whose event source no public model or record tells. */
export interface UnsourcedService {
  /** By `sdkId`. */
  readonly product: string;
  readonly names: readonly string[];
}

/** @internal */
export interface AwsLists {
  readonly sources: ReadonlyMap<string, EventSource>;
  readonly events: ReadonlyMap<string, ReadonlyMap<string, ServiceEvent>>;
  readonly unsourced: readonly UnsourcedService[];
  /** Every name, those of unsourced services too. */
  readonly all: readonly ServiceEvent[];
}

let lists: Promise<AwsLists> | undefined;

/** The data is a chunk of its own: nothing of it is loaded before this is called. @internal */
export function awsLists(): Promise<AwsLists> {
  lists ??= import('./data/aws.ts').then(unpack);
  return lists;
}

type Packed = typeof import('./data/aws.ts');
type SourceFields = { -readonly [Key in keyof EventSource]: EventSource[Key] };

const SEEN_IN = 'public CloudTrail records';

function unpack({ AWS_SERVICES, AWS_SEEN, AWS_LISTS, AWS_PAGES, AWS_EVIDENCE }: Packed): AwsLists {
  const sources = new Map<string, SourceFields>();
  const events = new Map<string, Map<string, ServiceEvent>>();
  const unsourced: UnsourcedService[] = [];
  const all: ServiceEvent[] = [];
  const known = (source: string) => {
    const names = events.get(source) ?? new Map<string, ServiceEvent>();
    events.set(source, names);
    return names;
  };

  for (const [product = '', where = '', basis, list = '', names = ''] of rowsOf(AWS_SERVICES)) {
    const own = where === '' ? [] : where.split(',');
    const words = names.split(' ');
    for (const source of own) sourceOf(sources, source, product, basis === 'c' ? AWS_EVIDENCE[product] : undefined);
    if (own.length === 0) unsourced.push({ product, names: words.map(nameIn) });
    for (const word of words) {
      // The second list is a newer one, which has operations that the first has not.
      const from = AWS_LISTS[Number(list.split(',')[word.includes('+') ? 1 : 0])] ?? '';
      const event = operation(nameIn(word), product, word.endsWith('='), from);
      if (own.length === 0) all.push(event);
      for (const source of own) {
        if (!known(source).has(event.name)) known(source).set(event.name, { ...event, service: source });
      }
    }
  }
  for (const [source = '', names = ''] of rowsOf(AWS_SEEN)) {
    const products = sources.get(source)?.products ?? [];
    if (products.length === 0) sources.set(source, { source, products, basis: 'record', names: 0 });
    for (const word of names.split(' ')) {
      const [name = '', page] = word.split('@');
      const from = page === undefined ? SEEN_IN : (AWS_PAGES[Number(page)] ?? SEEN_IN);
      known(source).set(name, seen(name, source, products[0] ?? source, from));
    }
  }
  for (const [source, names] of events) {
    const info = sources.get(source);
    if (info !== undefined) info.names = names.size;
    all.push(...names.values());
  }
  return { sources: new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1))), events, unsourced, all };
}

function sourceOf(sources: Map<string, SourceFields>, source: string, product: string, evidence?: string): void {
  const before = sources.get(source);
  const info: SourceFields = before ?? { source, products: [], basis: 'model', names: 0 };
  info.products = [...info.products, product];
  // Where a model names the source itself, what was added to it does not make it less of a model's word.
  if (evidence !== undefined) {
    info.evidence =
      info.evidence === undefined ? `${product}: ${evidence}` : `${info.evidence}; ${product}: ${evidence}`;
    if (before === undefined) info.basis = 'correction';
  } else {
    info.basis = 'model';
  }
  sources.set(source, info);
}

function operation(name: string, product: string, reads: boolean, source: string): ServiceEvent {
  const event = { name, provider: 'aws', product, basis: 'operation', status: 'current', source } as const;
  return reads ? { ...event, readOnly: true } : event;
}

function seen(name: string, service: string, product: string, source: string): ServiceEvent {
  return {
    name,
    provider: 'aws',
    service,
    product,
    basis: 'record',
    status: 'current',
    note: 'No operation of an API.',
    source,
  };
}

function nameIn(word: string): string {
  return word.replace(/[+=]+$/, '');
}

function rowsOf(table: string): readonly string[][] {
  return table
    .trim()
    .split('\n')
    .map((row) => row.split('\t'));
}
