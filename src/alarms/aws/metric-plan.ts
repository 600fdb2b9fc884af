/** A recipe as what CloudWatch is told, in whatever way: metric filters, a metric, an alarm. */
import { AuditError } from '../../model/error.ts';
import { filterPatternExcess, toFilterPattern } from '../../providers/aws/queries/filter-pattern.ts';
import { checkPrefix, checkRecipe, wholeNumber } from '../checks.ts';
import { prefixed } from '../prefixed.ts';
import { type AlarmRecipe, type AlarmThreshold, type EventRecipe, isEventRecipe, USUAL_THRESHOLD } from '../recipe.ts';

/** What may be said of every alarm of AWS. */
export interface AlarmTuning {
  /** In front of the names of alarms, metrics and rules, so that one recipe can be in an account several times. */
  readonly prefix?: string;
  /** In place of the recipe's own threshold; for a recipe of charges `count` is the amount. */
  readonly threshold?: Partial<AlarmThreshold>;
}

/** One recipe, made ready. @internal */
export interface MetricPlan {
  /** The recipe's name as one word, for ids in templates: `PendingDeletionAccess`. */
  readonly id: string;
  readonly filters: readonly { readonly name: string; readonly pattern: string }[];
  readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: readonly Dimension[] };
  readonly alarm: AlarmPlan;
  /** Where the patterns let through more than the recipe. */
  readonly notes: readonly string[];
}

interface Dimension {
  readonly name: string;
  readonly value: string;
}

interface AlarmPlan {
  readonly name: string;
  readonly description: string;
  readonly statistic: 'Sum' | 'Maximum';
  /** Seconds. */
  readonly period: number;
  readonly threshold: number;
  readonly comparison: 'GreaterThanOrEqualToThreshold' | 'GreaterThanThreshold';
}

const NAMESPACE = 'SecretEvents';
/** Billing metrics come a few times a day. Source: CloudWatch User Guide, `monitor_estimated_charges_with_cloudwatch`. */
const BILLING_PERIOD = 6 * 3600;
/** Source: CloudWatch API Reference, `API_PutMetricAlarm`: periods of a minute or a multiple of it, a day at most. */
const MAX_MINUTES = 1440;

/**
 * @throws AuditError `invalid-argument` for a recipe or option that cannot be meant; `unsupported` for a recipe without
 * events of AWS, and for one whose pattern goes beyond a limit of CloudWatch Logs.
 * @internal
 */
export function metricPlanOf(recipe: AlarmRecipe, tuning: AlarmTuning): MetricPlan {
  checkRecipe(recipe);
  const { prefix } = tuning;
  if (prefix !== undefined) checkPrefix(prefix);
  const named = (name: string) => prefixed(prefix, name);
  const id = idOf(recipe.name);
  const description = `${recipe.title} Why it matters: ${recipe.why}`.slice(0, 1024);
  if (!isEventRecipe(recipe)) {
    const { service, currency, above } = recipe.charges;
    const dimensions = [
      { name: 'Currency', value: currency },
      { name: 'ServiceName', value: service },
    ];
    const threshold = tuning.threshold?.count ?? above;
    return {
      id,
      filters: [],
      metric: { namespace: 'AWS/Billing', name: 'EstimatedCharges', dimensions },
      alarm: {
        name: named(`${id}Alarm`),
        description,
        statistic: 'Maximum',
        period: BILLING_PERIOD,
        threshold,
        comparison: 'GreaterThanThreshold',
      },
      notes: ['deploy it in us-east-1, where the metric is, and turn billing alerts on'],
    };
  }
  const { aws } = recipe.events;
  if (aws === undefined) throw unsupported(recipe, 'has no events of AWS');
  const { namespace, name, alarm } = recipe.metric ?? { namespace: NAMESPACE, name: id, alarm: `${id}Alarm` };
  const { count, minutes } = thresholdOf(recipe, tuning);
  const patterns = aws.map((filter) => patternOf(recipe, filter));
  return {
    id,
    filters: patterns.map(({ pattern }, i) => ({ name: named(i === 0 ? name : `${name}${i + 1}`), pattern })),
    metric: { namespace, name: named(name), dimensions: [] },
    alarm: {
      name: named(alarm),
      description,
      statistic: 'Sum',
      period: minutes * 60,
      threshold: count,
      comparison: 'GreaterThanOrEqualToThreshold',
    },
    notes: patterns.flatMap(({ widened }) => widened),
  };
}

/** @internal */
export function thresholdOf(recipe: EventRecipe, { threshold }: AlarmTuning): AlarmThreshold {
  const { count, minutes } = { ...USUAL_THRESHOLD, ...recipe.threshold, ...threshold };
  return {
    count: wholeNumber('threshold.count', count, 1, 1_000_000),
    minutes: wholeNumber('threshold.minutes', minutes, 1, MAX_MINUTES),
  };
}

/** `pending-deletion-access` as `PendingDeletionAccess`. @internal */
export function idOf(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function patternOf(recipe: EventRecipe, filter: NonNullable<EventRecipe['events']['aws']>[number]) {
  const excess = filterPatternExcess(filter);
  if (excess !== undefined) {
    throw unsupported(
      recipe,
      `is too long for a filter pattern of CloudWatch Logs: ${excess}. Name fewer values, or use EventBridge`,
    );
  }
  const { query, exact, nothing, widened } = toFilterPattern(filter);
  if (nothing) throw unsupported(recipe, 'can match no event of AWS');
  if (query === '') throw unsupported(recipe, 'lets every event of the log group through');
  return { pattern: query, widened: exact ? [] : widened };
}

function unsupported({ name }: AlarmRecipe, what: string): AuditError {
  return new AuditError('unsupported', `recipe ${name} ${what}`);
}
