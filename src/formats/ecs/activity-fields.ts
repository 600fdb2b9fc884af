/** The fields of an IBM activity tracking event, by the rules of Elastic's CloudTrail integration. */
import type { AuditEvent } from '../../model/event.ts';
import { compact, flagOf, type JsonObject, member, objectOf, textOf } from '../../model/record.ts';
import { logSourceOf } from '../record-shape.ts';
import { flattenedFields } from './cloudtrail-fields.ts';
import type { EcsActivityTracking } from './ecs-document.ts';

/** `ibm.activity_tracking`: what ECS has no field for. */
export function activityFields(event: AuditEvent, record: JsonObject): EcsActivityTracking {
  const reason = objectOf(record, 'reason');
  const initiator = objectOf(record, 'initiator');
  const target = objectOf(record, 'target');
  const code = member(reason, 'reasonCode');
  return compact<EcsActivityTracking>({
    correlation_id: textOf(record, 'correlationId'),
    log_source_crn: logSourceOf(event, record),
    severity: event.severity,
    data_event: flagOf(record, 'dataEvent'),
    outcome: textOf(record, 'outcome'),
    reason: part<NonNullable<EcsActivityTracking['reason']>>({
      code: typeof code === 'number' || (typeof code === 'string' && code !== '') ? String(code) : undefined,
      type: textOf(reason, 'reasonType'),
      message: textOf(reason, 'reasonForFailure'),
    }),
    initiator: part<NonNullable<EcsActivityTracking['initiator']>>({
      type: textOf(initiator, 'typeURI'),
      credential_type: textOf(objectOf(initiator, 'credential'), 'type'),
      authn_id: textOf(initiator, 'authnId'),
      authn_name: textOf(initiator, 'authnName'),
    }),
    target: part<NonNullable<EcsActivityTracking['target']>>({
      id: textOf(target, 'id'),
      name: textOf(target, 'name'),
      type: textOf(target, 'typeURI'),
    }),
    flattened: flattenedFields(record, FLATTENED),
  });
}

const FLATTENED = [
  ['requestData', 'request_data'],
  ['responseData', 'response_data'],
  // Of a notice.
  ['data', 'data'],
] as const;

/** The members that are there; `undefined` where none is. */
function part<T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): T | undefined {
  for (const key in fields) if (fields[key] !== undefined) return compact<T>(fields);
  return undefined;
}
