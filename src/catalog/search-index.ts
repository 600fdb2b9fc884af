/** Entries as the search sees them. */
import type { CatalogEntry } from './entry.ts';
import { shortName } from './ibm-name.ts';
import type { ServiceEvent } from './services/service-event.ts';

/** What the search looks through. @internal */
export type Searched = CatalogEntry | ServiceEvent;

/** An entry as the search sees it: the lower-case words of its fields. @internal */
export interface Indexed<Entry extends Searched> {
  readonly entry: Entry;
  /** Its name without separators, with and without the prefix. */
  readonly whole: readonly string[];
  /** The name without separators from each of its words on: where `secretvalue` is in `GetSecretValue`. */
  readonly tails: readonly string[];
  readonly name: readonly string[];
  readonly action: readonly string[];
  readonly text: readonly string[];
}

const indexes = new WeakMap<Searched, Indexed<Searched>>();

/** Made when an entry is first looked at: of twenty thousand names most never are. @internal */
export function indexed<Entry extends Searched>(entry: Entry): Indexed<Entry> {
  const index = indexes.get(entry) ?? indexOf(entry);
  indexes.set(entry, index);
  return index as Indexed<Entry>;
}

function indexOf(entry: Searched): Indexed<Searched> {
  const { name } = entry;
  // Everybody leaves the prefix of IBM's names out, and with it every name would match "secrets".
  const short = shortName(name);
  const words = wordsOf(short);
  return {
    entry,
    whole: [wholeOf(short), wholeOf(name)],
    tails: [...tailsOf(words), ...(short === name ? [] : tailsOf(wordsOf(name)))],
    name: words,
    action: 'action' in entry ? wordsOf(entry.action) : [],
    text: wordsOf(
      'title' in entry ? `${entry.title} ${entry.operation ?? ''}` : `${entry.product} ${entry.service ?? ''}`,
    ),
  };
}

/** The words of a text in lower case; `GetSecretValue` is three. @internal */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function tailsOf(words: readonly string[]): readonly string[] {
  return words.map((_, index) => words.slice(index).join(''));
}

/** @internal */
export function wholeOf(text: string): string {
  return wordsOf(text).join('');
}
