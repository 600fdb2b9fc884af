/** What a filter means. Every source, language and cloud engine is held to this. */
import type { AuditEvent } from '../model/event.ts';
import { FIELDS, type FieldValue } from '../model/field.ts';
import { type Condition, type Tree, treeOf } from './condition.ts';
import type { Filter } from './filter.ts';

/** A filter as a function. */
export type Predicate = (event: AuditEvent) => boolean;

const predicates = new WeakMap<Filter, Predicate>();

/**
 * Whether an event passes a filter.
 *
 * @throws AuditError `invalid-argument` when the filter names a field or operator that does not exist.
 * @example
 * ```ts
 * import { matches, type AuditEvent } from 'secret-events';
 *
 * declare const event: AuditEvent;
 * if (matches({ action: 'secret.read', denied: true }, event)) console.log(event.actor.name);
 * ```
 */
export function matches(filter: Filter, event: AuditEvent): boolean {
  let predicate = predicates.get(filter);
  if (!predicate) {
    predicate = compileTree(treeOf(filter));
    predicates.set(filter, predicate);
  }
  return predicate(event);
}

/**
 * A filter as a function, for loops: the filter is read once.
 *
 * @internal
 */
export function predicateOf(filter: Filter | undefined): Predicate {
  return filter === undefined ? () => true : compileTree(treeOf(filter));
}

function compileTree(tree: Tree): Predicate {
  if (tree.type === 'leaf') return compileLeaf(tree.condition);
  if (tree.type === 'not') {
    const part = compileTree(tree.part);
    return (event) => !part(event);
  }
  const parts = tree.parts.map(compileTree);
  if (tree.type === 'any') {
    return (event) => {
      for (const part of parts) if (part(event)) return true;
      return false;
    };
  }
  return (event) => {
    for (const part of parts) if (!part(event)) return false;
    return true;
  };
}

function compileLeaf(condition: Condition): Predicate {
  const { of } = FIELDS[condition.field];
  const holds = test(condition);
  return (event) => {
    const value = of(event);
    if (value === undefined) return false;
    if (typeof value !== 'object' || value instanceof Date) return holds(value as FieldValue);
    for (const one of value) if (holds(one)) return true;
    return false;
  };
}

/**
 * Whether one value that an event has under the condition's field meets it.
 *
 * @internal
 */
export function test(condition: Condition): (value: FieldValue) => boolean {
  switch (condition.op) {
    case 'exists':
      return () => true;
    case 'flag':
      return (value) => value === condition.value;
    case 'in': {
      const [only, ...more] = condition.values;
      if (more.length === 0) return (value) => value === only;
      const values: ReadonlySet<unknown> = new Set(condition.values);
      return (value) => values.has(value);
    }
    case 'startsWith':
      return (value) => (value as string).startsWith(condition.value);
    case 'endsWith':
      return (value) => (value as string).endsWith(condition.value);
    case 'contains':
      return (value) => (value as string).includes(condition.value);
    case 'at':
      return (value) => (value as Date).getTime() === condition.value;
    case 'gt':
      return (value) => (value as Date).getTime() > condition.value;
    case 'gte':
      return (value) => (value as Date).getTime() >= condition.value;
    case 'lt':
      return (value) => (value as Date).getTime() < condition.value;
    case 'lte':
      return (value) => (value as Date).getTime() <= condition.value;
  }
}
