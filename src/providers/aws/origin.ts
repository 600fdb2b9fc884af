/** Where a request came from. */
import type { Origin } from '../../model/event.ts';
import { isAddress, type JsonObject, textOf } from '../../model/record.ts';

type OriginFields = { -readonly [Key in keyof Origin]: Origin[Key] };

const DNS_NAME = /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,63}$/i;
const INTERNAL = 'AWS Internal';

/**
 * Reads `sourceIPAddress`, which holds an address, the DNS name of a service or `AWS Internal`, with what else a record
 * tells of its origin. An address that is none (`172.01.01.001`) is left in `raw`.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-record-contents`.
 */
export function originOf(record: JsonObject, identity: JsonObject | undefined): Origin {
  const origin: OriginFields = {};
  const from = textOf(record, 'sourceIPAddress');
  const isIp = from !== undefined && isAddress(from);
  if (isIp) origin.ip = from;
  const agent = textOf(record, 'userAgent');
  if (agent !== undefined) origin.agent = agent;
  const invoker = textOf(identity, 'invokedBy');
  if (from !== undefined && !isIp && isService(from)) origin.service = from;
  else if (invoker !== undefined && !isAddress(invoker)) origin.service = invoker;
  const endpoint = textOf(record, 'vpcEndpointId');
  if (endpoint !== undefined) origin.vpcEndpoint = endpoint;
  return origin;
}

function isService(text: string): boolean {
  return text.length <= 255 && (text.startsWith(INTERNAL) || DNS_NAME.test(text));
}
