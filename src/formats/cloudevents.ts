/** Events as CloudEvents 1.0, for whatever routes events by their type. */
import type { AuditEvent } from '../model/event.ts';
import { isoTime } from './iso-time.ts';
import { activityOfIbm, logSourceOf } from './record-shape.ts';

/** What a {@link CloudEvent} carries: the event, its time as ISO 8601 text, with its record only if asked for. */
export type CloudEventData = Omit<AuditEvent, 'time' | 'raw'> & { readonly time: string; readonly raw?: unknown };

/**
 * An event in the structured form: the JSON that goes into a body of the type `application/cloudevents+json`.
 *
 * Source: CloudEvents 1.0.2, and its JSON format.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The secret. */
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: CloudEventData;
}

/** An event in the binary form: attributes as headers, the data as the body. */
export interface CloudEventMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How {@link toCloudEvent} writes. */
export interface CloudEventOptions {
  /** Whether the data has the provider's record, without values that may be secrets; no by default. */
  readonly raw?: boolean;
}

/**
 * Writes an event as a CloudEvent 1.0 in the structured form.
 *
 * The type is the provider's name for it, reversed: `com.amazonaws.secretsmanager.GetSecretValue`,
 * `com.ibm.cloud.secrets-manager.secret.read`; notices of IBM have such a type already, and keep it. The source is
 * `//secretsmanager.amazonaws.com/ACCOUNT/REGION`, or the CRN of the IBM instance. `source` and `id` together are unique
 * as far as the provider makes them so. What CloudEvents does not allow in an attribute (control characters, lone
 * surrogates) stands there percent-encoded; the data has it as it was.
 *
 * Source: CloudEvents 1.0.2. No mapping of either cloud's audit records is published.
 *
 * @example
 * ```ts
 * import { decodeCloudTrail } from 'secret-events/aws';
 * import { toCloudEvent } from 'secret-events/formats';
 *
 * const event = decodeCloudTrail({
 *   eventTime: '2026-11-20T14:30:00Z',
 *   eventSource: 'secretsmanager.amazonaws.com',
 *   eventName: 'GetSecretValue',
 *   requestParameters: { secretId: 'prod/db' },
 * });
 * const { type, subject } = toCloudEvent(event);
 * console.log(type, subject); // com.amazonaws.secretsmanager.GetSecretValue prod/db
 * ```
 */
export function toCloudEvent(event: AuditEvent, options: CloudEventOptions = {}): CloudEvent {
  const time = isoTime(event.time);
  const { raw, ...rest } = event;
  const data: CloudEventData = options.raw ? { ...rest, time, raw } : { ...rest, time };
  const id = allowed(event.id);
  const source = sourceOf(event);
  const type = typeOf(event);
  const subject = event.secret?.id;
  if (subject === undefined) {
    return { specversion: '1.0', id, source, type, time, datacontenttype: 'application/json', data };
  }
  const about = allowed(subject);
  return { specversion: '1.0', id, source, type, subject: about, time, datacontenttype: 'application/json', data };
}

/**
 * Writes an event as a CloudEvent 1.0 in the binary form: the attributes as `ce-` headers, percent-encoded where HTTP
 * needs it, and the data as a JSON body.
 *
 * Source: CloudEvents 1.0.2, HTTP protocol binding.
 *
 * @example
 * ```ts
 * import type { AuditEvent } from 'secret-events';
 * import { toCloudEventMessage } from 'secret-events/formats';
 *
 * async function send(event: AuditEvent, url: string): Promise<void> {
 *   const { headers, body } = toCloudEventMessage(event);
 *   const { ok, status } = await fetch(url, { method: 'POST', headers: { ...headers }, body });
 *   if (!ok) throw new Error(`the receiver said ${status}`);
 * }
 * ```
 */
export function toCloudEventMessage(event: AuditEvent, options: CloudEventOptions = {}): CloudEventMessage {
  const { data, datacontenttype, ...attributes } = toCloudEvent(event, options);
  const headers: Record<string, string> = { 'content-type': datacontenttype };
  for (const [name, value] of Object.entries(attributes)) headers[`ce-${name}`] = headerValue(value);
  return { headers, body: JSON.stringify(data) };
}

function typeOf({ provider, service, name }: AuditEvent): string {
  if (provider === 'ibm') return allowed(name.startsWith('com.ibm.cloud.') ? name : `com.ibm.cloud.${name}`);
  // `Secret Label Updated` is a title; types are read by programs.
  return allowed(`${reversed(service)}.${name.replaceAll(' ', '')}`);
}

const hosts = new Map<string, string>();

/** `com.amazonaws.secretsmanager` of `secretsmanager.amazonaws.com`. */
function reversed(host: string): string {
  const known = hosts.get(host);
  if (known !== undefined) return known;
  const name = host.split('.').reverse().join('.');
  // Services come from records, so the cache must not grow with them.
  if (hosts.size < 500 && host.length < 100) hosts.set(host, name);
  return name;
}

/** A URI reference. */
function sourceOf(event: AuditEvent): string {
  const { provider, service, account, region } = event;
  if (provider === 'ibm') {
    const crn = logSourceOf(event, activityOfIbm(event));
    if (crn !== undefined) return inUri(crn);
  }
  let source = `//${inSegment(service)}`;
  if (account !== undefined || region !== undefined) source += `/${inSegment(account ?? '')}`;
  if (region !== undefined) source += `/${inSegment(region)}`;
  return source;
}

/** Controls, lone surrogates and noncharacters, which no attribute may hold. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const PLAIN = /^[ -~]*$/;
const PLAIN_URI = /^[\w.~:/@!$&'()*+,;=-]*$/;
const PLAIN_SEGMENT = /^[\w.~-]*$/;
/** What HTTP carries as it is: printable ASCII without blank, quotation mark and percent sign. */
const PLAIN_HEADER = /^[!#$&-~]*$/;

function allowed(text: string): string {
  return PLAIN.test(text) ? text : text.replace(FORBIDDEN, percent);
}

function inUri(text: string): string {
  return PLAIN_URI.test(text) ? text : text.replace(/[^\w.~:/@!$&'()*+,;=-]/gu, percent);
}

function inSegment(text: string): string {
  return PLAIN_SEGMENT.test(text) ? text : text.replace(/[^\w.~-]/gu, percent);
}

function headerValue(text: string): string {
  return PLAIN_HEADER.test(text) ? text : text.replace(/[^!#$&-~]/gu, percent);
}

const encoder = new TextEncoder();

/** The bytes of a character as `%0A`; a lone surrogate is U+FFFD, as in every encoding of text. */
function percent(character: string): string {
  let encoded = '';
  for (const byte of encoder.encode(character)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return encoded;
}
