/** Reading what a request brings. */
import type { IncomingMessage } from 'node:http';
import { isObject, type JsonObject } from '../../model/record.ts';
import { badRequest, ServiceError } from './service-error.ts';

function expectType(request: IncomingMessage, type: string): void {
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === type) return;
  throw new ServiceError(415, `The content type must be ${type}.`);
}

/** @internal */
export function readForm(request: IncomingMessage, body: string): URLSearchParams {
  expectType(request, 'application/x-www-form-urlencoded');
  return new URLSearchParams(body);
}

/** @internal */
export function readJson(request: IncomingMessage, body: string): JsonObject {
  expectType(request, 'application/json');
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    // Told below.
  }
  if (!isObject(input)) throw badRequest('The body is not a JSON object.');
  return input;
}
