/** Would it go off? A recipe over events that happened. */
import { matches } from '../filter/match.ts';
import { AuditError } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import { SECRETS_SERVICES } from '../source/scope.ts';
import { thresholdOf } from './aws/metric-plan.ts';
import { checkRecipe } from './checks.ts';
import { type AlarmRecipe, type AlarmThreshold, type EventRecipe, isEventRecipe } from './recipe.ts';

/** One time at which the alarm would have gone off. */
export interface TrialAlarm {
  /** The period, as long as the threshold says and in step with the clock. */
  readonly from: Date;
  readonly to: Date;
  /** How many events fit in it. */
  readonly count: number;
}

/** What became of it. */
export interface Trial {
  /** How many events were looked at. */
  readonly looked: number;
  /** Those that fit the recipe, in the order they came. */
  readonly matched: readonly AuditEvent[];
  /** Oldest first. */
  readonly alarms: readonly TrialAlarm[];
}

/**
 * Runs a recipe over events: which fit, and when the alarm would have gone off. Periods are counted by the time of the
 * act; CloudWatch counts by the time of delivery, minutes later, so events at the edge of a period may fall into the
 * next one there.
 *
 * @throws AuditError `unsupported` for a recipe of charges, which no event tells of; `invalid-argument` for a recipe that
 * is none.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { findRecipe, tryRecipe } from 'secret-events/alarms';
 * import { logFiles } from 'secret-events/files';
 *
 * const { matched, alarms } = tryRecipe(findRecipe('bulk-read'), await events(logFiles('AWSLogs/')).toArray());
 * console.log(`${matched.length} events, ${alarms.length} alarms`);
 * ```
 */
export function tryRecipe(
  recipe: AlarmRecipe,
  events: readonly AuditEvent[],
  threshold: Partial<AlarmThreshold> = {},
): Trial {
  checkRecipe(recipe);
  if (!isEventRecipe(recipe)) {
    throw new AuditError('unsupported', `recipe ${recipe.name} is about charges, and no event tells of them`);
  }
  const matched = events.filter((event) => fits(recipe, event));
  return { looked: events.length, matched, alarms: alarmsOf(recipe, matched, threshold) };
}

/** When so many events of a recipe set it off. @internal */
export function alarmsOf(
  recipe: EventRecipe,
  matched: readonly AuditEvent[],
  threshold: Partial<AlarmThreshold> = {},
): readonly TrialAlarm[] {
  const { count, minutes } = thresholdOf(recipe, { threshold });
  const length = minutes * 60_000;
  const periods = new Map<number, number>();
  for (const { time } of matched) {
    const start = Math.floor(time.getTime() / length) * length;
    periods.set(start, (periods.get(start) ?? 0) + 1);
  }
  return [...periods]
    .filter(([, found]) => found >= count)
    .sort(([a], [b]) => a - b)
    .map(([start, found]) => ({ from: new Date(start), to: new Date(start + length), count: found }));
}

/** Whether one event is what the recipe is about. @internal */
export function fits({ events: { aws, ibm } }: EventRecipe, event: AuditEvent): boolean {
  // As the queries: other services have a PutResourcePolicy too.
  if (!SECRETS_SERVICES.has(event.service)) return false;
  return (event.provider === 'aws' ? aws : ibm)?.some((filter) => matches(filter, event)) ?? false;
}
