/** Events for whatever reads the Open Cybersecurity Schema Framework. */
import type { AuditEvent, Outcome } from '../../model/event.ts';
import { isoTime } from '../iso-time.ts';
import { activityCaption, activityOf } from './activity.ts';
import { awsParts } from './aws-parts.ts';
import { ibmParts } from './ibm-parts.ts';
import { observablesOf } from './observables.ts';
import type { OcsfApiActivity, OcsfEndpoint, OcsfMetadata } from './ocsf-event.ts';
import { accountOf, type Draft, type Parts } from './parts.ts';
import { dialectOf, type OcsfVersion } from './version.ts';

/** How {@link toOcsf} writes. */
export interface OcsfOptions {
  /** The version of OCSF; 1.8.0 by default. */
  readonly version?: OcsfVersion;
  /** Whether `raw_data` holds the provider's record as JSON text, without values that may be secrets; no by default. */
  readonly raw?: boolean;
}

const PROFILES = ['cloud', 'datetime'] as const;

/**
 * Writes an event as OCSF API Activity (class 6003) with the profiles `cloud` and `datetime`.
 *
 * `activity_id` comes from the neutral action, so an event that the catalog does not know is `0` Unknown, or `2` Read
 * where its record says that it only read. `status_id` is `99` with the status `Pending` for what was accepted and goes
 * on. Times are in milliseconds. What the class requires and the record does not say is `Unknown`: the actor's name, the
 * source's name. Members of the record without a place, and the event's own words (under `audit_event`), are in
 * `unmapped`; members that are null or empty are left out. For IBM Cloud no public mapping exists; docs/formats.md has
 * this one, field by field.
 *
 * Source: ocsf/ocsf-schema 1.5.0 and 1.8.0; for CloudTrail also the mapping of ocsf/examples.
 *
 * @throws AuditError `invalid-argument` for a version that is not in {@link OCSF_VERSIONS}.
 *
 * @example
 * ```ts
 * import { decodeCloudTrail } from 'secret-events/aws';
 * import { toOcsf } from 'secret-events/formats';
 *
 * const event = decodeCloudTrail({
 *   eventTime: '2026-11-20T14:30:00Z',
 *   eventSource: 'secretsmanager.amazonaws.com',
 *   eventName: 'GetSecretValue',
 * });
 * const { type_uid, status, time } = toOcsf(event, { version: '1.5.0' });
 * console.log(type_uid, status, time); // 600302 Success 1795185000000
 * ```
 */
export function toOcsf(event: AuditEvent, options: OcsfOptions = {}): OcsfApiActivity {
  const dialect = dialectOf(options.version);
  const parts = event.provider === 'aws' ? awsParts(event, dialect) : ibmParts(event, dialect);
  const activity = activityOf(event);
  const caption = activityCaption(activity);
  const { error, origin } = event;
  const [severity_id, severity] = severityOf(event);
  const [status_id, status] = STATUSES[event.outcome];
  const { left } = parts;
  left['audit_event'] = ownWords(event);

  // One literal for what every event has: properties that are added one by one cost several times as much.
  const written: Draft<OcsfApiActivity> = {
    activity_id: activity,
    // Other is no word for it; the provider's own is.
    activity_name: activity === 99 ? event.name : caption,
    category_uid: 6,
    category_name: 'Application Activity',
    class_uid: 6003,
    class_name: 'API Activity',
    type_uid: 600_300 + activity,
    type_name: `API Activity: ${caption}`,
    severity_id,
    severity,
    status_id,
    status,
    time: event.time.getTime(),
    time_dt: isoTime(event.time),
    metadata: metadataOf(event, parts, dialect.version),
    actor: parts.actor,
    api: parts.api,
    cloud: cloudOf(event),
    src_endpoint: sourceOf(event),
    unmapped: left,
  };
  if (error?.code !== undefined) written.status_code = error.code;
  if (error?.message !== undefined) written.status_detail = error.message;
  if (parts.message !== undefined) written.message = parts.message;
  const offset = offsetOf(parts.originalTime);
  if (offset !== undefined) written.timezone_offset = offset;
  if (parts.destination !== undefined) written.dst_endpoint = parts.destination;
  if (origin.agent !== undefined) written.http_request = { user_agent: origin.agent };
  if (parts.resources.length > 0) written.resources = parts.resources;
  const observables = observablesOf(event, parts);
  if (observables.length > 0) written.observables = observables;
  if (options.raw) written.raw_data = JSON.stringify(event.raw);
  return written;
}

