/** EventBridge event patterns as alternatives of fields, and as the JSON that they are written in. */
import type { Language, Said } from '../../../filter/compile.ts';
import { intersect, type Matcher } from './matcher.ts';

/** Fields of the envelope by their dotted path; each must match in one of its ways. */
type FieldMatchers = ReadonlyMap<string, readonly Matcher[]>;
/** Of several, one must match. None: nothing can. */
export type Alternatives = readonly FieldMatchers[];

/** An event pattern, as PutRule takes it when it is made JSON. */
export interface EventPattern {
  readonly [field: string]: readonly Matcher[] | readonly EventPattern[] | EventPattern;
}

/** The combinations that `$or` may stand for. Source: EventBridge User Guide, `eb-create-pattern-operators`. */
const MAX_COMBINATIONS = 1000;

/** What a language of alternatives says beside single conditions. */
export interface AlternativeWords extends Pick<Language<Alternatives>, 'all' | 'any'> {
  /** What is said of one field. */
  readonly field: (path: string, said: Said<readonly Matcher[]> | undefined) => Said<Alternatives> | undefined;
}

/** How alternatives combine, as long as they take no more than this many characters. @internal */
export function alternativesWithin(characters: number): AlternativeWords {
  const within = (alternatives: Alternatives | undefined) =>
    alternatives && JSON.stringify(shapeOf(alternatives)).length <= characters ? alternatives : undefined;
  return {
    all: (parts) => within(allOf(parts)),
    any: (parts) => within(anyOf(parts)),
    field: (path, said) => {
      if (said === undefined || typeof said.reach === 'string') return said as Said<never> | undefined;
      const query = within([new Map([[path, said.reach.query]])]);
      return query && { reach: { query }, exact: said.exact };
    },
  };
}

function anyOf(parts: readonly Alternatives[]): Alternatives | undefined {
  const single = new Map<string, readonly Matcher[]>();
  const others: FieldMatchers[] = [];
  for (const fields of parts.flat()) {
    const [[path, matchers] = [], more] = fields;
    if (path === undefined || matchers === undefined || more !== undefined) others.push(fields);
    else single.set(path, [...(single.get(path) ?? []), ...matchers]);
  }
  const alternatives = [...[...single].map((entry) => new Map([entry])), ...others];
  return alternatives.length <= MAX_COMBINATIONS ? alternatives : undefined;
}

/** `undefined`: some field would have to be named twice. */
function allOf(parts: readonly Alternatives[]): Alternatives | undefined {
  let whole: Alternatives = [new Map()];
  for (const part of parts) {
    if (whole.length * part.length > MAX_COMBINATIONS) return undefined;
    const next: FieldMatchers[] = [];
    for (const [a, b] of whole.flatMap((fields) => part.map((others) => [fields, others] as const))) {
      const both = merge(a, b);
      if (both === undefined) return undefined;
      // A field without a way to match makes its alternative impossible.
      if ([...both.values()].every((matchers) => matchers.length > 0)) next.push(both);
    }
    whole = next;
  }
  return whole;
}

function merge(a: FieldMatchers, b: FieldMatchers): FieldMatchers | undefined {
  const whole = new Map(a);
  for (const [path, matchers] of b) {
    const known = whole.get(path);
    const both = known === undefined ? matchers : intersect(known, matchers);
    if (both === undefined) return undefined;
    whole.set(path, both);
  }
  return whole;
}

/** Patterns of which one must match, with what they share once. @internal */
export function eitherOf(patterns: readonly EventPattern[]): EventPattern {
  const [first = {}, ...others] = patterns;
  if (others.length === 0) return first;
  const shared = Object.keys(first).filter((field) =>
    others.every((other) => JSON.stringify(other[field]) === JSON.stringify(first[field])),
  );
  const pick = (pattern: EventPattern, wanted: boolean) =>
    Object.fromEntries(Object.entries(pattern).filter(([field]) => shared.includes(field) === wanted));
  return { ...pick(first, true), $or: patterns.map((pattern) => pick(pattern, false)) };
}

/** What the alternatives share once, and the rest under `$or`, as deep as it can stand. @internal */
export function shapeOf(alternatives: Alternatives): EventPattern {
  const [first = new Map<string, readonly Matcher[]>()] = alternatives;
  const text = (fields: FieldMatchers, path: string) => JSON.stringify(fields.get(path));
  const shared = new Set(
    [...first.keys()].filter((path) => alternatives.every((one) => text(one, path) === text(first, path))),
  );
  const rests = alternatives.map((fields) => [...fields].filter(([path]) => !shared.has(path)));
  const pattern = nested([...first].filter(([path]) => shared.has(path)));
  // An alternative without a rest lets through all that the others do.
  if (rests.some((rest) => rest.length === 0)) return pattern;
  if (!rests.flat().every(([path]) => path.startsWith(DETAIL))) return { ...pattern, $or: rests.map(nested) };
  const inner = rests.map((rest) => nested(rest.map(([path, matchers]) => [path.slice(DETAIL.length), matchers])));
  return { ...pattern, detail: { ...pattern['detail'], $or: inner } };
}

const DETAIL = 'detail.';

function nested(fields: Iterable<readonly [string, readonly Matcher[]]>): EventPattern {
  const pattern: Record<string, EventPattern[string]> = {};
  const groups = new Map<string, [string, readonly Matcher[]][]>();
  for (const [path, matchers] of fields) {
    const dot = path.indexOf('.');
    if (dot < 0) pattern[path] = matchers;
    else groups.set(path.slice(0, dot), [...(groups.get(path.slice(0, dot)) ?? []), [path.slice(dot + 1), matchers]]);
  }
  for (const [name, group] of groups) pattern[name] = nested(group);
  return pattern;
}
