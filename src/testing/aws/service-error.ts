/** What AWS answers when it refuses. */

/** An answer with a status of 400 or more; `code` is what goes out as `__type`. @internal */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the answer's body. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** @internal */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

/** @internal */
export function resourceNotFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

/** @internal */
export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message);
}

/** A filter pattern that the grammar does not know. @internal */
export function invalidPattern(why: string, position?: number): ServiceError {
  const place = position === undefined ? '' : ` at character ${position + 1}`;
  return invalidParameter(`Invalid filter pattern${place}: ${why}.`);
}
