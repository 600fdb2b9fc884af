/** Failures, in the shape that the SDK gives them, so that one reading of errors serves both. */

/** What is known of a failure beside its text. @internal */
export interface FailureDetails {
  readonly cause?: unknown;
  /** Of a wire that broke, in the words of the runtime: `ECONNRESET`. */
  readonly code?: string | undefined;
  readonly metadata?: FailureMetadata;
  readonly retryAfter?: string | undefined;
}

/** What the SDK calls `$metadata`. @internal */
export interface FailureMetadata {
  readonly httpStatusCode: number;
  readonly requestId?: string | undefined;
  /** The clock of this machine was wrong, and the next request is signed by the service's. */
  readonly clockSkewCorrected?: boolean;
}

/**
 * A request that failed. Holds chosen texts of the answer and neither the request nor its headers, because those hold
 * the session token.
 *
 * @internal
 */
export class FetchFailure extends Error {
  readonly code: string | undefined;
  readonly $metadata: FailureMetadata | undefined;
  readonly $response: { readonly headers: Readonly<Record<string, string>> } | undefined;

  constructor(name: string, message: string, details: FailureDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = name;
    this.code = details.code;
    this.$metadata = details.metadata;
    this.$response = details.retryAfter === undefined ? undefined : { headers: { 'retry-after': details.retryAfter } };
  }
}
