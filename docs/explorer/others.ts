/** The names of every other service. They lie in the page as text, and are unpacked when somebody asks for one of them. */
import { eventSources, unsourcedServices } from '../../src/catalog/services/aws.ts';
import { otherEvents } from '../../src/catalog/services/everywhere.ts';
import { actionServices } from '../../src/catalog/services/ibm.ts';
import type { ServiceEvent } from '../../src/catalog/services/service-event.ts';
import { serviceOf } from './row.ts';
import { subjectNamed } from './subject.ts';

/** A service that can be chosen. */
export interface Service {
  /** What the address calls it: its event source, the first word of its actions, or its title where it has neither. */
  readonly id: string;
  readonly label: string;
  readonly group: 'AWS' | 'AWS, event source unknown' | 'IBM Cloud';
  /** Where its names stand under this service, or why they do not. */
  readonly said: string;
}

export interface Others {
  /** Without those that the secrets managers' own catalog knows better; by cloud, service and name. */
  readonly names: readonly ServiceEvent[];
  readonly services: ReadonlyMap<string, Service>;
  named(service: string, name: string): ServiceEvent | undefined;
}

let others: Promise<Others> | undefined;

/** Unpacks them at the first call. */
export function unpackOthers(): Promise<Others> {
  others ??= wholePage().then(unpack);
  return others;
}

/** The texts stand at the end of the page, behind all that is shown. */
function wholePage(): Promise<unknown> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
}

async function unpack(): Promise<Others> {
  const found = (await otherEvents()).filter((event) => !isOwn(event));
  const services = new Map((await allServices()).map((service) => [service.id, service]));
  const byKey = new Map(found.map((event) => [keyOf(serviceOf(event), event.name), event]));
  const places = [...services.keys()];
  const order = new Map(places.map((id, place) => [id, place]));
  const placeOf = (event: ServiceEvent) => order.get(serviceOf(event)) ?? places.length;
  return {
    names: found.sort((a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1)),
    services,
    named: (service, name) => byKey.get(keyOf(service, name)),
  };
}

/** Families of the secrets managers are in both. */
function isOwn({ name, service }: ServiceEvent): boolean {
  const own = subjectNamed(name);
  return own !== undefined && own.service === service;
}

function keyOf(service: string, name: string): string {
  return `${service}\t${name}`;
}

const SAID = {
  model: 'the public model names this event source; where no record confirms it, it may be wrong',
  record: 'records show this event source, and no public model has it',
} as const;

async function allServices(): Promise<readonly Service[]> {
  const [sources, unsourced, pages] = await Promise.all([eventSources(), unsourcedServices(), actionServices()]);
  const ofIbm = new Map<string, Service>();
  for (const { title, services, updated, caveat } of pages) {
    for (const id of services.length > 0 ? services : [title]) {
      const page = `${title}${updated === undefined ? '' : `, page of ${updated}`}${caveat === undefined ? '' : `: ${caveat}`}`;
      const before = ofIbm.get(id);
      ofIbm.set(id, {
        id,
        label: id,
        group: 'IBM Cloud',
        said: before === undefined ? page : `${before.said}; ${page}`,
      });
    }
  }
  return [
    ...sources.map(
      ({ source, products, basis, evidence }): Service => ({
        id: source,
        label: products.length === 0 ? source : `${source} (${products.join(', ')})`,
        group: 'AWS',
        said: basis === 'correction' ? `corrected; ${evidence}` : SAID[basis],
      }),
    ),
    ...unsourced.map(
      ({ product }): Service => ({
        id: product,
        label: product,
        group: 'AWS, event source unknown',
        said: 'no public model or record tells its event source, and nothing is guessed',
      }),
    ),
    ...[...ofIbm.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ];
}
