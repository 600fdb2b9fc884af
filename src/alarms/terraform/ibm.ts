/** Alerts of IBM Cloud Logs, and what they need, as Terraform configurations. */
import { AuditError } from '../../model/error.ts';
import { checkRegion } from '../../providers/ibm/instance.ts';
import { checkPrefix } from '../checks.ts';
import { type IbmAlertOptions, toIbmAlert } from '../ibm/alert.ts';
import { checkCloudLogsCrn, checkGuid, checkLocations } from '../ibm/requests.ts';
import type { AlarmRecipe } from '../recipe.ts';
import { byType, expression, literal, type TerraformConfiguration, type TfResource, type TfValue } from './template.ts';

/** What the configuration takes beside the recipes. */
export interface IbmTerraformOptions extends Omit<IbmAlertOptions, 'webhookId'> {
  /** The id (GUID) of the Cloud Logs instance. */
  readonly instanceId: string;
  /** The region it is in: `us-south`. */
  readonly region: string;
  /** Hands alerts to this instance of Event Notifications, in the same region; without it they are seen in Cloud Logs alone. */
  readonly eventNotificationsId?: string;
  /** Routes audit events to the instance as well: its CRN, and where events come from (everywhere by default). */
  readonly routing?: { readonly targetCrn: string; readonly locations?: readonly string[] };
}

/**
 * One or several recipes as a Terraform configuration in JSON syntax for the provider `IBM-Cloud/ibm`: alerts and, where
 * asked for, the webhook to Event Notifications and the routing of audit events.
 *
 * Source: the provider's documentation of `ibm_logs_alert_definition`, `ibm_logs_outgoing_webhook`,
 * `ibm_atracker_target`, `ibm_atracker_route`.
 *
 * @throws AuditError as `toIbmAlert`, and `invalid-argument` for an id, region or CRN that is none.
 * @example
 * ```ts
 * import { findRecipe, toIbmTerraform } from 'secret-events/alarms';
 *
 * const configuration = toIbmTerraform(findRecipe('access-denied'), {
 *   instanceId: '4e5f6071-8293-4a4b-8c5d-6e7f80910a1b',
 *   region: 'us-south',
 *   eventNotificationsId: '6b33da73-28b6-4201-bfea-b2054bb6ae8a',
 * });
 * console.log(JSON.stringify(configuration, undefined, 2)); // into alerts.tf.json
 * ```
 */
export function toIbmTerraform(
  recipes: AlarmRecipe | readonly AlarmRecipe[],
  options: IbmTerraformOptions,
): TerraformConfiguration {
  const list: readonly AlarmRecipe[] = Array.isArray(recipes) ? recipes : [recipes as AlarmRecipe];
  if (list.length === 0) throw new AuditError('invalid-argument', 'a configuration needs at least one recipe');
  const { instanceId, region, eventNotificationsId, prefix, routing } = options;
  checkGuid('instanceId', instanceId);
  checkRegion(region);
  if (prefix !== undefined) checkPrefix(prefix);
  const resources: TfResource[] = [];
  if (eventNotificationsId !== undefined) {
    checkGuid('eventNotificationsId', eventNotificationsId);
    resources.push(webhookOf(options, eventNotificationsId));
  }
  for (const recipe of list) resources.push(alertOf(recipe, options));
  if (routing) resources.push(...routingOf(routing, region, prefix ?? 'secret-events'));
  return {
    terraform: { required_providers: { ibm: { source: 'IBM-Cloud/ibm', version: '>= 1.80.0' } } },
    resource: byType(resources),
  };
}

const WEBHOOK = 'event_notifications';

function webhookOf({ instanceId, region, prefix = 'secret-events' }: IbmTerraformOptions, id: string): TfResource {
  return {
    type: 'ibm_logs_outgoing_webhook',
    name: WEBHOOK,
    arguments: {
      instance_id: instanceId,
      region,
      name: prefix,
      type: 'ibm_event_notifications',
      ibm_event_notifications: { event_notifications_instance_id: id, region_id: region },
    },
  };
}

function alertOf(recipe: AlarmRecipe, options: IbmTerraformOptions): TfResource {
  const { instanceId, region, eventNotificationsId } = options;
  const { deleted: _, notification_group, entity_labels: __, ...alert } = toIbmAlert(recipe, options);
  const { notify_on, minutes } = alert.incidents_settings;
  const integration = { integration_id: expression(`ibm_logs_outgoing_webhook.${WEBHOOK}.external_id`) };
  return {
    type: 'ibm_logs_alert_definition',
    name: recipe.name.replaceAll('-', '_'),
    arguments: {
      instance_id: instanceId,
      region,
      ...(escaped(alert) as Readonly<Record<string, TfValue>>),
      ...(eventNotificationsId !== undefined && {
        notification_group: {
          group_by_keys: [...notification_group.group_by_keys],
          webhooks: [{ notify_on, minutes, integration }],
        },
      }),
    },
  };
}

function routingOf(
  { targetCrn, locations = ['*', 'global'] }: NonNullable<IbmTerraformOptions['routing']>,
  region: string,
  prefix: string,
): readonly TfResource[] {
  checkCloudLogsCrn(targetCrn);
  checkLocations(locations);
  return [
    {
      type: 'ibm_atracker_target',
      name: 'cloud_logs',
      arguments: {
        name: `${prefix}-target`,
        target_type: 'cloud_logs',
        region,
        cloudlogs_endpoint: { target_crn: targetCrn },
      },
    },
    {
      type: 'ibm_atracker_route',
      name: 'cloud_logs',
      arguments: {
        name: `${prefix}-route`,
        rules: { target_ids: [expression('ibm_atracker_target.cloud_logs.id')], locations: [...locations] },
      },
    },
  ];
}

function escaped(value: unknown): TfValue {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value as number | boolean;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item)]));
}
