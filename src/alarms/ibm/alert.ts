/** Recipes as alerts of IBM Cloud Logs. */
import { AuditError } from '../../model/error.ts';
import { APPLICATIONS, SUBSYSTEM_PREFIX } from '../../providers/ibm/queries/labels.ts';
import { luceneExcess, toLucene } from '../../providers/ibm/queries/lucene.ts';
import { type AlarmTuning, thresholdOf } from '../aws/metric-plan.ts';
import { checkPrefix, checkRecipe, shown } from '../checks.ts';
import { prefixed } from '../prefixed.ts';
import { type AlarmRecipe, type AlarmSeverity, type AlarmThreshold, isEventRecipe, oneOf } from '../recipe.ts';

/** What an alert takes beside the recipe. */
export interface IbmAlertOptions {
  /** The `external_id` of an outgoing webhook to Event Notifications; without it the alert is seen in Cloud Logs alone. */
  readonly webhookId?: number;
  /** The ids (GUIDs) of Secrets Manager instances; all of them by default. */
  readonly instances?: readonly string[];
  /** In front of the alert's name, so that one recipe can be in an instance several times. */
  readonly prefix?: string;
  /** In place of the recipe's own threshold. */
  readonly threshold?: Partial<AlarmThreshold>;
}

/** A label of a log, and how it is compared. */
export interface IbmLabelFilter {
  readonly value: string;
  readonly operation: 'is_or_unspecified' | 'starts_with';
}

/** Which logs an alert looks at. */
export interface IbmLogsFilter {
  readonly simple_filter: {
    readonly lucene_query: string;
    readonly label_filters: {
      readonly application_name: readonly IbmLabelFilter[];
      readonly subsystem_name: readonly IbmLabelFilter[];
      readonly severities: readonly string[];
    };
  };
}

/** The body of `POST /v1/alert_definitions`. */
export interface IbmAlertDefinition {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly priority: 'p1' | 'p2' | 'p3' | 'p4';
  readonly type: 'logs_immediate_or_unspecified' | 'logs_threshold';
  readonly group_by_keys: readonly string[];
  readonly incidents_settings: { readonly notify_on: 'triggered_only_unspecified'; readonly minutes: number };
  readonly notification_group: {
    readonly group_by_keys: readonly string[];
    readonly webhooks: readonly {
      readonly notify_on: 'triggered_only_unspecified';
      readonly minutes: number;
      readonly integration: { readonly integration_id: number };
    }[];
  };
  readonly entity_labels: Readonly<Record<string, string>>;
  readonly phantom_mode: boolean;
  readonly deleted: boolean;
  readonly logs_immediate?: {
    readonly notification_payload_filter: readonly string[];
    readonly logs_filter: IbmLogsFilter;
  };
  readonly logs_threshold?: {
    readonly notification_payload_filter: readonly string[];
    readonly logs_filter: IbmLogsFilter;
    readonly condition_type: 'more_than_or_unspecified';
    readonly rules: readonly {
      readonly condition: {
        readonly threshold: number;
        readonly time_window: { readonly logs_time_window_specific_value: string };
      };
      readonly override: { readonly priority: IbmAlertDefinition['priority'] };
    }[];
  };
}

const PRIORITY: Readonly<Record<AlarmSeverity, IbmAlertDefinition['priority']>> = {
  critical: 'p1',
  high: 'p2',
  medium: 'p3',
  low: 'p4',
};

/** Windows of a threshold, in minutes. Source: IBM Cloud API docs, `logs-service-api`. */
const WINDOWS: Readonly<Record<number, string>> = {
  5: 'minutes_5_or_unspecified',
  10: 'minutes_10',
  15: 'minutes_15',
  20: 'minutes_20',
  30: 'minutes_30',
  60: 'hour_1',
  120: 'hours_2',
  240: 'hours_4',
  360: 'hours_6',
  720: 'hours_12',
  1440: 'hours_24',
};

/** Minutes before the same alert tells again. */
const QUIET = 10;
/** What a notice holds of the event: who did what to which secret, and how it ended; no request, which may hold more. */
const PAYLOAD = ['action', 'outcome', 'initiator.id', 'initiator.name', 'target.name', 'reason.reasonCode'];

/**
 * One recipe as the body of an alert definition of IBM Cloud Logs: for each event at once, or when there are so many
 * within a window. The instance needs the audit events in its High or Medium pipeline. The parts are as IBM's Go SDK and
 * its Terraform provider name them; a whole body is shown by no page of IBM.
 *
 * Sources: IBM Cloud API docs, `logs-service-api`; IBM Cloud docs, `cloud-logs` / `alerts`.
 *
 * @throws AuditError `invalid-argument` for a recipe or option that IBM would refuse; `unsupported` for a recipe without
 * events of IBM Cloud.
 * @example
 * ```ts
 * import { findRecipe, toIbmAlert } from 'secret-events/alarms';
 *
 * const alert = toIbmAlert(findRecipe('access-denied'), { webhookId: 123 });
 * console.log(alert.logs_immediate?.logs_filter.simple_filter.lucene_query);
 * ```
 */
