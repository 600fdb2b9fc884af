/** What IBM Cloud answers when it refuses. */
import { randomUUID } from 'node:crypto';

/** The codes of Cloud Logs by status; Secrets Manager's errors have the same form. */
const CODES: Readonly<Record<number, string>> = {
  400: 'bad_request_or_unspecified',
  401: 'unauthenticated',
  403: 'unauthorized',
  404: 'not_found',
  408: 'deadline_exceeded',
  409: 'conflict',
  413: 'bad_request_or_unspecified',
  415: 'bad_request_or_unspecified',
  429: 'resource_exhausted',
};

/** An answer with a status of 400 or more. @internal */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, code?: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code ?? CODES[status] ?? 'method_internal_error';
    this.headers = headers;
  }

  body(): Readonly<Record<string, unknown>> {
    const errors = [{ code: this.code, message: this.message }];
    return { errors, status_code: this.status, trace: randomUUID() };
  }
}

/** An error of the token service, which has a form of its own. @internal */
export class TokenError extends ServiceError {
  constructor(code: string, message: string, status = 400) {
    super(status, message, code);
  }

  override body(): Readonly<Record<string, unknown>> {
    return { errorCode: this.code, errorMessage: this.message, context: { requestId: randomUUID() } };
  }
}

/** @internal */
export function badRequest(message: string): ServiceError {
  return new ServiceError(400, message);
}
