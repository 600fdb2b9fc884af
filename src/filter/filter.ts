/** The filter: plain JSON, typed by field. Its meaning is {@link matches}. */
import type { FieldName, FieldTypes } from '../model/field.ts';

/** A time in a filter: a `Date` or ISO 8601 text, so that a filter stays plain JSON. */
type Plain<T> = T extends Date ? Date | string : T;

/** Conditions on one text field; all of them must hold. Comparison is exact and case-sensitive. */
export interface TextCondition<T extends string> {
  readonly is?: T;
  readonly in?: readonly T[];
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly contains?: string;
  /** `true`: the event has the field. `false`: it has not. */
  readonly exists?: boolean;
}

/** Conditions on a boolean field. */
export interface FlagCondition {
  readonly is?: boolean;
  readonly exists?: boolean;
}

/** Conditions on a time; bounds in milliseconds, `gt`/`lt` exclusive, `gte`/`lte` inclusive. */
export interface TimeCondition {
  readonly is?: Date | string;
  readonly gt?: Date | string;
  readonly gte?: Date | string;
  readonly lt?: Date | string;
  readonly lte?: Date | string;
  readonly exists?: boolean;
}

/** What a field may be compared with: a value, a list of values (any of them), or an object of operators. */
export type ConditionOf<T> = [T] extends [Date]
  ? Plain<T> | TimeCondition
  : [T] extends [boolean]
    ? T | FlagCondition
    : [T] extends [string]
      ? T | readonly T[] | TextCondition<T>
      : never;

/**
 * Which events are wanted. The members of one object must all hold; a condition on a field that the event does not
 * have is false (and so `not` of it is true). An empty filter lets everything through.
 *
 * @example
 * ```ts
 * import type { Filter } from 'secret-events';
 *
 * const deniedReads: Filter = { action: ['secret.read', 'secret.list'], denied: true, 'actor.name': { startsWith: 'ci-' } };
 * const notByRotation: Filter = { action: 'secret.write', not: { 'origin.service': 'lambda.amazonaws.com' } };
 * ```
 */
export type Filter = { readonly [F in FieldName]?: ConditionOf<FieldTypes[F]> } & {
  /** Every one of these must hold. */
  readonly all?: readonly Filter[];
  /** At least one of these must hold; an empty list lets nothing through. */
  readonly any?: readonly Filter[];
  /** This must not hold. */
  readonly not?: Filter;
};
