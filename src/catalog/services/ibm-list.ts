/** The lists of IBM Cloud, unpacked once, when somebody asks. */
import type { ServiceEvent } from './service-event.ts';

/** An IBM Cloud service with a page of activity tracking actions. */
export interface ActionService {
  /** What the page is about, where one service has several: `secrets-manager (Vault Dedicated plan)`. */
  readonly title: string;
  /**
   * The first word of its actions, which `service` of an event is. Several where one page holds for several
   * services; none where it holds for all.
   */
  readonly services: readonly string[];
  /** The service's names in a CRN; they can differ: `event-streams` is `messagehub`. */
  readonly crnNames: readonly string[];
  /** The page, and the day of its last change where it says one. */
  readonly page: string;
  readonly updated?: string;
  /** Why the list may be incomplete or misleading. */
  readonly caveat?: string;
  /** Its actions and patterns. */
  readonly actions: readonly ServiceEvent[];
}

/** @internal */
export interface IbmLists {
  readonly collected: string;
  readonly services: readonly ActionService[];
  readonly events: ReadonlyMap<string, ReadonlyMap<string, ServiceEvent>>;
  /** Names with placeholders, and what they match once the service is known. */
  readonly patterns: readonly ServiceEvent[];
  readonly all: readonly ServiceEvent[];
}

let lists: Promise<IbmLists> | undefined;

/** The data is a chunk of its own: nothing of it is loaded before this is called. @internal */
export function ibmLists(): Promise<IbmLists> {
  lists ??= import('./data/ibm.ts').then(unpack);
  return lists;
}

function unpack({ IBM_COLLECTED, IBM_SERVICES }: typeof import('./data/ibm.ts')): IbmLists {
  const services = IBM_SERVICES.trim().split('\n').map(serviceOf);
  const events = new Map<string, Map<string, ServiceEvent>>();
  const patterns: ServiceEvent[] = [];
  for (const event of services.flatMap(({ actions }) => actions)) {
    if (event.pattern) patterns.push(event);
    else {
      const names = events.get(event.service ?? '') ?? new Map<string, ServiceEvent>();
      events.set(event.service ?? '', names);
      // Of two pages that list a name, the first is the service's own.
      if (!names.has(event.name)) names.set(event.name, event);
    }
  }
  const all = [...[...events.values()].flatMap((names) => [...names.values()]), ...patterns];
  return { collected: IBM_COLLECTED, services, events, patterns, all };
}

function serviceOf(row: string): ActionService {
  const [title = '', keys = '', crnNames = '', page = '', updated = '', caveat = '', words = ''] = row.split('\t');
  const services = keys === '*' ? [] : keys.split(',');
  const source = updated === '' ? page : `${page} (${updated})`;
  const actions = words.split(' ').flatMap((word): readonly ServiceEvent[] => {
    const shared = { provider: 'ibm', product: title, basis: 'page', source } as const;
    if (!word.includes('<')) return [{ ...fixed(word, services[0] ?? ''), ...shared }];
    // One line of a page can stand for several services, or for all of them.
    const any = services.length === 0 || word.startsWith('<service_name>.tag.');
    const pattern = { name: word, ...shared, status: 'current', pattern: true } as const;
    return any ? [pattern] : services.map((service) => ({ ...pattern, service }));
  });
  return {
    title,
    services,
    crnNames: crnNames === '' ? [] : crnNames.split(','),
    page,
    ...(updated !== '' && { updated }),
    ...(caveat !== '' && { caveat }),
    actions,
  };
}

const FORMER = 'The name under which older records have it.';

function fixed(word: string, service: string): Pick<ServiceEvent, 'name' | 'service' | 'status' | 'note'> {
  const name = `${word.startsWith('.') ? service : ''}${word.replace(/[~^]$/, '')}`;
  if (word.endsWith('^')) return { name, service, status: 'retired', note: FORMER };
  return { name, service, status: word.endsWith('~') ? 'retired' : 'current' };
}

/** Whether a name fits a pattern of this service: `<service_name>` is the service, any other placeholder any text. @internal */
export function fits(pattern: ServiceEvent, service: string, name: string): boolean {
  if (pattern.service !== undefined && pattern.service !== service) return false;
  const parts = pattern.name.split(/<([^>]*)>/);
  let rest = name;
  for (const [index, part] of parts.entries()) {
    const placeholder = index % 2 === 1;
    const fixedPart = placeholder && part.startsWith('service') ? service : placeholder ? undefined : part;
    if (fixedPart === undefined) {
      const next = parts[index + 1] ?? '';
      const end = next === '' ? rest.length : rest.indexOf(next, 1);
      if (end < 1) return false;
      rest = rest.slice(end);
    } else {
      if (!rest.startsWith(fixedPart)) return false;
      rest = rest.slice(fixedPart.length);
    }
  }
  return rest === '';
}
