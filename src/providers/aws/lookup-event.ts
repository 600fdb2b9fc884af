/** What CloudTrail's LookupEvents answers with. */

import { parseObject } from '../../model/json-text.ts';
import { isObject, type JsonObject, member } from '../../model/record.ts';
import type { Reading } from '../../source/format.ts';
import { malformedRecord } from '../../source/problem.ts';
import { readCloudTrail } from './decode.ts';

/**
 * The event in one element of `Events`. Only the record in `CloudTrailEvent`, JSON as text, is read: the fields around
 * it repeat a part of it (`ReadOnly` as text, `EventTime` in epoch seconds).
 *
 * Source: CloudTrail API Reference, `API_Event`.
 */
export function readLookupEvent(event: JsonObject, source: string): Reading {
  const text = member(event, 'CloudTrailEvent');
  const record = typeof text === 'string' ? parseObject(text) : text;
  if (isObject(record)) return readCloudTrail(record, source);
  const state = text === undefined ? 'without CloudTrailEvent' : 'whose CloudTrailEvent is no JSON object';
  return malformedRecord(`A LookupEvents event ${state}.`);
}
