/** What EventBridge event patterns say of one field. */
import type { Said } from '../../../filter/compile.ts';
import type { Comparison, Presence } from './record-test.ts';

/** A comparison with the beginning, the end or the inside of a text. */
export type Affix = { readonly prefix: string } | { readonly suffix: string } | { readonly wildcard: string };

/**
 * One way in which the value of a field may match; a pattern lists several, of which one must.
 *
 * Source: EventBridge User Guide, `eb-create-pattern-operators`.
 */
export type Matcher =
  | string
  | boolean
  | Affix
  | { readonly exists: boolean }
  | { readonly 'anything-but': readonly string[] | Affix };

const MISSING: Matcher = { exists: false };

/**
 * A comparison as the matchers of its field. A pattern asks for a field that is there, so its opposite names the missing
 * field beside the other values. `undefined`: texts have no order here.
 *
 * @internal
 */
export function matchersOf(
  comparison: Comparison,
  presence: Presence,
  negated: boolean,
): Said<readonly Matcher[]> | undefined {
  const said = (...query: readonly Matcher[]): Said<readonly Matcher[]> => ({ reach: { query }, exact: true });
  const missing = presence === 'always' ? [] : [MISSING];
  switch (comparison.op) {
    case 'exists':
      if (presence === 'always') return { reach: negated ? 'nothing' : 'everything', exact: true };
      if (presence === 'optional') return said({ exists: !negated });
      return negated ? said(MISSING, '') : said({ 'anything-but': [''] });
    case 'flag':
      return negated ? said(...missing, !comparison.value) : said(comparison.value);
    case 'in': {
      const { values } = comparison;
      if (values.length === 0) return { reach: negated ? 'everything' : 'nothing', exact: true };
      return negated ? said(...missing, { 'anything-but': values }) : said(...values);
    }
    case 'startsWith':
    case 'endsWith':
    case 'contains': {
      const affix = affixOf(comparison.op, comparison.value);
      return negated ? said(...missing, { 'anything-but': affix }) : said(affix);
    }
    default:
      return undefined;
  }
}

/** Within a wildcard a backslash makes `*` and itself literal. */
function affixOf(op: 'startsWith' | 'endsWith' | 'contains', value: string): Affix {
  if (op === 'startsWith') return { prefix: value };
  return op === 'endsWith' ? { suffix: value } : { wildcard: `*${value.replace(/[\\*]/g, '\\$&')}*` };
}

/**
 * The matchers that say what two lists of them say together, since a pattern can name a field only once. An empty list
 * is a contradiction; `undefined`: there is no such list.
 *
 * @internal
 */
export function intersect(a: readonly Matcher[], b: readonly Matcher[]): readonly Matcher[] | undefined {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  if (a.every(isText)) return a.filter((value) => b.some((matcher) => accepts(matcher, value)));
  if (b.every(isText)) return intersect(b, a);
  const [notA, notB] = [excludedBy(a), excludedBy(b)];
  if (notA === undefined || notB === undefined || a.length !== b.length) return undefined;
  return [...a.filter((matcher) => matcher === MISSING), { 'anything-but': [...new Set([...notA, ...notB])] }];
}

const isText = (matcher: Matcher): matcher is string => typeof matcher === 'string';

function accepts(matcher: Matcher, value: string): boolean {
  if (typeof matcher !== 'object') return matcher === value;
  if ('exists' in matcher) return matcher.exists;
  if ('prefix' in matcher) return value.startsWith(matcher.prefix);
  if ('suffix' in matcher) return value.endsWith(matcher.suffix);
  if ('wildcard' in matcher) return value.includes(matcher.wildcard.slice(1, -1).replace(/\\([\\*])/g, '$1'));
  const excluded = matcher['anything-but'];
  return 'length' in excluded ? !excluded.includes(value) : !accepts(excluded, value);
}

/** The values that a list excludes, if that is all it says apart from the missing field. */
function excludedBy(matchers: readonly Matcher[]): readonly string[] | undefined {
  const [only, ...others] = matchers.filter((matcher) => matcher !== MISSING);
  if (typeof only !== 'object' || others.length > 0 || !('anything-but' in only)) return undefined;
  return 'length' in only['anything-but'] ? only['anything-but'] : undefined;
}
