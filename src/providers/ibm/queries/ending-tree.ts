/** How an act ended, as conditions on the event: what the decoder makes of `outcome` and `reason`, said for queries. */
import type { Condition } from '../../../filter/condition.ts';
import { test } from '../../../filter/match.ts';
import type { Outcome } from '../../../model/event.ts';
import { allOf, anyOf, code, type EventTree, exists, firstOf, is, not } from './event-test.ts';
import { spellings } from './spellings.ts';

const says = (word: Outcome): EventTree => is('outcome', ...spellings(word));
const silent = not(exists('outcome'));
// A 401 or 403 is a failure unless it is called a success.
const refused = allOf(not(says('success')), anyOf(code(401), code(403)));

const OUTCOMES: Readonly<Record<Outcome, EventTree>> = {
  success: anyOf(says('success'), allOf(silent, code(200, 299))),
  failure: anyOf(says('failure'), refused, allOf(silent, code(400, 599))),
  pending: allOf(says('pending'), not(refused)),
  unknown: allOf(
    not(is('outcome', ...spellings('success'), ...spellings('failure'), ...spellings('pending'))),
    not(refused),
    not(allOf(silent, anyOf(code(200, 299), code(400, 599)))),
  ),
};

/** @internal */
export function outcome(condition: Condition): EventTree {
  const holds = test(condition);
  return anyOf(...Object.entries(OUTCOMES).flatMap(([name, tree]) => (holds(name) ? [tree] : [])));
}

/** Every event that may be a refusal: services write it in many ways, and some only in words. @internal */
export const mayBeDenied = OUTCOMES.failure;

/** Every event that is no refusal, and those that are one only in words. @internal */
export const mayBeAllowed = not(refused);

/** `undefined`: the codes that meet the condition cannot be listed. @internal */
export function errorCode(condition: Condition): EventTree | undefined {
  if (condition.op !== 'in') return undefined;
  // The code is a number; a text that no number is written as is no code.
  const numbers = condition.values.filter((value) => /^(?:0|[1-9]\d{0,14})$/.test(value)).map(Number);
  return allOf(OUTCOMES.failure, anyOf(...numbers.map((value) => code(value))));
}

/** @internal */
export function errorMessage(condition: Condition): EventTree {
  return allOf(OUTCOMES.failure, firstOf('reason.reasonForFailure', 'reason.reasonType', condition));
}
