/** Conditions on places of an activity tracking event: what a filter's conditions become before they are put into words. */
import type { Condition, Tree } from '../../../filter/condition.ts';

/** What is known of a text's place: whether each event has it, and whether its texts stay within 256 characters. */
interface Place {
  readonly always?: boolean;
  readonly short?: boolean;
}

/**
 * Every text that is asked about. A text may be missing or, which is the same, empty.
 *
 * Source: IBM Cloud docs, `atracker` / `event`. That the short ones are short follows from what they hold: a word, an id,
 * a Cloud Resource Name.
 */
const EVENT_PATHS = {
  action: { always: true },
  outcome: { short: true },
  severity: { short: true },
  message: {},
  logSourceCRN: { short: true },
  'initiator.id': { short: true },
  'initiator.name': {},
  'initiator.authnId': { short: true },
  'initiator.authnName': {},
  'initiator.typeURI': { short: true },
  'initiator.credential.type': { short: true },
  'initiator.host.address': {},
  'initiator.host.agent': {},
  'reason.reasonType': {},
  'reason.reasonForFailure': {},
  'target.id': {},
  'target.name': {},
  'target.typeURI': {},
} as const satisfies Readonly<Record<string, Place>>;

/** One of {@link EVENT_PATHS}. */
export type EventPath = keyof typeof EVENT_PATHS;

/** @internal */
export function placeOf(path: EventPath): Place {
  return EVENT_PATHS[path];
}

/** A condition on a text of the event. A missing or empty text makes it false. */
export type TextTest = { readonly path: EventPath } & (
  | { readonly op: 'in'; readonly values: readonly string[] }
  | { readonly op: 'startsWith' | 'endsWith' | 'contains'; readonly value: string }
  | { readonly op: 'exists' }
);

/** A condition on the only number that is asked about; both ends belong to it. */
export interface CodeTest {
  readonly path: 'reason.reasonCode';
  readonly op: 'between';
  readonly from: number;
  readonly to: number;
}

/** A condition on one place of the event. */
export type EventTest = TextTest | CodeTest;

/** Conditions on places of the event. */
export type EventTree = Tree<EventTest>;

const leaf = (condition: EventTest): EventTree => ({ type: 'leaf', condition });

/** A field's condition, asked of one place; nothing where texts are not compared so. @internal */
export function at(path: EventPath, condition: Condition): EventTree {
  switch (condition.op) {
    case 'in':
      return leaf({ path, op: 'in', values: condition.values });
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return leaf({ path, op: condition.op, value: condition.value });
    case 'exists':
      return leaf({ path, op: 'exists' });
    default:
      return anyOf();
  }
}

/** @internal */
export const is = (path: EventPath, ...values: readonly string[]): EventTree => leaf({ path, op: 'in', values });
/** @internal */
export const startsWith = (path: EventPath, value: string): EventTree => leaf({ path, op: 'startsWith', value });
/** @internal */
export const endsWith = (path: EventPath, value: string): EventTree => leaf({ path, op: 'endsWith', value });
/** @internal */
export const contains = (path: EventPath, value: string): EventTree => leaf({ path, op: 'contains', value });
/** @internal */
export const exists = (path: EventPath): EventTree => leaf({ path, op: 'exists' });
/** @internal */
export const code = (from: number, to: number = from): EventTree =>
  leaf({ path: 'reason.reasonCode', op: 'between', from, to });
/** @internal */
export const not = (part: EventTree): EventTree => ({ type: 'not', part });
/** @internal */
export const allOf = (...parts: readonly EventTree[]): EventTree => ({ type: 'all', parts });
/** @internal */
export const anyOf = (...parts: readonly EventTree[]): EventTree => ({ type: 'any', parts });

/** The condition on the first text or, where that is missing, on the second. @internal */
export function firstOf(first: EventPath, second: EventPath, condition: Condition): EventTree {
  return anyOf(at(first, condition), allOf(not(exists(first)), at(second, condition)));
}

/** Whether a piece of the text could meet the condition, where nobody knows what stands around it. @internal */
export function within(path: EventPath, mark: string, condition: Condition): EventTree {
  switch (condition.op) {
    case 'in':
      return anyOf(...condition.values.map((value) => contains(path, mark + value)));
    case 'startsWith':
      return contains(path, mark + condition.value);
    case 'endsWith':
    case 'contains':
      return contains(path, condition.value);
    default:
      return at(path, condition);
  }
}
