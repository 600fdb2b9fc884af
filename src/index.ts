/**
 * Audit events of secrets, from every cloud in one shape: read them, filter them, and learn what could not be seen.
 *
 * @module
 */
export type { Action, CatalogEntry, EntryKind, Provider } from './catalog/entry.ts';
export type { AnyEventName, EventName } from './catalog/lookup.ts';
export type { ConditionOf, Filter, FlagCondition, TextCondition, TimeCondition } from './filter/filter.ts';
export { matches } from './filter/match.ts';
export { parseFilter } from './filter/parse.ts';
export { relatedTo } from './filter/related.ts';
export { AuditError, type AuditErrorOptions, ERROR_CODES, type ErrorCode } from './model/error.ts';
export type { Actor, AuditEvent, EventKind, Origin, Outcome, SecretRef } from './model/event.ts';
export { FIELD_NAMES, type FieldName, type FieldTypes } from './model/field.ts';
export type { TimeInput } from './model/time.ts';
export { events } from './reader/events.ts';
export { explain } from './reader/explain.ts';
export type { FollowOptions } from './reader/follow.ts';
export type { NoticeSummary, Report, SourceReport } from './reader/report.ts';
export type { EventsRequest, Sources } from './reader/request.ts';
export { EventStream } from './reader/stream.ts';
export { type Checkpoint, type KeyedStore, storeCheckpoint } from './source/checkpoint.ts';
export type { Clock } from './source/clock.ts';
export type { Cursor, Position } from './source/cursor.ts';
export { mergedSource } from './source/merged-source.ts';
export type { Signals } from './source/signals.ts';
export type {
  AuditSource,
  Counter,
  Notice,
  NoticeCode,
  Order,
  Scope,
  SourcePlan,
  SourceRequest,
  SourceSink,
} from './source/source.ts';