export function toIbmAlert(recipe: AlarmRecipe, options: IbmAlertOptions = {}): IbmAlertDefinition {
  checkRecipe(recipe);
  const { webhookId, instances, prefix } = options;
  if (prefix !== undefined) checkPrefix(prefix);
  if (webhookId !== undefined && !(Number.isInteger(webhookId) && webhookId >= 0 && webhookId <= 4_294_967_295)) {
    throw new AuditError(
      'invalid-argument',
      `webhookId must be the external_id of an outgoing webhook, a whole number, not ${shown(webhookId)}`,
    );
  }
  const priority = PRIORITY[recipe.severity];
  const logs_filter = filterOf(recipe, instances);
  const { count, minutes } = thresholdFor(recipe, options);
  const notify = { notify_on: 'triggered_only_unspecified', minutes: QUIET } as const;
  const words = { notification_payload_filter: PAYLOAD, logs_filter };
  return {
    name: prefixed(prefix, `secret-events-${recipe.name}`),
    description: `${recipe.title} ${recipe.why}`,
    enabled: true,
    priority,
    type: count === 1 ? 'logs_immediate_or_unspecified' : 'logs_threshold',
    group_by_keys: [],
    incidents_settings: notify,
    notification_group: {
      group_by_keys: [],
      webhooks: webhookId === undefined ? [] : [{ ...notify, integration: { integration_id: webhookId } }],
    },
    entity_labels: {},
    phantom_mode: false,
    deleted: false,
    ...(count === 1
      ? { logs_immediate: words }
      : {
          logs_threshold: {
            ...words,
            condition_type: 'more_than_or_unspecified',
            rules: [
              {
                // More than 99 is at least 100.
                condition: {
                  threshold: count - 1,
                  time_window: { logs_time_window_specific_value: WINDOWS[minutes] as string },
                },
                override: { priority },
              },
            ],
          },
        }),
  };
}

function thresholdFor(recipe: AlarmRecipe, tuning: AlarmTuning): AlarmThreshold {
  const threshold = isEventRecipe(recipe) ? thresholdOf(recipe, tuning) : { count: 1, minutes: 5 };
  if (threshold.count === 1 || WINDOWS[threshold.minutes] !== undefined) return threshold;
  throw new AuditError(
    'invalid-argument',
    `threshold.minutes: Cloud Logs has no window of ${threshold.minutes} minutes; it takes ${Object.keys(WINDOWS).join(', ')}`,
  );
}

function filterOf(recipe: AlarmRecipe, instances: readonly string[] | undefined): IbmLogsFilter {
  const ibm = isEventRecipe(recipe) ? recipe.events.ibm : undefined;
  if (ibm === undefined) throw new AuditError('unsupported', `recipe ${recipe.name} has no events of IBM Cloud`);
  const filter = oneOf(ibm);
  const excess = luceneExcess(filter, { instances });
  if (excess !== undefined) {
    throw new AuditError('unsupported', `recipe ${recipe.name} is too long for a query of Cloud Logs: ${excess}`);
  }
  const { conditions, nothing } = toLucene(filter, { instances });
  if (nothing) throw new AuditError('unsupported', `recipe ${recipe.name} can match no event of IBM Cloud`);
  if (conditions === '') {
    throw new AuditError('unsupported', `recipe ${recipe.name} lets every event of Secrets Manager through`);
  }
  const subsystems: readonly IbmLabelFilter[] = instances?.length
    ? instances.map((id) => ({ value: SUBSYSTEM_PREFIX + id, operation: 'is_or_unspecified' }))
    : [{ value: SUBSYSTEM_PREFIX, operation: 'starts_with' }];
  return {
    simple_filter: {
      lucene_query: conditions,
      label_filters: {
        application_name: APPLICATIONS.map((value) => ({
          value,
          operation: 'is_or_unspecified',
        })),
        subsystem_name: subsystems,
        severities: [],
      },
    },
  };
}

/** Where the alert of a recipe lets through more than the recipe, in words. @internal */
export function ibmNotesOf(recipe: AlarmRecipe): readonly string[] {
  const ibm = isEventRecipe(recipe) ? recipe.events.ibm : undefined;
  return ibm === undefined ? [] : toLucene(oneOf(ibm)).widened;
}
