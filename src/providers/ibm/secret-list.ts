/** All secrets of an instance, page by page, while others add and delete secrets. */
import { type JsonObject, textOf } from '../../model/record.ts';
import type { SecretsReader } from './secrets-reader.ts';

/** The most that a page holds. API docs, `secrets-manager-v2`, `listSecrets`. */
const PAGE = 1000;
/** How often a listing goes back; an instance that loses secrets faster than that is not listed whole, and that is told. */
const MAX_RETURNS = 100;

/** What a listing has learnt of its own completeness. @internal */
export interface Listing {
  /** Whether the API counted more secrets than it gave. */
  missed: boolean;
}

/**
 * Pages of secrets, each secret once, in the order in which they were made. Paging is by offset: where the count has
 * fallen, what stood behind the deleted secrets has moved up, and that part is asked for again.
 *
 * @internal
 */
export async function* listAllSecrets(
  reader: SecretsReader,
  listing: Listing,
): AsyncGenerator<readonly JsonObject[], void, undefined> {
  const seen = new Set<string>();
  let before = 0;
  let total: number | undefined;
  let returns = 0;
  for (let offset = 0, more = true; more; ) {
    const page = await reader.secrets(offset, PAGE);
    const fresh = page.items.filter((secret) => isNew(secret, seen));
    yield fresh;
    total = page.total;
    const deleted = Math.min(offset, before - (total ?? 0));
    before = total ?? 0;
    if (deleted > 0 && returns++ < MAX_RETURNS) {
      offset -= deleted;
      continue;
    }
    offset += page.items.length;
    more = page.items.length > 0 && (total === undefined ? fresh.length > 0 && page.more : offset < total);
  }
  listing.missed = total !== undefined && seen.size < total;
}

function isNew(secret: JsonObject, seen: Set<string>): boolean {
  const id = textOf(secret, 'id') ?? textOf(secret, 'crn');
  if (id === undefined) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
