/** Notices of Secrets Manager, as Event Notifications sends them on. */
import type { IbmNotificationSubtype, IbmNotificationType } from '../../catalog/ibm-notifications.ts';
import { IBM_TABLE } from '../../catalog/ibm-table.ts';
import { contentId } from '../../model/content-id.ts';
import type { Actor, AuditEvent, Origin, SecretRef } from '../../model/event.ts';
import { isObject, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { redact } from '../../model/redact.ts';
import { parseTime } from '../../model/time.ts';
import { excerpt, malformed } from '../../source/problem.ts';
import { type Crn, parseCrn } from './crn.ts';

const TYPE_PREFIX = 'com.ibm.cloud.secrets-manager.';
const SERVICE_NAME = 'SecretsManager';

/** The last part of a type: `secret_created`. */
export type NotificationShortName<Type extends IbmNotificationType> =
  Type extends `com.ibm.cloud.secrets-manager.${infer Short}` ? Short : never;

/** One secret of a {@link SecretsManagerNotification}, or one task on a secret. */
export interface NotificationItem {
  readonly event_time?: string;
  /** `SecretsManager`, or the IBM id of a person. */
  readonly event_triggered_by?: string;
  readonly secret_group_id?: string;
  /** A CRN in IBM's example, a plain id in its sample of a test event. */
  readonly secret_id?: string;
  readonly secret_name?: string;
  readonly secret_expiration?: string;
  /** Certificates only. */
  readonly domains?: string;
  /** Certificates only. */
  readonly serial_number?: string;
  readonly failure_reason?: string;
  /** Tasks only, as are the three members below. */
  readonly task_id?: string;
  readonly secret_status?: string;
  readonly task_trigger?: string;
  readonly task_type?: string;
}

/**
 * A notice as it arrives: a CloudEvent 1.0.
 *
 * Source: IBM Cloud docs, `secrets-manager` / `event-notifications` and `event-notifications` / `en-spec-payload`.
 */
export interface SecretsManagerNotification {
  readonly id?: string;
  /** The CRN of the instance. */
  readonly source?: string;
  readonly specversion?: '1.0';
  /** The general format allows `<type>:<subtype>`; whether Secrets Manager uses it is unverified. Both are read. */
  readonly type?: IbmNotificationType | `${IbmNotificationType}:${IbmNotificationSubtype}`;
  readonly time?: string;
  readonly data: {
    /** The last part of the type: `secret_created`. */
    readonly event_type?: NotificationShortName<IbmNotificationType>;
    readonly event_sub_type?: IbmNotificationSubtype;
    readonly secret_type?: string;
    /** At most 100. */
    readonly secrets?: readonly NotificationItem[];
    readonly tasks?: readonly NotificationItem[];
    readonly source_instance_crn?: string;
    readonly source_service?: string;
  };
}

/** The full name of a notice; `undefined` for everything that is none. */
export function notificationName(value: JsonObject): string | undefined {
  const type = textOf(value, 'type');
  if (type !== undefined) return type.startsWith(TYPE_PREFIX) ? type.split(':', 1)[0] : undefined;
  // A webhook may get the CloudEvent's attributes as HTTP headers and the data alone as the body.
  const data = objectOf(value, 'data');
  if (textOf(data, 'source_service') !== SERVICE_NAME) return undefined;
  const short = textOf(data, 'event_type');
  return short === undefined ? undefined : TYPE_PREFIX + short;
}

/**
 * Decodes a notice of Secrets Manager, one event for each secret or task in it: all 20 types
 * (`com.ibm.cloud.secrets-manager.secret_created`...), and types of tomorrow without an action. Events have kind
 * `notification`; `raw` is the notice with the one secret or task that the event is about. A notice without any, as
 * others may send it, is one event.
 *
 * Shape: {@link SecretsManagerNotification}. `outcome` is what the type says, `severity` what the notice itself says.
 *
 * Source: IBM Cloud docs, `secrets-manager` / `event-notifications`.
 *
 * @param cloudEvent - The parsed CloudEvent.
 * @param source - What {@link AuditEvent.source} says.
 * @throws AuditError `malformed` when it is no such notice, or when neither an item nor the notice has a usable time.
 *
 * @example
 * ```ts
 * import { decodeEventNotification } from 'secret-events/ibm';
 *
 * const [event] = decodeEventNotification({
 *   id: '5c8f',
 *   type: 'com.ibm.cloud.secrets-manager.secret_rotation_failed',
 *   data: { secrets: [{ secret_id: '9d3a', secret_name: 'db', event_time: '2026-01-02T03:04:05Z' }] },
 * });
 * console.log(event?.action, event?.outcome, event?.secret?.name); // rotation.fail failure db
 * ```
 */
export function decodeEventNotification(cloudEvent: unknown, source = 'decoded'): readonly AuditEvent[] {
  if (!isObject(cloudEvent)) throw malformed(`A notice is an object, not ${excerpt(cloudEvent)}.`, source);
  const name = notificationName(cloudEvent);
  if (name === undefined) {
    throw malformed(`This is no notice of Secrets Manager: type is ${excerpt(member(cloudEvent, 'type'))}.`, source);
  }
  const parts = partsOf(cloudEvent);
  return parts.map((part, index) => decodePart(part, name, parts.length > 1 ? `#${index}` : '', source));
}

/** One notice for each secret or task in it. */
function partsOf(cloudEvent: JsonObject): readonly JsonObject[] {
  const data = objectOf(cloudEvent, 'data');
  const of = (key: string) => listOf(data, key).filter(isObject);
  const secrets = of('secrets');
  const tasks = of('tasks');
  if (data === undefined || secrets.length + tasks.length <= 1) return [cloudEvent];
  const { secrets: _secrets, tasks: _tasks, ...rest } = data;
  return [
    ...secrets.map((secret) => ({ ...cloudEvent, data: { ...rest, secrets: [secret] } })),
    ...tasks.map((task) => ({ ...cloudEvent, data: { ...rest, tasks: [task] } })),
  ];
}

function decodePart(part: JsonObject, name: string, suffix: string, source: string): AuditEvent {
  const { value: raw, paths } = redact(part);
  const data = objectOf(raw, 'data');
  const item = [...listOf(data, 'secrets'), ...listOf(data, 'tasks')].find(isObject);
  const time = parseTime(member(item, 'event_time')) ?? parseTime(member(raw, 'time'));
  if (time === undefined) {
    throw malformed(`The notice has no usable event_time: ${excerpt(member(item, 'event_time'))}.`, source);
  }
  const found = IBM_TABLE.find(name);
  const entry = found?.kind === 'notification' ? found : undefined;
  const outcome = entry?.outcome ?? 'unknown';
  const reason = textOf(item, 'failure_reason');
  const severity = textOf(raw, 'ibmenseverity')?.toLowerCase();
  const id = textOf(raw, 'id');
  const secret = secretOf(item);
  const crn = instanceOf(raw, data);
  const trigger = textOf(item, 'event_triggered_by');
  return {
    provider: 'ibm',
    id: id === undefined ? contentId(raw) : id + suffix,
    service: 'secrets-manager',
    name,
    ...(entry !== undefined && { action: entry.action }),
    kind: 'notification',
    time,
    outcome,
    denied: false,
    ...(outcome === 'failure' && reason !== undefined && { error: { message: reason } }),
    ...(entry?.readOnly !== undefined && { readOnly: entry.readOnly }),
    ...(severity !== undefined && { severity }),
    actor: actorOf(trigger),
    ...(secret !== undefined && { secret }),
    origin: originOf(trigger),
    ...(crn?.account !== undefined && { account: crn.account }),
    ...(crn?.region !== undefined && { region: crn.region }),
    source,
    ...(paths.length > 0 && { redacted: paths }),
    raw,
  };
}

function secretOf(item: JsonObject | undefined): SecretRef | undefined {
  const name = textOf(item, 'secret_name');
  const id = textOf(item, 'secret_id') ?? name;
  if (id === undefined) return undefined;
  const group = textOf(item, 'secret_group_id');
  const version = textOf(item, 'secret_version_id');
  return {
    id,
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(group !== undefined && { group }),
  };
}

function instanceOf(raw: JsonObject, data: JsonObject | undefined): Crn | undefined {
  const text = textOf(data, 'source_instance_crn') ?? textOf(raw, 'source');
  return text === undefined ? undefined : parseCrn(text);
}

function actorOf(trigger: string | undefined): Actor {
  return trigger === undefined || trigger === SERVICE_NAME ? {} : { id: trigger };
}

function originOf(trigger: string | undefined): Origin {
  return trigger === SERVICE_NAME ? { service: SERVICE_NAME } : {};
}
