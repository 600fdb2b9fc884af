/**
 * The containers in which activity tracking events travel, recognised by their shape alone: a file of any origin says
 * nothing else about itself.
 */

import { objectAt } from '../../model/json-text.ts';
import { isObject, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import { excerpt } from '../../source/problem.ts';
import type { DecodeOptions } from './decode.ts';
import { warningsIn } from './warnings.ts';

/** An event as it was found, and what its container says about it. */
export interface Found {
  readonly record: JsonObject;
  readonly options: DecodeOptions;
}

// Any of these beside a dotted action makes a record an event, if perhaps a broken one.
const EVENT_MEMBERS = ['eventTime', 'outcome', 'initiator', 'logSourceCRN', 'target', 'reason', 'observer'] as const;

/** Whether a record is meant to be an activity tracking event, in the plain or in the old wrapped form. */
export function isActivityEvent(record: JsonObject): boolean {
  const event = member(record, 'action') === undefined ? objectOf(record, 'payload') : record;
  const action = textOf(event, 'action');
  if (event === undefined || action === undefined || !action.includes('.')) return false;
  return EVENT_MEMBERS.some((key) => member(event, key) !== undefined);
}

/** An event, whether it stands there as an object or as JSON text. */
function eventAt(record: JsonObject, key: string): JsonObject | undefined {
  const value = member(record, key);
  if (typeof value === 'string' && !value.includes('"action"')) return undefined;
  const event = objectAt(record, key);
  return event !== undefined && isActivityEvent(event) ? event : undefined;
}

/**
 * An exported line of Activity Tracker with LogDNA: the event as escaped text in `_line`, alone, beside its own fields,
 * or in `_source`. The text is the original, so that one event has one id wherever it is read.
 *
 * Source: IBM QRadar docs, sample event messages of IBM Cloud Activity Tracker.
 */
export function exportedLine(value: JsonObject): JsonObject | undefined {
  const line = objectOf(value, '_source') ?? value;
  const original = eventAt(line, '_line');
  if (original !== undefined) return original;
  return line !== value && isActivityEvent(line) ? line : undefined;
}

/** Whether it is a line of that export at all, whatever application wrote it. */
export function isExportedLine(value: JsonObject): boolean {
  const line = objectOf(value, '_source') ?? value;
  if (typeof member(line, '_line') !== 'string') return false;
  return ['_host', '_app', '_logtype', '_file', '_account'].some((key) => member(line, key) !== undefined);
}

/**
 * A record of Event Streams, as consumers write one down: the event under `value` or, by kcat, `payload`.
 *
 * Source: IBM Cloud docs, `atracker` / `es_headers`: one event for each record. The members around it are the Kafka
 * client's.
 */
export function streamRecord(value: JsonObject): JsonObject | undefined {
  const event = eventAt(value, 'value');
  if (event !== undefined) return event;
  if (typeof member(value, 'payload') !== 'string') return undefined;
  const payload = eventAt(value, 'payload');
  // The old wrapping with its event as text: what stands around it belongs to the event.
  return payload !== undefined && member(value, 'logSourceCRN') !== undefined ? { ...value, payload } : payload;
}

/** Whether it is a row of a Cloud Logs answer, or of its archive files turned into JSON. */
export function isRow(value: JsonObject): boolean {
  if (member(value, 'src_obj__user_data') !== undefined) return true;
  return (
    member(value, 'user_data') !== undefined &&
    (typeof member(value, 'metadata') === 'object' || typeof member(value, 'labels') === 'object')
  );
}

/**
 * The event of a row, or a few words on why it has none.
 *
 * Sources: IBM/logs-go-sdk; IBM Cloud docs, `cloud-logs` / `query-archive-data-bucket` for the columns of the archive.
 * That a row of the query API carries `logid` is unverified; the archive's do.
 */
export function eventOfRow(row: JsonObject): Found | string {
  const archived = member(row, 'user_data') === undefined;
  const record = objectAt(row, archived ? 'src_obj__user_data' : 'user_data');
  if (record === undefined) return 'The user_data of a Cloud Logs row is no JSON object.';
  const application = attribute(row, archived ? 'src_obj__event_labels' : 'labels', 'applicationname');
  // Written with and without the s; what the label calls an audit event is one, even if it is broken.
  const labelled = application === 'ibm-audit-event' || application === 'ibm-audit-events';
  if (!labelled && !isActivityEvent(record)) return 'A Cloud Logs row of another application.';
  const metadata = columnOf(row);
  const options: { logId?: string; time?: Date } = {};
  const logId = attribute(row, metadata, 'logid');
  if (logId !== undefined) options.logId = logId;
  // Only an event without a time of its own needs it.
  const time = textOf(record, 'eventTime') === undefined ? timeOfRow(row) : undefined;
  if (time !== undefined) options.time = time;
  return { record, options };
}

/** When a row came into the log; what it says without a zone is UTC. */
export function timeOfRow(row: JsonObject): Date | undefined {
  return parseTime(attribute(row, columnOf(row), 'timestamp'));
}

function columnOf(row: JsonObject): string {
  return member(row, 'user_data') === undefined ? 'src_obj__event_metadata' : 'metadata';
}

/** A value of `metadata` or `labels`: a list of `{ key, value }` in an answer, an object or its text in the archive. */
function attribute(row: JsonObject, column: string, name: string): string | undefined {
  for (const pair of listOf(row, column)) {
    if (member(pair, 'key') === name) return textOf(pair, 'value');
  }
  return textOf(objectAt(row, column), name);
}

/**
 * The rows or lines of an answer: `{ result: { results } }` of a query, `{ response: { results: { results } } }` of a
 * background query, `{ results }`, and `{ lines }` of the LogDNA export's second version (that name is unverified).
 */
export function listIn(value: JsonObject): readonly unknown[] | undefined {
  const answer = objectOf(value, 'result') ?? objectOf(value, 'response') ?? value;
  const nested = objectOf(answer, 'results') ?? answer;
  const rows = member(nested, 'results');
  // `results` is anybody's word: it is Cloud Logs' where a row of its kind is, or where there is nothing else.
  if (Array.isArray(rows) && (rows.some(isRowLike) || (rows.length === 0 && isLone(value, answer)))) return rows;
  const lines = member(value, 'lines');
  if (Array.isArray(lines) && isObject(lines[0]) && isLine(lines[0])) return lines;
  return Object.values(value).find(isListOfEvents);
}

/** What a routed object looks like inside is not documented; a list of events is one under any name. */
function isListOfEvents(list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && isObject(list[0]) && isActivityEvent(list[0]);
}

function isLone(value: JsonObject, answer: JsonObject): boolean {
  return answer !== value && Object.keys(value).length === 1;
}

function isRowLike(row: unknown): boolean {
  return isObject(row) && isRow(row);
}

function isLine(line: JsonObject): boolean {
  return isExportedLine(line) || exportedLine(line) !== undefined || isActivityEvent(line);
}

/**
 * Whether a value is a message of a Cloud Logs answer beside its results (a query's id, a warning, an error), and what it
 * says that makes the answer less than whole.
 */
export function controlMessage(value: JsonObject): readonly string[] | undefined {
  const keys = Object.keys(value);
  const errors = member(value, 'errors');
  if (Array.isArray(errors) && (keys.includes('trace') || keys.includes('status_code'))) {
    return [failed(codeOf(errors[0]))];
  }
  if (keys.length !== 1) return undefined;
  if (isObject(objectOf(value, 'query_id')) && textOf(value['query_id'], 'query_id') !== undefined) return [];
  const warning = objectOf(value, 'warning');
  if (warning !== undefined) return warned(warning);
  const error = objectOf(value, 'error');
  return error !== undefined && (member(error, 'code') !== undefined || member(error, 'message') !== undefined)
    ? [failed(codeOf(error))]
    : undefined;
}

const failed = (code: string) => `Cloud Logs answered with an error: ${excerpt(code)}.`;

function warned(warning: JsonObject): readonly string[] {
  return warningsIn(warning)
    .filter(({ meaning }) => meaning !== 'harmless')
    .map(({ name }) => `Cloud Logs says that this answer is not the whole: ${name}.`);
}

/** `{ code: { rate_limit_reached: {} } }` inside a stream, `{ code: 'resource_exhausted' }` elsewhere. */
function codeOf(error: unknown): string {
  const code = member(error, 'code');
  if (typeof code === 'string') return code;
  return (isObject(code) ? Object.keys(code)[0] : undefined) ?? 'unknown';
}
