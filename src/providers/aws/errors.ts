/** What errors of AWS mean, whichever client tells them. */
import { AuditError, type ErrorCode } from '../../model/error.ts';
import { isBrokenWire } from '../../source/broken-wire.ts';

// By the `name` that the SDK gives an error, which is the service's own `__type` or the SDK's word.
const CODES: Readonly<Record<string, ErrorCode>> = {
  ThrottlingException: 'rate-limited',
  Throttling: 'rate-limited',
  ThrottledException: 'rate-limited',
  RequestThrottled: 'rate-limited',
  RequestThrottledException: 'rate-limited',
  TooManyRequestsException: 'rate-limited',
  RequestLimitExceeded: 'rate-limited',
  LimitExceededException: 'rate-limited',
  SlowDown: 'rate-limited',
  AccessDeniedException: 'permission-denied',
  AccessDenied: 'permission-denied',
  UnauthorizedOperation: 'permission-denied',
  OperationNotPermittedException: 'permission-denied',
  OptInRequired: 'permission-denied',
  UnrecognizedClientException: 'unauthenticated',
  InvalidClientTokenId: 'unauthenticated',
  ExpiredTokenException: 'unauthenticated',
  ExpiredToken: 'unauthenticated',
  InvalidSignatureException: 'unauthenticated',
  SignatureDoesNotMatch: 'unauthenticated',
  IncompleteSignature: 'unauthenticated',
  RequestExpired: 'unauthenticated',
  RequestTimeTooSkewed: 'unauthenticated',
  MissingAuthenticationToken: 'unauthenticated',
  MissingAuthenticationTokenException: 'unauthenticated',
  CredentialsProviderError: 'unauthenticated',
  TokenProviderError: 'unauthenticated',
  ResourceNotFoundException: 'not-found',
  UnsupportedOperationException: 'unsupported',
  MalformedQueryException: 'invalid-argument',
  ValidationException: 'invalid-argument',
  TimeoutError: 'unavailable',
  NetworkError: 'unavailable',
  RequestTimeout: 'unavailable',
  ServiceUnavailableException: 'unavailable',
  ServiceUnavailable: 'unavailable',
  InternalFailure: 'unavailable',
  InternalServerError: 'unavailable',
  InternalServiceError: 'unavailable',
};

/** Of those, the ones that a wrong clock makes; the SDK's own list, less what other services say. */
const OF_CLOCK = new Set([
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'RequestExpired',
  'RequestTimeTooSkewed',
]);

/**
 * The code of an error that an AWS SDK threw, or a client like it. Throttling comes as HTTP 400, so the name decides
 * before the status does. A signature that was refused because this machine's clock is wrong is good the next time: the
 * client has corrected its clock and says so.
 *
 * @internal
 */
export function awsErrorCode(error: unknown): ErrorCode {
  const code = codeOf(error);
  if (code !== 'unauthenticated') return code;
  const { name, $metadata } = error as { name?: string; $metadata?: { clockSkewCorrected?: boolean } };
  return $metadata?.clockSkewCorrected && OF_CLOCK.has(name ?? '') ? 'unavailable' : code;
}

/** The longest that is waited because an error asks for it; the service that asks for more is not waited for. */
const LONGEST_WAIT = 5 * 60_000;

/** How long an error asks to be waited for, in milliseconds: its answer's `Retry-After`, in seconds or as a date. @internal */
export function awsRetryAfter(error: unknown): number | undefined {
  const { $response } = (error ?? {}) as { $response?: { headers?: Record<string, unknown> } };
  const text = $response?.headers?.['retry-after'];
  if (typeof text !== 'string') return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined;
}

function codeOf(error: unknown): ErrorCode {
  if (AuditError.is(error)) return error.code;
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { name, code, message, $metadata, $retryable } = error as {
    name?: unknown;
    code?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number };
    $retryable?: { throttling?: boolean };
  };
  if ($retryable?.throttling) return 'rate-limited';
  if (typeof name === 'string') {
    const known = Object.hasOwn(CODES, name) ? CODES[name] : undefined;
    if (known) return known;
    if (/^Invalid\w*Exception$/.test(name)) return 'invalid-argument';
  }
  if (isBrokenWire(code)) return 'unavailable';
  // An answer that was cut off cannot be parsed; the same request may be answered whole.
  if (error instanceof SyntaxError) return 'unavailable';
  if (typeof message === 'string' && /socket hang up|premature close|aborted|terminated/i.test(message))
    return 'unavailable';
  const status = $metadata?.httpStatusCode;
  if (status === 429) return 'rate-limited';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'permission-denied';
  if (status === 404) return 'not-found';
  if (status !== undefined && status >= 500) return 'unavailable';
  return 'unknown';
}
