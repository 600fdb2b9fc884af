/** CloudWatch Logs subscriptions: what a Lambda function gets. */
import { AuditError } from '../../model/error.ts';
import { parseObject } from '../../model/json-text.ts';
import { isObject, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import type { Problem, Reading } from '../../source/format.ts';
import { excerpt, malformed, malformedRecord, notARecord } from '../../source/problem.ts';
import { readLogEvent } from './log-event.ts';
import { isPackedLogsShape, isSubscriptionShape } from './shape.ts';

// Asked for and not imported: a bundle for an edge runtime has no such module, and unpacks payloads itself.
interface Zlib {
  gunzipSync(packed: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}
const zlib = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process?.getBuiltinModule?.(
  'node:zlib',
) as Zlib | undefined;

const CANNOT_UNPACK = 'this runtime has no node:zlib; unpack awslogs.data (base64 of gzip) and give the object in it';

/** Lambda takes 6 MB; real payloads unpack to some ten times that at most. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The bound of {@link decodeLogsSubscription}. */
export interface LogsSubscriptionOptions {
  /** The most that a payload may unpack to, in bytes; 64 MB by default. */
  readonly maxBytes?: number;
}

/**
 * Makes events of what a CloudWatch Logs subscription delivers: the packed `{ awslogs: { data } }` of a Lambda
 * function, or the payload itself. Each log event gives an event or says why it does not; a control message gives none.
 *
 * Source: CloudWatch Logs User Guide, `SubscriptionFilters`.
 *
 * @param payload - The argument of the handler.
 * @param source - What `source` of each event says.
 * @throws AuditError `unsupported` for a packed payload where Node's zlib is missing, as on an edge runtime; `malformed`
 * for something else, for data that is no gzip of JSON, and for data that unpacks to more than the bound. A single log
 * event that is no CloudTrail record is no error: it becomes a `Problem`.
 *
 * @example
 * ```ts
 * import { decodeLogsSubscription } from 'secret-events/aws';
 *
 * export async function handler(payload: { awslogs: { data: string } }): Promise<void> {
 *   for (const reading of decodeLogsSubscription(payload, 'my-log-group')) {
 *     if ('problem' in reading) console.warn(reading.reason);
 *     else console.log(reading.time, reading.name, reading.actor.name);
 *   }
 * }
 * ```
 */
export function decodeLogsSubscription(
  payload: unknown,
  source = 'decoded',
  options: LogsSubscriptionOptions = {},
): readonly Reading[] {
  if (!isObject(payload) || !isSubscriptionShape(payload)) {
    throw malformed(
      `A CloudWatch Logs subscription delivers {"awslogs":{"data":...}}; this is ${excerpt(payload)}.`,
      source,
    );
  }
  if (!zlib && isPackedLogsShape(payload)) throw new AuditError('unsupported', CANNOT_UNPACK, { source });
  const opened = open(payload, options.maxBytes ?? MAX_BYTES);
  if ('problem' in opened) throw malformed(opened.reason, source);
  return readPayload(opened.payload, source);
}

/** {@link decodeLogsSubscription} of an object that has the shape, without an exception. */
export function readSubscription(value: JsonObject, source: string): readonly Reading[] {
  const opened = open(value, MAX_BYTES);
  return 'problem' in opened ? [opened] : readPayload(opened.payload, source);
}

function readPayload(payload: JsonObject, source: string): readonly Reading[] {
  if (member(payload, 'messageType') === 'CONTROL_MESSAGE') return [];
  return listOf(payload, 'logEvents').flatMap((event) =>
    isObject(event)
      ? readLogEvent(event, source)
      : [notARecord(`A log event is an object; this is ${excerpt(event)}.`)],
  );
}

type Opened = { readonly payload: JsonObject } | Problem;

function open(value: JsonObject, maxBytes: number): Opened {
  if (!isPackedLogsShape(value)) return { payload: value };
  const data = textOf(objectOf(value, 'awslogs'), 'data');
  if (data === undefined) return malformedRecord('A subscription payload without awslogs.data.');
  if (!zlib) return malformedRecord(`A subscription payload that is packed: ${CANNOT_UNPACK}.`);
  let text: string;
  try {
    text = new TextDecoder().decode(zlib.gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: maxBytes }));
  } catch (error) {
    // Thrown while unpacking, so a bomb never stands in memory as a whole.
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? malformedRecord(`A subscription payload that unpacks to more than ${maxBytes} bytes.`)
      : malformedRecord('A subscription payload whose awslogs.data is no base64 of gzip.');
  }
  const payload = parseObject(text);
  return payload === undefined
    ? malformedRecord('A subscription payload whose awslogs.data holds no JSON object.')
    : { payload };
}
