/** Lists of Secrets Manager: pages by offset, with links to the others. */
import { type JsonObject, member } from '../../model/record.ts';
import { badRequest } from './service-error.ts';

/** @internal */
export interface Page {
  readonly offset: number;
  readonly limit: number;
  /** The member to order by, and in which direction. */
  readonly sort: { readonly name: string; readonly descending: boolean } | undefined;
}

/** @internal */
export function readPage(
  query: URLSearchParams,
  rules: { readonly size: number; readonly largest: number; readonly orders: readonly string[] },
): Page {
  const offset = integer(query, 'offset', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const limit = integer(query, 'limit', 1, rules.largest) ?? rules.size;
  const sort = query.get('sort');
  if (sort === null || sort === '') return { offset, limit, sort: undefined };
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  if (!rules.orders.includes(name)) throw badRequest(`sort must be one of ${rules.orders.join(', ') || 'nothing'}`);
  return { offset, limit, sort: { name, descending } };
}

function integer(query: URLSearchParams, name: string, min: number, max: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw badRequest(`${name} must be a whole number from ${min} to ${max}`);
  return value;
}

/** @internal */
export function writePage(
  name: string,
  items: readonly JsonObject[],
  { offset, limit, sort }: Page,
  place: { readonly address: string; readonly searchParams: URLSearchParams },
): Readonly<Record<string, unknown>> {
  const ordered = sort ? items.toSorted((a, b) => order(a, b, sort.name) * (sort.descending ? -1 : 1)) : items;
  const link = (to: number) => {
    const query = new URLSearchParams(place.searchParams);
    query.set('offset', String(to));
    query.set('limit', String(limit));
    return { href: `${place.address}?${query}` };
  };
  const total = items.length;
  return {
    total_count: total,
    limit,
    offset,
    first: link(0),
    ...(offset + limit < total && { next: link(offset + limit) }),
    ...(offset > 0 && { previous: link(Math.max(0, offset - limit)) }),
    last: link(Math.max(0, Math.floor((total - 1) / limit) * limit)),
    [name]: ordered.slice(offset, offset + limit),
  };
}

function order(a: JsonObject, b: JsonObject, name: string): number {
  const [left, right] = [String(member(a, name) ?? ''), String(member(b, name) ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
