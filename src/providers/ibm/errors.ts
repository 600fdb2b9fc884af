/** What IBM's errors mean, and how they are told without telling more than that. */
import { AuditError, type ErrorCode } from '../../model/error.ts';
import { isObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { isBrokenWire } from '../../source/broken-wire.ts';
import { words } from '../../source/words.ts';

/** What is known of a failure beside its text. */
interface Refusal {
  /** `Cloud Logs`, `IAM`. */
  readonly service: string;
  readonly status?: number | undefined;
  /** IBM's own word: `resource_exhausted`, `BXNIM0415E`. */
  readonly word?: string | undefined;
  readonly trace?: string | undefined;
  /** How long the service wants to be left alone, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * IBM said no. Holds chosen texts of the answer and neither the request nor its headers, because those hold the token.
 *
 * @internal
 */
export class IbmError extends Error {
  readonly code: ErrorCode;
  readonly service: string;
  readonly status: number | undefined;
  readonly trace: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, text: string, { service, status, word, trace, retryAfter }: Refusal) {
    const details = [word, trace && `trace ${trace}`].filter(Boolean).map((detail) => words(detail as string, 64));
    super(`${service}: ${words(text, 400)}${details.length > 0 ? ` (${details.join(', ')})` : ''}`);
    this.code = code;
    this.service = service;
    this.status = status;
    this.trace = trace;
    this.retryAfter = retryAfter;
  }
}

// IBM's own words, which decide where they are known: an error inside a stream has no status.
const WORDS: Readonly<Record<string, ErrorCode>> = {
  bad_request_or_unspecified: 'invalid-argument',
  bad_request: 'invalid-argument',
  compile_error: 'invalid-argument',
  unauthenticated: 'unauthenticated',
  unauthorized: 'permission-denied',
  forbidden: 'permission-denied',
  not_found: 'not-found',
  deadline_exceeded: 'unavailable',
  resource_exhausted: 'rate-limited',
  rate_limit_reached: 'rate-limited',
  method_internal_error: 'unavailable',
  internal_error: 'unavailable',
};

/**
 * The error of an answer whose status says that it failed.
 *
 * @param body - The parsed body, or `undefined` where it is no JSON: a proxy answers in HTML.
 * @internal
 */
export function errorOfAnswer(service: string, status: number, body: unknown, retryAfter?: number): IbmError {
  const first = listOf(body, 'errors')[0];
  const word = textOf(first, 'code') ?? textOf(body, 'errorCode') ?? textOf(body, 'code');
  const text = textOf(first, 'message') ?? textOf(body, 'errorMessage') ?? textOf(body, 'message');
  const trace = textOf(body, 'trace') ?? textOf(objectOf(body, 'context'), 'requestId');
  const known = word !== undefined && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  // The status comes first: `unauthorized` is the word for 403 here, and the word for 401 elsewhere.
  const code = codeOfStatus(status) ?? known ?? 'unknown';
  return new IbmError(code, `HTTP ${status}${text === undefined ? '' : `: ${text}`}`, {
    service,
    status,
    word,
    trace,
    retryAfter,
  });
}

/**
 * The error in an item of a stream that began well: `{ error: { message, code: { rate_limit_reached: {} } } }` or the
 * body of an error answer. `undefined` where the item is none.
 *
 * @internal
 */
export function errorInStream(service: string, item: unknown): IbmError | undefined {
  if (Array.isArray(member(item, 'errors'))) {
    const status = member(item, 'status_code');
    return errorOfAnswer(service, typeof status === 'number' ? status : 0, item);
  }
  const error = member(item, 'error');
  if (error === undefined || error === null) return undefined;
  const code = member(error, 'code');
  const word = typeof code === 'string' ? code : isObject(code) ? Object.keys(code)[0] : undefined;
  const known = word !== undefined && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  const text =
    textOf(error, 'message') ?? (typeof error === 'string' && error !== '' ? error : 'an error without words');
  return new IbmError(known ?? 'unknown', `inside the answer: ${text}`, {
    service,
    word,
    trace: textOf(item, 'trace'),
  });
}

function codeOfStatus(status: number): ErrorCode | undefined {
  switch (status) {
    case 400:
      return 'invalid-argument';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'permission-denied';
    case 404:
      return 'not-found';
    case 408:
      return 'unavailable';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'unavailable' : undefined;
  }
}

/**
 * The code of an error on the way to or from IBM.
 *
 * @internal
 */
export function ibmErrorCode(error: unknown): ErrorCode {
  if (error instanceof IbmError || AuditError.is(error)) return error.code;
  // fetch tells a wire that broke by a TypeError; what exactly broke is its cause.
  for (let one: unknown = error, depth = 0; depth < 4 && typeof one === 'object' && one !== null; depth++) {
    const { code, message, cause } = one as { code?: unknown; message?: unknown; cause?: unknown };
    if (isBrokenWire(code)) return 'unavailable';
    if (typeof message === 'string' && /^(?:fetch failed|terminated|other side closed)$/.test(message))
      return 'unavailable';
    one = cause;
  }
  return 'unknown';
}

/** How long a refusal asks to wait, in milliseconds. @internal */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof IbmError ? error.retryAfter : undefined;
}
