/**
 * Finding entries by what somebody remembers of them.
 *
 * @module
 */
import type { Action, CatalogEntry, EntryKind, EntryStatus, Provider } from './entry.ts';
import { CATALOG } from './lookup.ts';
import { editDistance } from './nearest.ts';
import { type Indexed, indexed, type Searched, wholeOf, wordsOf } from './search-index.ts';
import type { ServiceEvent } from './services/service-event.ts';

/** What {@link searchCatalog} keeps to; a field that is not given keeps everything. */
export interface SearchOptions {
  readonly provider?: Provider | undefined;
  readonly action?: Action | undefined;
  readonly status?: EntryStatus | undefined;
  readonly kind?: EntryKind | undefined;
  /** CloudTrail event source or IBM service name. */
  readonly service?: string | undefined;
  /**
   * `true`: the names of every service of both clouds as well, which are loaded for it; the answer is a promise then.
   * Those have no action and no kind: with one of these asked for, there is none of them in the answer.
   */
  readonly everywhere?: boolean | undefined;
  /** At most this many entries, a whole number from 0; without it, all that match. */
  readonly limit?: number | undefined;
}

/** What a word is worth where it is found. Only their order matters: a name says more than a description. */
const WORTH = {
  name: { exact: 60, start: 50, typo: 8 },
  action: { exact: 45, start: 40, typo: 6 },
  text: { exact: 30, start: 25, typo: 4 },
  run: { first: 20, later: 15 },
} as const;
/** Worth of a text that is the name, the name but for its separators and case, the action, or the name but for a typo. */
const NAME = 1000;
const SAME_NAME = 900;
const SAME_ACTION = 800;
const NEAR_NAME = 700;
/** Added by the share of the name that the text covers: `read` is `secret.read` before `secret-group.read`. */
const COVERAGE = 5;
/** What remains for a name that no new event will have: an exact word of it is worth less than the start of another. */
const BYGONE = 0.8;

/** Typos are forgiven in words from four letters on; in shorter ones nearly every word is one typo away. */
const FORGIVING = 4;

let everything: Promise<readonly Searched[]> | undefined;

/**
 * The names of every service that a text brings to mind: the secrets managers' entries, and of all others what
 * {@link ServiceEvent} says. An exact name or a name but for its separators comes before all that only resembles it.
 *
 * @throws RangeError if `limit` is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { searchCatalog } from 'secret-events/catalog';
 *
 * const found = await searchCatalog('decrypt', { everywhere: true, service: 'kms.amazonaws.com' });
 * console.log(found[0]?.name); // 'Decrypt'
 * ```
 */
export function searchCatalog(
  text: string,
  options: SearchOptions & { readonly everywhere: true },
): Promise<readonly (CatalogEntry | ServiceEvent)[]>;
/**
 * The entries that a text brings to mind, best first. It is matched with names, actions, operations and titles,
 * whatever the case, the dots and the dashes; of several words all must match. One typo is forgiven in a whole name
 * and, where nothing matches as written, in each word. An exact name comes first; an empty text gives everything in
 * the order of the catalog.
 *
 * @throws RangeError if `limit` is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { searchCatalog } from 'secret-events/catalog';
 *
 * console.log(searchCatalog('get-secret-value')[0]?.name); // 'GetSecretValue'
 * console.log(searchCatalog('rotation', { provider: 'aws', kind: 'service' }).length); // 7
 * ```
 */
export function searchCatalog(
  text: string,
  options?: SearchOptions & { readonly everywhere?: false | undefined },
): readonly CatalogEntry[];
export function searchCatalog(
  text: string,
  options: SearchOptions = {},
): readonly CatalogEntry[] | Promise<readonly Searched[]> {
  const { limit = Number.POSITIVE_INFINITY, everywhere = false, ...wanted } = options;
  if (limit < 0 || (!Number.isInteger(limit) && limit !== Number.POSITIVE_INFINITY)) {
    throw new RangeError(`limit must be a whole number from 0, not ${limit}`);
  }
  if (!everywhere) return found(CATALOG, text, wanted).slice(0, limit);
  everything ??= import('./services/everywhere.ts').then(async ({ otherEvents }) => [
    ...CATALOG,
    ...(await otherEvents()),
  ]);
  return everything.then((whole) => found(whole, text, wanted).slice(0, limit));
}

type Wanted = Omit<SearchOptions, 'limit' | 'everywhere'>;

function found<Entry extends Searched>(entries: readonly Entry[], text: string, wanted: Wanted): Entry[] {
  const fitting = entries.filter((entry) => isWanted(entry, wanted));
  if (text.trim() === '') return fitting;
  const candidates = fitting.map((entry) => indexed(entry));
  const strict = ranked(candidates, text, false);
  return strict.length > 0 ? strict : ranked(candidates, text, true);
}

function isWanted(entry: Searched, { provider, action, status, kind, service }: Wanted): boolean {
  return (
    (provider === undefined || entry.provider === provider) &&
    (action === undefined || ('action' in entry && entry.action === action)) &&
    (status === undefined || entry.status === status) &&
    (kind === undefined || ('kind' in entry && entry.kind === kind)) &&
    (service === undefined || entry.service === service)
  );
}

function ranked<Entry extends Searched>(
  candidates: readonly Indexed<Entry>[],
  text: string,
  forgiving: boolean,
): Entry[] {
  const query = { text: text.trim(), words: wordsOf(text), whole: wholeOf(text) };
  return candidates
    .map((candidate) => ({ entry: candidate.entry, score: scoreOf(candidate, query, forgiving) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

interface Query {
  readonly text: string;
  readonly words: readonly string[];
  readonly whole: string;
}

function scoreOf(candidate: Indexed<Searched>, query: Query, forgiving: boolean): number {
  if (query.text === candidate.entry.name) return NAME;
  if (query.whole !== '' && candidate.whole.includes(query.whole)) return SAME_NAME;
  if (query.whole !== '' && query.whole === candidate.action.join('')) return SAME_ACTION;
  if (isTypo(query.whole, candidate.whole)) return NEAR_NAME;
  const scores = query.words.map((word) => wordScore(candidate, word, forgiving));
  if (scores.length === 0 || scores.includes(0)) return 0;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const covered = Math.min(1, scores.length / candidate.name.length);
  return (mean + COVERAGE * covered) * (isBygone(candidate.entry) ? BYGONE : 1);
}

function isBygone({ status }: Searched): boolean {
  return status === 'retired' || status === 'iam-only';
}

function wordScore({ tails, name, action, text }: Indexed<Searched>, word: string, forgiving: boolean): number {
  return Math.max(
    fieldScore(name, word, WORTH.name, forgiving),
    fieldScore(action, word, WORTH.action, forgiving),
    fieldScore(text, word, WORTH.text, forgiving),
    // Words written as one: the beginning of the name is worth more than its middle.
    tails[0]?.startsWith(word) ? WORTH.run.first : 0,
    tails.some((tail) => tail.startsWith(word)) ? WORTH.run.later : 0,
  );
}

type Worth = (typeof WORTH)['name' | 'action' | 'text'];

function fieldScore(field: readonly string[], word: string, worth: Worth, forgiving: boolean): number {
  if (field.includes(word)) return worth.exact;
  if (field.some((one) => one.startsWith(word))) return worth.start;
  return forgiving && isTypo(word, field) ? worth.typo : 0;
}

function isTypo(word: string, candidates: readonly string[]): boolean {
  return word.length >= FORGIVING && candidates.some((one) => editDistance(word, one, 1) === 1);
}
