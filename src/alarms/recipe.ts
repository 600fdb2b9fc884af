/** What is worth an alarm, as data: which events, how many of them, and what a person should know. */
import type { IbmNotificationType } from '../catalog/ibm-notifications.ts';
import type { Filter } from '../filter/filter.ts';

/** How soon somebody should look: `critical` at once, `low` when there is time. */
export type AlarmSeverity = 'low' | 'medium' | 'high' | 'critical';

/** What every recipe says to people. */
export interface RecipeText {
  /** Lower-case words with dashes: `pending-deletion-access`. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  readonly severity: AlarmSeverity;
  /** What it does not see, or takes for something else. */
  readonly misses: readonly string[];
  /** The pages it comes from. */
  readonly sources: readonly string[];
}

/** How many events make an alarm. */
export interface AlarmThreshold {
  /** At least so many; 1 by default. */
  readonly count: number;
  /** Within so many minutes; 5 by default. */
  readonly minutes: number;
}

/** Filters of which an event must pass one. */
export type AnyOfFilters = readonly [Filter, ...Filter[]];

/** An alarm on events. */
export interface EventRecipe extends RecipeText {
  /**
   * Which events, for each cloud that has them. Each filter of AWS becomes a metric filter of its own and all feed one
   * metric, so no event should pass two of them.
   */
  readonly events: { readonly aws?: AnyOfFilters; readonly ibm?: AnyOfFilters };
  readonly threshold?: AlarmThreshold;
  /** The CloudWatch metric and alarm; by default in the namespace `SecretEvents` and named after the recipe. */
  readonly metric?: { readonly namespace: string; readonly name: string; readonly alarm: string };
  /** Types of IBM Event Notifications that tell the same without any log. */
  readonly notices?: readonly IbmNotificationType[];
}

/** An alarm on what AWS expects to charge for a service in this month. */
export interface ChargesRecipe extends RecipeText {
  readonly charges: {
    /** As the metric's dimension `ServiceName` says it. */
    readonly service: string;
    readonly currency: string;
    /** The alarm goes off above this amount. */
    readonly above: number;
  };
}

/** What is worth an alarm. Write your own in the same form. */
export type AlarmRecipe = EventRecipe | ChargesRecipe;

/** @internal */
export function isEventRecipe(recipe: AlarmRecipe): recipe is EventRecipe {
  return 'events' in recipe;
}

/** One filter for all of them. @internal */
export function oneOf(filters: AnyOfFilters): Filter {
  return filters.length === 1 ? filters[0] : { any: filters };
}

/** @internal */
export const USUAL_THRESHOLD: AlarmThreshold = { count: 1, minutes: 5 };
