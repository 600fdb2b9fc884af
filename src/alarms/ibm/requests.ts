/** What IBM Cloud has to be told for an alert to reach anybody, as requests to its APIs. */
import { AuditError } from '../../model/error.ts';
import { checkRegion, isRegion } from '../../providers/ibm/instance.ts';
import { checkPrefix, shown } from '../checks.ts';
import type { AlarmRecipe } from '../recipe.ts';
import { type IbmAlertDefinition, type IbmAlertOptions, toIbmAlert } from './alert.ts';

/** One request; any HTTP client can send it, with an IAM token. */
export interface IbmRequest {
  /** What it is for, and what the next one needs of its answer. */
  readonly purpose: string;
  readonly method: 'POST';
  /** Behind the address of the service. */
  readonly path: string;
  /** Which service: its address in the region. */
  readonly service: string;
  readonly body: object;
}

/** Where Event Notifications are. */
export interface IbmWebhookOptions {
  /** The id (GUID) of an Event Notifications instance. */
  readonly instanceId: string;
  /** The region it is in: `us-south`. */
  readonly region: string;
  readonly name?: string;
}

/** Where audit events are to go. */
export interface IbmRoutingOptions {
  /** The CRN of the Cloud Logs instance. */
  readonly targetCrn: string;
  /** The region of that instance. */
  readonly region: string;
  /** Where events come from; `*` is everywhere, `global` what belongs to no region. Everywhere by default. */
  readonly locations?: readonly string[];
  /** In front of the names of target and route. */
  readonly prefix?: string;
  /** The id of a target that exists; without it the route's body says where the answer of the first request goes. */
  readonly targetId?: string;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const refuse = (message: string) => new AuditError('invalid-argument', message);

/** @internal */
export function checkGuid(option: string, id: unknown): void {
  if (typeof id === 'string' && GUID.test(id)) return;
  throw refuse(
    `${option}: ${shown(id)} is no id of an instance; write the GUID that stands in its CRN behind the account`,
  );
}

/** @internal */
export function checkCloudLogsCrn(crn: unknown): void {
  if (typeof crn === 'string' && /^crn:v1:[\w-]+:[\w-]+:logs:[a-z\d-]+:a\/[\da-f]{1,64}:[\da-f-]{36}::$/.test(crn))
    return;
  throw refuse(
    `targetCrn: ${shown(crn)} is no CRN of a Cloud Logs instance; write it like crn:v1:bluemix:public:logs:us-south:a/ACCOUNT:GUID::`,
  );
}

/**
 * The webhook that hands alerts of Cloud Logs to Event Notifications, which sends them on as e-mail, text message or to
 * a program. Its answer has an `external_id`: the `webhookId` of alerts. Cloud Logs needs an authorization of IAM from
 * service to service for it.
 *
 * Source: IBM Cloud API docs, `logs-service-api`, outgoing webhooks.
 *
 * @throws AuditError `invalid-argument` for an instance or region that is none.
 * @example
 * ```ts
 * import { toIbmWebhook } from 'secret-events/alarms';
 *
 * console.log(toIbmWebhook({ instanceId: '6b33da73-28b6-4201-bfea-b2054bb6ae8a', region: 'us-south' }).body);
 * ```
 */
export function toIbmWebhook({ instanceId, region, name = 'secret-events' }: IbmWebhookOptions): IbmRequest {
  checkGuid('instanceId', instanceId);
  checkRegion(region);
  checkPrefix(name);
  return {
    purpose: 'hands alerts to Event Notifications; external_id of the answer is the webhook id of alerts',
    method: 'POST',
    path: '/v1/outgoing_webhooks',
    service: CLOUD_LOGS,
    body: {
      type: 'ibm_event_notifications',
      name,
      ibm_event_notifications: {
        event_notifications_instance_id: instanceId,
        region_id: region,
        endpoint_type: 'default_or_public',
      },
    },
  };
}

const CLOUD_LOGS = 'https://INSTANCE-ID.api.REGION.logs.cloud.ibm.com';

/**
 * The request that makes an alert.
 *
 * @throws AuditError as `toIbmAlert`.
 * @example
 * ```ts
 * import { findRecipe, toIbmAlertRequest } from 'secret-events/alarms';
 *
 * const { path, body } = toIbmAlertRequest(findRecipe('secret-deleted'));
 * console.log(path, body);
 * ```
 */
export function toIbmAlertRequest(
  recipe: AlarmRecipe,
  options: IbmAlertOptions = {},
): IbmRequest & { readonly body: IbmAlertDefinition } {
  const body = toIbmAlert(recipe, options);
  return {
    purpose: `alerts: ${recipe.title}`,
    method: 'POST',
    path: '/v1/alert_definitions',
    service: CLOUD_LOGS,
    body,
  };
}

/**
 * The target and the route of Activity Tracker Event Routing that bring audit events to an instance of Cloud Logs.
 * Without them IBM Cloud keeps none.
 *
 * Source: IBM Cloud API docs, `atracker`, version 2; IBM Cloud docs, `atracker` / `getting-started-target-cloud-logs`.
 *
 * @throws AuditError `invalid-argument` for a CRN, region, location or target id that is none.
 * @example
 * ```ts
 * import { toIbmRouting } from 'secret-events/alarms';
 *
 * const targetCrn = 'crn:v1:bluemix:public:logs:us-south:a/0a1b2c3d:4e5f6071-8293-4a4b-8c5d-6e7f80910a1b::';
 * for (const { path, body } of toIbmRouting({ targetCrn, region: 'us-south' })) console.log(path, body);
 * ```
 */
export function toIbmRouting(options: IbmRoutingOptions): readonly [target: IbmRequest, route: IbmRequest] {
  const { targetCrn, region, locations = ['*', 'global'], prefix = 'secret-events', targetId } = options;
  checkCloudLogsCrn(targetCrn);
  checkRegion(region);
  checkPrefix(prefix);
  checkLocations(locations);
  if (targetId !== undefined) checkGuid('targetId', targetId);
  const request = { method: 'POST', service: 'https://REGION.atracker.cloud.ibm.com' } as const;
  return [
    {
      ...request,
      purpose: 'names Cloud Logs as a target; id of the answer goes into the route',
      path: '/api/v2/targets',
      body: {
        name: `${prefix}-target`,
        target_type: 'cloud_logs',
        region,
        cloudlogs_endpoint: { target_crn: targetCrn },
      },
    },
    {
      ...request,
      purpose: 'sends audit events of these locations to the target',
      path: '/api/v2/routes',
      body: {
        name: `${prefix}-route`,
        rules: [{ targets: [{ id: targetId ?? 'ID-OF-THE-TARGET' }], locations: [...locations] }],
      },
    },
  ];
}

/** @internal */
export function checkLocations(locations: readonly string[]): void {
  if (locations.length === 0) throw refuse('locations: name at least one, or leave it out for all of them');
  for (const location of locations) {
    if (location === '*' || location === 'global' || isRegion(location)) continue;
    throw refuse(`locations: ${shown(location)} is no location; write it like us-south, or * or global`);
  }
}
