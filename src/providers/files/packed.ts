/** Payloads that travel as base64 of gzip inside JSON, as CloudWatch Logs hands them to a Lambda function. */
import { gunzipSync } from 'node:zlib';
import { isObject, type JsonObject, objectOf, textOf } from '../../model/record.ts';
import type { Problem } from '../../source/format.ts';

/** The member that makes a packed payload of any object. */
export const PACKED_MEMBER = 'awslogs';

/** The packed data of an object, if that is what it holds. @internal */
export function packedData(value: JsonObject): string | undefined {
  return textOf(objectOf(value, PACKED_MEMBER), 'data');
}

const malformed = (reason: string): Problem => ({ problem: 'malformed-record', reason });

/**
 * The object in packed data. The bound holds while it is unpacked, so that data made to fill memory does not.
 *
 * @internal
 */
export function unpack(data: string, maxBytes: number): { readonly payload: JsonObject } | Problem {
  let text: string;
  try {
    text = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: maxBytes }).toString('utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? malformed(`A packed payload is larger than ${maxBytes} bytes (maxRecordBytes).`)
      : malformed('A packed payload is no base64 of gzip.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed('A packed payload holds no JSON.');
  }
  // Nobody packs twice, and each time a little would become much.
  return isObject(value) && packedData(value) === undefined
    ? { payload: value }
    : malformed('A packed payload holds no records.');
}
