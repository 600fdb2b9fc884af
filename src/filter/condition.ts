/**
 * The filter as a tree of single conditions: the one form that `matches` and every language work on, so that the
 * shorthand of {@link Filter} is understood in one place.
 */
import { nearest } from '../catalog/nearest.ts';
import { AuditError } from '../model/error.ts';
import { FIELD_NAMES, FIELDS, type FieldKind, type FieldName } from '../model/field.ts';
import { parseTime } from '../model/time.ts';
import type { Filter } from './filter.ts';

/** One comparison of one field. `time` operators carry milliseconds since 1970. */
export type Condition =
  | { readonly field: FieldName; readonly op: 'in'; readonly values: readonly string[] }
  | { readonly field: FieldName; readonly op: 'startsWith' | 'endsWith' | 'contains'; readonly value: string }
  | { readonly field: FieldName; readonly op: 'flag'; readonly value: boolean }
  | { readonly field: FieldName; readonly op: 'exists' }
  | { readonly field: 'time'; readonly op: 'at' | 'gt' | 'gte' | 'lt' | 'lte'; readonly value: number };

/** A filter without its shorthand. `all: []` is everything, `any: []` is nothing. */
export type Tree<C = Condition> =
  | { readonly type: 'all' | 'any'; readonly parts: readonly Tree<C>[] }
  | { readonly type: 'not'; readonly part: Tree<C> }
  | { readonly type: 'leaf'; readonly condition: C };

const OPERATORS: Readonly<Record<FieldKind, readonly string[]>> = {
  text: ['is', 'in', 'startsWith', 'endsWith', 'contains', 'exists'],
  flag: ['is', 'exists'],
  time: ['is', 'gt', 'gte', 'lt', 'lte', 'exists'],
};
const COMBINERS = ['all', 'any', 'not'] as const;

/** A filter may come from a stranger; deeper than this nobody means it. */
const MAX_DEPTH = 32;

const trees = new WeakMap<object, Tree>();

/**
 * The tree of a filter; kept, so that asking again costs nothing.
 *
 * @throws AuditError `invalid-argument` for a field, operator or value that does not exist, with the nearest right one.
 * @internal
 */
export function treeOf(filter: Filter): Tree {
  const known = typeof filter === 'object' && filter !== null ? trees.get(filter) : undefined;
  if (known) return known;
  const tree = build(filter, 'where', 0);
  trees.set(filter, tree);
  return tree;
}

function build(filter: unknown, path: string, depth: number): Tree {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter) || filter instanceof Date) {
    throw refuse(`${path} must be an object such as { "action": "secret.read" }, not ${show(filter)}`);
  }
  if (depth > MAX_DEPTH) throw refuse(`${path} is nested more than ${MAX_DEPTH} levels deep`);
  const parts: Tree[] = [];
  for (const [key, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    const here = `${path}.${key}`;
    if (key === 'all' || key === 'any') {
      if (!Array.isArray(value)) throw refuse(`${here} must be a list of filters, not ${show(value)}`);
      parts.push({ type: key, parts: value.map((part, i) => build(part, `${here}[${i}]`, depth + 1)) });
    } else if (key === 'not') {
      parts.push({ type: 'not', part: build(value, here, depth + 1) });
    } else if (Object.hasOwn(FIELDS, key)) {
      parts.push(...conditions(key as FieldName, value, here));
    } else {
      throw refuse(`${path} has no field ${show(key)}${suggest(key, [...FIELD_NAMES, ...COMBINERS])}`);
    }
  }
  return parts.length === 1 && parts[0] ? parts[0] : { type: 'all', parts };
}

function conditions(field: FieldName, value: unknown, path: string): Tree[] {
  const kind = FIELDS[field].kind;
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return [leaf(equal(field, kind, value, path))];
  if (Array.isArray(value)) {
    if (kind !== 'text') throw refuse(`${path} takes no list; write { "any": [...] }`);
    return [leaf({ field, op: 'in', values: value.map((item, i) => text(item, `${path}[${i}]`)) })];
  }
  const parts: Tree[] = [];
  for (const [op, operand] of Object.entries(value)) {
    if (operand === undefined) continue;
    if (!OPERATORS[kind].includes(op)) {
      throw refuse(
        `${path} has no operator ${show(op)}${suggest(op, OPERATORS[kind])}; it takes ${OPERATORS[kind].join(', ')}`,
      );
    }
    parts.push(operator(field, kind, op, operand, `${path}.${op}`));
  }
  if (parts.length === 0) throw refuse(`${path} is empty; it takes a value or ${OPERATORS[kind].join(', ')}`);
  return parts;
}

function operator(field: FieldName, kind: FieldKind, op: string, operand: unknown, path: string): Tree {
  switch (op) {
    case 'exists': {
      if (typeof operand !== 'boolean') throw refuse(`${path} must be true or false, not ${show(operand)}`);
      const exists = leaf({ field, op: 'exists' });
      return operand ? exists : { type: 'not', part: exists };
    }
    case 'is':
      return leaf(equal(field, kind, operand, path));
    case 'in':
      if (!Array.isArray(operand)) throw refuse(`${path} must be a list, not ${show(operand)}`);
      return leaf({ field, op: 'in', values: operand.map((item, i) => text(item, `${path}[${i}]`)) });
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return leaf({ field, op, value: text(operand, path) });
    default:
      return leaf({ field: 'time', op: op as 'gt' | 'gte' | 'lt' | 'lte', value: time(operand, path) });
  }
}

function equal(field: FieldName, kind: FieldKind, value: unknown, path: string): Condition {
  if (kind === 'flag') {
    if (typeof value !== 'boolean') throw refuse(`${path} must be true or false, not ${show(value)}`);
    return { field, op: 'flag', value };
  }
  if (kind === 'time') return { field: 'time', op: 'at', value: time(value, path) };
  return { field, op: 'in', values: [text(value, path)] };
}

const leaf = (condition: Condition): Tree => ({ type: 'leaf', condition });

function text(value: unknown, path: string): string {
  if (typeof value !== 'string') throw refuse(`${path} must be a text, not ${show(value)}`);
  return value;
}

function time(value: unknown, path: string): number {
  const date = value instanceof Date ? value : parseTime(value);
  if (!date || Number.isNaN(date.getTime())) {
    throw refuse(`${path} must be a time such as "2026-11-20T14:30:00Z", not ${show(value)}`);
  }
  return date.getTime();
}

const refuse = (message: string) => new AuditError('invalid-argument', message);

function show(value: unknown): string {
  const shown =
    typeof value === 'string'
      ? JSON.stringify(value)
      : Array.isArray(value)
        ? 'a list'
        : String(value === null ? null : typeof value === 'object' ? 'an object' : value);
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown;
}

function suggest(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean ${JSON.stringify(found)}?`;
}
