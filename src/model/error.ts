/** The one error class. `code` carries the meaning. */

/**
 * - `invalid-argument`: the caller's words are off; the message names the value and the remedy.
 * - `unsupported`: right words, but this source or language cannot do it.
 * - `unauthenticated`, `permission-denied`, `not-found`: what the provider said.
 * - `rate-limited`: the provider still refused after the waiting that was allowed.
 * - `unavailable`: the provider or the network failed; the same call may work later.
 * - `incomplete`: more exists than could be read, and strictness was asked for.
 * - `malformed`: a record or file is not what it should be, and strictness was asked for.
 * - `missing-dependency`: an optional package is not installed; the message has the command.
 * - `unknown`: everything else; see `cause`.
 */
export const ERROR_CODES = [
  'invalid-argument',
  'unsupported',
  'unauthenticated',
  'permission-denied',
  'not-found',
  'rate-limited',
  'unavailable',
  'incomplete',
  'malformed',
  'missing-dependency',
  'unknown',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an error says, whatever was thrown. @internal */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const BRAND = Symbol.for('secret-events.AuditError');

/** What may accompany an {@link AuditError}. */
export interface AuditErrorOptions {
  /** The source it came from, by name. */
  readonly source?: string;
  /** The vendor's own error, as it was thrown. */
  readonly cause?: unknown;
}

/**
 * Every failure of this package except an abort, which rejects with `signal.reason` itself.
 *
 * @example
 * ```ts
 * import { AuditError, events } from 'secret-events';
 * import { logFiles } from 'secret-events/files';
 *
 * try {
 *   await events(logFiles(['trail.json.gz'])).toArray();
 * } catch (error) {
 *   if (AuditError.is(error) && error.code === 'not-found') console.error(error.message);
 *   else throw error;
 * }
 * ```
 */
export class AuditError extends Error {
  override readonly name = 'AuditError';
  readonly code: ErrorCode;
  /** Whether the same call may work later without a change. */
  readonly retryable: boolean;
  readonly source: string | undefined;

  constructor(code: ErrorCode, message: string, options: AuditErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.retryable = code === 'rate-limited' || code === 'unavailable';
    this.source = options.source;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Recognises an error of any installed copy of this package, where `instanceof` knows only its own. */
  static is(error: unknown): error is AuditError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
  }
}
