/** `secret-events catalog --services` */
import type { Provider } from '../../catalog/entry.ts';
import type { Column } from '../output/text-table.ts';

/** A service as the list shows it. */
export interface ListedService {
  /** What `--service` takes; missing where no source tells. */
  readonly service?: string;
  readonly provider: Provider;
  /** What models and pages call it. */
  readonly product: string;
  /** How many names are known. */
  readonly names: number;
  /** Where the service's name comes from: `model`, `correction`, `record`, `page`; `unknown` where none tells. */
  readonly basis: string;
  readonly note?: string;
}

/** The services of both clouds whose names hold every word of the text. */
export async function listedServices(text: string, provider: Provider | undefined): Promise<readonly ListedService[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...(await aws()), ...(await ibm())];
  return all.filter((one) => {
    const said = `${one.service ?? ''} ${one.product}`.toLowerCase();
    return (provider === undefined || one.provider === provider) && words.every((word) => said.includes(word));
  });
}

async function aws(): Promise<readonly ListedService[]> {
  const { eventSources, unsourcedServices } = await import('../../catalog/services/aws.ts');
  const sourced = (await eventSources()).map(({ source, products, basis, evidence, names }) => ({
    service: source,
    provider: 'aws' as const,
    product: products.join(', '),
    names,
    basis,
    ...(evidence !== undefined && { note: evidence }),
  }));
  const unsourced = (await unsourcedServices()).map(({ product, names }) => ({
    provider: 'aws' as const,
    product,
    names: names.length,
    basis: 'unknown',
    note: 'no public source tells its event source',
  }));
  return [...sourced, ...unsourced];
}

async function ibm(): Promise<readonly ListedService[]> {
  const { actionServices } = await import('../../catalog/services/ibm.ts');
  return (await actionServices()).map(({ title, services, actions, page, updated, caveat }) => ({
    ...(services.length > 0 && { service: services.join(',') }),
    provider: 'ibm' as const,
    product: title,
    names: new Set(actions.map(({ name }) => name)).size,
    basis: 'page',
    note: [updated === undefined ? page : `${page} (${updated})`, caveat].filter(Boolean).join('; '),
  }));
}

/** @internal */
export const SERVICE_COLUMNS: readonly (Column & { readonly key: keyof ListedService })[] = [
  { key: 'service', header: 'SERVICE', min: 20, max: 60, rank: 6 },
  { key: 'provider', header: 'CLOUD', min: 5, max: 5, rank: 3 },
  { key: 'names', header: 'NAMES', min: 5, max: 5, rank: 5 },
  { key: 'basis', header: 'BASIS', min: 7, max: 10, rank: 4 },
  { key: 'product', header: 'PRODUCT', min: 12, max: 60, rank: 2, cut: 'end' },
  { key: 'note', header: 'NOTE', min: 16, max: 90, rank: 1, cut: 'end' },
];
