/**
 * Formats that other systems read: OCSF, the Elastic Common Schema, CloudEvents, CSV. Each mapper takes an
 * `AuditEvent` and gives plain data; where it goes is up to you. JSON Lines need no mapper: an event is JSON, and
 * `secret-events/schema.json` is its JSON Schema.
 *
 * @module
 */
export {
  type CloudEvent,
  type CloudEventData,
  type CloudEventMessage,
  type CloudEventOptions,
  toCloudEvent,
  toCloudEventMessage,
} from './cloudevents.ts';
export { CSV_COLUMNS, type CsvOptions, toCsv, toCsvRow } from './csv.ts';
export type { EcsActivityTracking, EcsCloudTrail, EcsDocument } from './ecs/ecs-document.ts';
export { type EcsOptions, toEcs } from './ecs/to-ecs.ts';
export type { OcsfActivityId } from './ocsf/activity.ts';
export type {
  OcsfAccount,
  OcsfActor,
  OcsfApi,
  OcsfApiActivity,
  OcsfEndpoint,
  OcsfEntity,
  OcsfMetadata,
  OcsfObservable,
  OcsfResource,
  OcsfSession,
  OcsfUser,
} from './ocsf/ocsf-event.ts';
export { type OcsfOptions, toOcsf } from './ocsf/to-ocsf.ts';
export { OCSF_VERSIONS, type OcsfVersion } from './ocsf/version.ts';
