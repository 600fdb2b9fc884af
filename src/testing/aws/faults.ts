/** Failures on demand. */
import { FaultPlan, type FaultTiming } from '../fault-plan.ts';
import type { Random } from '../random.ts';
import type { AwsOperation, AwsService } from './operations.ts';
import { ServiceError } from './service-error.ts';

/** What goes wrong. */
export type AwsFaultKind =
  /** The request is one too many: `ThrottlingException`, with a status of 400. */
  | { readonly kind: 'throttle' }
  /** The service fails: a status of 500. */
  | { readonly kind: 'server-error' }
  /** The credentials are no longer good: `ExpiredTokenException`. */
  | { readonly kind: 'expired-token' }
  /** The credentials are good, and not enough: `AccessDeniedException`. */
  | { readonly kind: 'access-denied' }
  /** Any other error, by its name. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** The connection is reset in the middle of the answer. */
  | { readonly kind: 'reset' }
  /** The answer is whole as HTTP, and its JSON is cut off. */
  | { readonly kind: 'truncate' }
  /** The body comes in pieces and takes so long. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** No answer ever comes. */
  | { readonly kind: 'hang' }
  /** A page with no items and a token. */
  | { readonly kind: 'empty-page' }
  /** The next page is this page once more. */
  | { readonly kind: 'duplicate-page' }
  /** The token that comes back is the one that was sent; on a first page, the token leads to this page. */
  | { readonly kind: 'same-token' }
  /** The record in the first item of the page is cut off. */
  | { readonly kind: 'malformed-record' }
  /** A query of Logs Insights is said to be in this state. */
  | { readonly kind: 'query-status'; readonly status: 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown' };

/** A failure, and when it happens. */
export type AwsFault = AwsFaultKind &
  FaultTiming & {
    /** Only requests for this operation. */
    readonly operation?: AwsOperation;
    /** Only requests to this Region. */
    readonly region?: string;
  };

type Stage = 'refusal' | 'page' | 'delivery';

const STAGES: Readonly<Record<AwsFault['kind'], Stage>> = {
  throttle: 'refusal',
  'server-error': 'refusal',
  'expired-token': 'refusal',
  'access-denied': 'refusal',
  error: 'refusal',
  'empty-page': 'page',
  'duplicate-page': 'page',
  'same-token': 'page',
  'malformed-record': 'page',
  'query-status': 'page',
  reset: 'delivery',
  truncate: 'delivery',
  slow: 'delivery',
  hang: 'delivery',
};

/** @internal */
export class Faults {
  readonly #plan: FaultPlan<AwsFault>;

  constructor(random: Random) {
    this.#plan = new FaultPlan(random);
  }

  add(fault: AwsFault): void {
    this.#plan.add(fault);
  }

  clear(): void {
    this.#plan.clear();
  }

  /** The fault that hits a request at a stage; it is used up by that. */
  take(stage: Stage, call: { readonly operation: string; readonly region: string }): AwsFault | undefined {
    return this.#plan.take(
      ({ kind, operation = call.operation, region = call.region }) =>
        STAGES[kind] === stage && operation === call.operation && region === call.region,
    );
  }
}

/** @internal */
export function throttled(): ServiceError {
  return new ServiceError('ThrottlingException', 'Rate exceeded');
}

/** The error of a fault that refuses a request. @internal */
export function refusalOf(fault: AwsFault, service: AwsService): ServiceError {
  switch (fault.kind) {
    case 'throttle':
      return throttled();
    case 'expired-token':
      return new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
    case 'access-denied':
      return new ServiceError('AccessDeniedException', 'User is not authorized to perform this operation');
    case 'error':
      return new ServiceError(fault.code, fault.message ?? fault.code, fault.status);
    default: {
      const code = service === 'logs' ? 'ServiceUnavailableException' : 'InternalFailure';
      return new ServiceError(code, 'The service cannot complete the request.', 500);
    }
  }
}
