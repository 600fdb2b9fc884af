/** Reading a request's parameters: a wrong type is refused before the operation sees it. */
import { isObject, type JsonObject, member } from '../../model/record.ts';
import { invalidParameter, ServiceError } from './service-error.ts';

/** The smallest and the largest that is taken, of a number or of a length. */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** What the whole text must match. */
  readonly pattern?: RegExp;
}

function wrongType(name: string, wanted: string): ServiceError {
  return new ServiceError('SerializationException', `${name} can not be converted to ${wanted}`);
}

function checkSize(name: string, what: string, size: number, bounds: Bounds): void {
  if (bounds.min !== undefined && size < bounds.min) {
    throw invalidParameter(`1 validation error detected: ${what} of '${name}' must be at least ${bounds.min}`);
  }
  if (bounds.max !== undefined && size > bounds.max) {
    throw invalidParameter(`1 validation error detected: ${what} of '${name}' must be at most ${bounds.max}`);
  }
}

/** A text, or `undefined` when it was not sent. @internal */
export function textParameter(input: JsonObject, name: string, bounds: Bounds = {}): string | undefined {
  const value = member(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(name, 'String');
  checkSize(name, 'Length', value.length, bounds);
  if (bounds.pattern && !bounds.pattern.test(value)) {
    throw invalidParameter(`1 validation error detected: Value of '${name}' must match ${bounds.pattern.source}`);
  }
  return value;
}

/** A text that has to be there. @internal */
export function requiredText(input: JsonObject, name: string, bounds: Bounds = {}): string {
  const value = textParameter(input, name, bounds);
  if (value === undefined) throw missing(name);
  return value;
}

/** A whole number, or `undefined` when it was not sent. @internal */
export function integerParameter(input: JsonObject, name: string, bounds: Bounds = {}): number | undefined {
  const value = member(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, 'Integer');
  checkSize(name, 'Value', value, bounds);
  return value;
}

/** A boolean, or `undefined` when it was not sent. @internal */
export function booleanParameter(input: JsonObject, name: string): boolean | undefined {
  const value = member(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrongType(name, 'Boolean');
  return value;
}

/** Texts, or `undefined` when they were not sent. @internal */
export function textListParameter(
  input: JsonObject,
  name: string,
  count: Bounds,
  each: Bounds = {},
): readonly string[] | undefined {
  const value = member(input, name);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, 'List');
  checkSize(name, 'Length', value.length, count);
  return value.map((item) => requiredText({ [name]: item }, name, each));
}

/** Objects, or `undefined` when they were not sent. @internal */
export function objectListParameter(input: JsonObject, name: string): readonly JsonObject[] | undefined {
  const value = member(input, name);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) throw wrongType(name, 'List');
  return value;
}

/** A time in seconds with a fraction, as milliseconds; `undefined` when it was not sent. @internal */
export function timestampParameter(input: JsonObject, name: string): number | undefined {
  const value = member(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType(name, 'Timestamp');
  return Math.round(value * 1000);
}

/** @internal */
export function missing(name: string): ServiceError {
  return invalidParameter(`1 validation error detected: Value null at '${name}' must not be null`);
}
