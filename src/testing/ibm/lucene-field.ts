/** What Lucene queries compare: fields as they are indexed. */
import { isObject } from '../../model/record.ts';
import { type LuceneToken, malformed, type Piece } from './lucene-lexer.ts';
import { below, type RowView } from './row-view.ts';

/** @internal */
export type RowTest = (row: RowView) => boolean;

/** The right side of a colon. @internal */
export type ValueQuery = Exclude<LuceneToken, { readonly kind: 'symbol' }>;

/** A range; a bound that is missing is open. @internal */
export interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly fromIncluded: boolean;
  readonly toIncluded: boolean;
}

type Form = 'text' | 'keyword' | 'numeric';

interface Field {
  readonly form: Form;
  values(row: RowView): readonly unknown[];
}

/** Longer texts are not indexed as a whole. */
const LONGEST_KEYWORD = 256;
const LABELS: Readonly<Record<string, string>> = {
  'coralogix.metadata.applicationName': 'applicationname',
  'coralogix.metadata.subsystemName': 'subsystemname',
};

/** @internal */
export function fieldTest(name: string, query: ValueQuery): RowTest {
  const field = fieldOf(name);
  if (isAll(query)) return (row) => indexed(field, row).length > 0;
  const test = valueTest(field.form, query);
  return (row) => indexed(field, row).some(test);
}

/** @internal */
export function existsTest(name: string): RowTest {
  const field = fieldOf(name);
  return (row) => indexed(field, row).length > 0;
}

/** A term without a field is looked for in every text of the record. @internal */
export function anyField(query: ValueQuery): RowTest {
  if (isAll(query)) return () => true;
  const test = valueTest('text', query);
  return (row) => leaves(row.d).some(test);
}

/** @internal */
export function rangeTest(name: string, range: Range): RowTest {
  const field = fieldOf(name);
  const { from, to, fromIncluded, toIncluded } = range;
  const stated = [from, to].filter((bound) => bound !== undefined);
  const allNumbers = stated.every((bound) => numberOf(bound) !== undefined);
  if (field.form === 'numeric' && !allNumbers) throw malformed(`${name} takes numbers, not ${stated.join(' and ')}`, 0);
  const numeric = allNumbers && stated.length > 0;
  const [low, high] = [from, to].map((bound) => (numeric ? numberOf(bound) : bound));
  const test = (value: unknown): boolean => {
    const one = numeric ? numberOf(value) : String(value);
    if (one === undefined) return false;
    if (low !== undefined && !(fromIncluded ? one >= low : one > low)) return false;
    return high === undefined || (toIncluded ? one <= high : one < high);
  };
  return (row) => indexed(field, row).some((value) => test(value));
}

function fieldOf(name: string): Field {
  const form = name.endsWith('.keyword') ? 'keyword' : name.endsWith('.numeric') ? 'numeric' : 'text';
  const plain = form === 'text' ? name : name.slice(0, -form.length - 1);
  const label = Object.hasOwn(LABELS, plain) ? LABELS[plain] : undefined;
  if (label !== undefined) return { form, values: (row) => [row.l[label]] };
  const steps = plain.split('.');
  return { form, values: (row) => flat(steps.reduce<unknown>(below, row.d)) };
}

/** Of a list, each element is a value of its own. */
function flat(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

/** The values that are in the index under a field's form. */
function indexed({ form, values }: Field, row: RowView): readonly unknown[] {
  const found = values(row).filter((value) => value !== undefined && value !== null);
  if (form === 'numeric') return found.map(numberOf).filter((value) => value !== undefined);
  if (form === 'keyword') return found.filter((value) => !isObject(value) && String(value).length <= LONGEST_KEYWORD);
  return found;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function isAll(query: ValueQuery): boolean {
  return query.kind === 'term' && query.raw === '*';
}

function valueTest(form: Form, query: ValueQuery): (value: unknown) => boolean {
  if (form === 'numeric') {
    const wanted = query.kind === 'regex' ? undefined : numberOf(plainText(query));
    if (wanted === undefined) throw malformed('a number is expected', query.at);
    return (value) => value === wanted;
  }
  const regex = regexOf(query, form === 'text');
  if (form === 'keyword') {
    if (regex) return (value) => regex.test(String(value));
    const text = plainText(query);
    return (value) => String(value) === text;
  }
  if (regex) return (value) => tokensOf(value).some((token) => regex.test(token));
  const wanted = tokensOf(plainText(query));
  // The words of a phrase stand side by side; of a term that is several words, one is enough.
  if (query.kind === 'term') return (value) => wanted.some((word) => tokensOf(value).includes(word));
  return (value) => {
    const tokens = tokensOf(value);
    return (
      wanted.length > 0 && tokens.some((_, start) => wanted.every((word, index) => tokens[start + index] === word))
    );
  };
}

/** The words of a text, as they are indexed. */
function tokensOf(value: unknown): readonly string[] {
  if (isObject(value)) return [];
  return (
    String(value)
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}

function plainText(query: ValueQuery): string {
  if (query.kind !== 'term') return query.text;
  return query.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.wildcard)).join('');
}

/** A regular expression, or a term with wildcards; it has to match the whole. */
function regexOf(query: ValueQuery, lowerCase: boolean): RegExp | undefined {
  if (query.kind === 'phrase') return undefined;
  if (query.kind === 'term') {
    if (query.pieces.every((piece) => typeof piece === 'string')) return undefined;
    return new RegExp(`^${query.pieces.map((piece) => pieceSource(piece, lowerCase)).join('')}$`, 'su');
  }
  try {
    return new RegExp(`^(?:${regexSource(query.text, query.at)})$`, 's');
  } catch (error) {
    throw error instanceof SyntaxError ? malformed('the regular expression is not valid', query.at) : error;
  }
}

function pieceSource(piece: Piece, lowerCase: boolean): string {
  if (typeof piece !== 'string') return piece.wildcard === '*' ? '.*' : '.';
  const text = lowerCase ? piece.toLowerCase() : piece;
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Lucene's regular expressions have operators of their own, and no anchors or classes such as `\d`. */
function regexSource(text: string, at: number): string {
  return text.replace(/\\(.)|\[\^|[@#&<~"^$]/gsu, (seen, escaped?: string) => {
    if (escaped !== undefined) return /[\p{L}\p{N}\s]/u.test(escaped) ? escaped : `\\${escaped}`;
    if (seen === '[^') return seen;
    if (seen === '@') return '.*';
    if (seen === '^' || seen === '$') return `\\${seen}`;
    throw malformed(`${seen} in a regular expression needs a backslash`, at);
  });
}

function leaves(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (isObject(value)) return Object.values(value).flatMap(leaves);
  return value === undefined || value === null ? [] : [value];
}
