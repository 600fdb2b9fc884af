/** Makes an {@link AuditEvent} of an IBM Cloud activity tracking event. */
import type { CatalogEntry } from '../../catalog/entry.ts';
import { IBM_TABLE } from '../../catalog/ibm-table.ts';
import { contentId } from '../../model/content-id.ts';
import type { AuditEvent, SecretRef } from '../../model/event.ts';
import { isObject, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import { excerpt, malformed } from '../../source/problem.ts';
import { type Crn, parseCrn } from './crn.ts';
import { endingOf } from './ending.ts';
import { actorOf, originOf } from './initiator.ts';
import { redactEvent, redactWrapped } from './redact-event.ts';
import { secretOf } from './secret-ref.ts';
import { readVault } from './vault.ts';

/** What is known of a record beside the record: the metadata of the log in which it was found. */
export interface DecodeOptions {
  /** The log's own id (`logid` of Cloud Logs). Events bring none: their `id` is optional and not unique. */
  readonly logId?: string;
  /** When the log was made; stands in for an `eventTime` that is missing, not for one that is wrong. */
  readonly time?: Date;
}

/**
 * Decodes one activity tracking event: the CADF format of today, the older one with its extra members, and the old form
 * wrapped as `{ payload: {...event...}, logSourceCRN, saveServiceCopy, meta }`.
 *
 * Only `action` and `eventTime` are needed. Every other member may be missing or of the wrong type, which is then as if
 * it were missing; an action that the catalog does not know gives an event without {@link AuditEvent.action}. What may be
 * a secret's value is taken out of `raw`, and `redacted` says where. `outcome` is the record's word, except that a 401 or
 * 403 that is not called a success is always a failure and `denied`.
 *
 * Sources: IBM Cloud docs, `atracker` / `event` and `activity-tracker` / `event`; for names made of Vault paths
 * `secrets-manager` / `vault-dedicated-at-events`.
 *
 * @param record - The parsed event.
 * @param source - What {@link AuditEvent.source} says.
 * @throws AuditError `malformed` when the record is no object, or has no action or no usable time. The message names
 *   what is missing and holds no more of the record than a short excerpt of that one value.
 *
 * @example
 * ```ts
 * import { decodeActivityEvent } from 'secret-events/ibm';
 *
 * const event = decodeActivityEvent({
 *   action: 'secrets-manager.secret.read',
 *   eventTime: '2026-01-02T03:04:05.67+0000',
 *   outcome: 'failure',
 *   reason: { reasonCode: 403, reasonType: 'Forbidden' },
 * });
 * console.log(event.action, event.denied, event.time.toISOString()); // secret.read true 2026-01-02T03:04:05.670Z
 * ```
 */
export function decodeActivityEvent(record: unknown, source = 'decoded', options: DecodeOptions = {}): AuditEvent {
  if (!isObject(record)) throw malformed(`An activity tracking event is an object, not ${excerpt(record)}.`, source);
  const payload = member(record, 'action') === undefined ? objectOf(record, 'payload') : undefined;
  const name = textOf(payload ?? record, 'action');
  if (name === undefined) {
    throw malformed(`The record has no action: ${excerpt(member(payload ?? record, 'action'))}.`, source);
  }
  const time = timeOf(payload ?? record, options.time, source);

  const { value: raw, paths } = payload === undefined ? redactEvent(record) : redactWrapped(record, payload);
  const event = payload === undefined ? raw : (raw['payload'] as JsonObject);
  const targetCrn = crnOf(textOf(objectOf(event, 'target'), 'id'));
  const sourceCrn = crnOf(textOf(raw, 'logSourceCRN') ?? textOf(event, 'logSourceCRN'));
  const found = IBM_TABLE.find(name);
  const known = found?.kind === 'api' ? found : undefined;
  const vault = readVault(event, name, known !== undefined);
  const entry = vault === undefined ? known : undefined;
  const ending = endingOf(event);
  const initiator = objectOf(event, 'initiator');

  const action = vault === undefined ? entry?.action : vault.action;
  const readOnly = vault === undefined ? entry?.readOnly : vault.readOnly;
  const severity = severityOf(event);
  const secret = vault === undefined ? standardSecret(event, name, targetCrn, entry) : vaultSecret(vault.secret);
  const account = sourceCrn?.account ?? targetCrn?.account ?? metaAccount(raw) ?? metaAccount(event);
  const region = sourceCrn?.region ?? targetCrn?.region;

  // Member by member: ten conditional spreads would cost more than all the rest.
  const decoded: { -readonly [K in keyof AuditEvent]: AuditEvent[K] } = {
    provider: 'ibm',
    id: options.logId || contentId(raw),
    service: serviceOf(name),
    name,
    kind: 'api',
    time,
    outcome: ending.outcome,
    denied: ending.denied,
    actor: actorOf(initiator),
    origin: originOf(initiator),
    source,
    raw,
  };
  if (action !== undefined) decoded.action = action;
  if (ending.error !== undefined) decoded.error = ending.error;
  if (readOnly !== undefined) decoded.readOnly = readOnly;
  if (severity !== undefined) decoded.severity = severity;
  if (secret !== undefined) decoded.secret = secret;
  if (account !== undefined) decoded.account = account;
  if (region !== undefined) decoded.region = region;
  if (paths.length > 0) decoded.redacted = paths;
  return decoded;
}

function timeOf(event: JsonObject, fallback: Date | undefined, source: string): Date {
  const stated = member(event, 'eventTime');
  const time = parseTime(stated);
  if (time !== undefined) return time;
  const missing = stated === undefined || stated === null || stated === '';
  if (missing && fallback !== undefined) return fallback;
  throw malformed(missing ? 'The event has no eventTime.' : `The eventTime is no time: ${excerpt(stated)}.`, source);
}

function crnOf(text: string | undefined): Crn | undefined {
  return text === undefined ? undefined : parseCrn(text);
}

/** The first word of the action: `secrets-manager`, and `is` of VPC's two-part `is.snapshot`. */
function serviceOf(name: string): string {
  const dot = name.indexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function standardSecret(
  event: JsonObject,
  name: string,
  crn: Crn | undefined,
  entry: CatalogEntry | undefined,
): SecretRef | undefined {
  return name.startsWith('secrets-manager.') ? secretOf(event, crn, entry) : undefined;
}

// The full path, since the mount is the only thing that tells equal paths apart.
function vaultSecret(path: string | undefined): SecretRef | undefined {
  return path === undefined ? undefined : { id: path, name: path };
}

function severityOf(event: JsonObject): string | undefined {
  const text = textOf(event, 'severity');
  if (text === undefined || text === 'normal' || text === 'warning' || text === 'critical') return text;
  const word = text.toLowerCase();
  return word === 'normal' || word === 'warning' || word === 'critical' ? word : text;
}

/** The older format's `meta.userAccountIds`. */
function metaAccount(record: JsonObject): string | undefined {
  const account = listOf(objectOf(record, 'meta'), 'userAccountIds')[0];
  return typeof account === 'string' && account !== '' ? account : undefined;
}