function metadataOf(event: AuditEvent, parts: Parts, version: OcsfVersion): OcsfMetadata {
  const metadata: Draft<OcsfMetadata> = {
    version,
    product: parts.product,
    profiles: PROFILES,
    uid: event.id,
    event_code: parts.eventCode,
    log_name: event.source,
  };
  if (parts.originalTime !== undefined) metadata.original_time = parts.originalTime;
  if (parts.correlation !== undefined) metadata.correlation_uid = parts.correlation;
  return metadata;
}

type Severity = readonly [OcsfApiActivity['severity_id'], string];

const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['normal', [1, 'Informational']],
  ['low', [2, 'Low']],
  ['warning', [3, 'Medium']],
  ['high', [4, 'High']],
  ['critical', [5, 'Critical']],
]);
const INFORMATIONAL: Severity = [1, 'Informational'];
const UNSAID: Severity = [0, 'Unknown'];

/** CloudTrail gives none, and its events are informational to everybody who maps them. */
function severityOf({ provider, severity }: AuditEvent): Severity {
  if (severity === undefined) return provider === 'aws' ? INFORMATIONAL : UNSAID;
  return SEVERITIES.get(severity) ?? [99, severity];
}

const STATUSES: Readonly<Record<Outcome, readonly [OcsfApiActivity['status_id'], string]>> = {
  success: [1, 'Success'],
  failure: [2, 'Failure'],
  pending: [99, 'Pending'],
  unknown: [0, 'Unknown'],
};

const OFFSET = /([+-])(\d\d):?(\d\d)$/;

/** The minutes between UTC and the zone that a record's time names; none where it names none. */
function offsetOf(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  // What CloudTrail writes, and what IBM does.
  if (time.endsWith('Z') || time.endsWith('+0000') || time.endsWith('z')) return 0;
  // A date alone ends in what could be an offset.
  const match = time.length > 16 ? OFFSET.exec(time) : null;
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' && minutes > 0 ? -minutes : minutes;
}

function cloudOf({ provider, region, account }: AuditEvent): OcsfApiActivity['cloud'] {
  const cloud: Draft<OcsfApiActivity['cloud']> = { provider: provider === 'aws' ? 'AWS' : 'IBM Cloud' };
  if (region !== undefined) cloud.region = region;
  if (account !== undefined) cloud.account = accountOf(provider, account);
  return cloud;
}

/** OCSF requires a source that says something; where nothing is known, that is said. */
function sourceOf({ origin }: AuditEvent): OcsfEndpoint {
  const { ip, service, vpcEndpoint } = origin;
  if (ip === undefined && service === undefined && vpcEndpoint === undefined) return { name: 'Unknown' };
  const source: Draft<OcsfEndpoint> = {};
  if (ip !== undefined) source.ip = ip;
  if (vpcEndpoint !== undefined) source.uid = vpcEndpoint;
  if (service !== undefined) {
    source.svc_name = service;
    // `AWS Internal` is no domain.
    if (ip === undefined && service.includes('.')) source.domain = service;
  }
  return source;
}

/** What this package says of the event beyond the record. */
function ownWords({ action, kind, denied, readOnly, severity, derived, redacted }: AuditEvent): object {
  const words: Record<string, unknown> = { kind, denied };
  if (action !== undefined) words['action'] = action;
  if (readOnly !== undefined) words['read_only'] = readOnly;
  if (severity !== undefined) words['severity'] = severity;
  if (derived) words['derived'] = true;
  if (redacted !== undefined) words['redacted'] = redacted;
  return words;
}
