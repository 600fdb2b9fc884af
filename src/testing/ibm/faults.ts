/** Failures on demand. */
import type { JsonObject } from '../../model/record.ts';
import { FaultPlan, type FaultTiming } from '../fault-plan.ts';
import type { Random } from '../random.ts';
import type { IbmOperation, IbmService } from './operations.ts';
import { ServiceError, TokenError } from './service-error.ts';

/** What goes wrong. */
export type IbmFaultKind =
  /** The request is one too many: a status of 429; `retryAfter` in seconds becomes a header. */
  | { readonly kind: 'throttle'; readonly retryAfter?: number }
  /** The service fails: a status of 500. */
  | { readonly kind: 'server-error' }
  /** The token is no longer good, now or later: a status of 401, until another token is fetched. */
  | { readonly kind: 'unauthenticated' }
  /** The token is good, and not enough: a status of 403. */
  | { readonly kind: 'access-denied' }
  /** The token service refuses the key, with a status of 400. */
  | { readonly kind: 'iam-failure' }
  /** Any other error. */
  | { readonly kind: 'error'; readonly status: number; readonly code?: string; readonly message?: string }
  /** A query answers with a status of 200 and says in its stream that it was one too many. */
  | { readonly kind: 'stream-rate-limit' }
  /** The stream ends with an error behind so many batches of rows: 1 when left out. */
  | {
      readonly kind: 'stream-error';
      /** `error`: `{ error: { message, code } }`; `errors`: the form of an answer that is an error. */
      readonly shape?: 'error' | 'errors';
      readonly batches?: number;
      readonly code?: string;
      readonly message?: string;
    }
  /** The first batch of rows comes twice. */
  | { readonly kind: 'repeated-rows' }
  /** The rows come in another order than they should. */
  | { readonly kind: 'shuffled-rows' }
  /** The record in the first row is cut off. */
  | { readonly kind: 'malformed-row' }
  /** A warning in the stream, `{ number_of_results_limit_warning: { ... } }`. */
  | { readonly kind: 'warning'; readonly warning: JsonObject }
  /** Comments and lines that keep the connection alive, between all items of the stream. */
  | { readonly kind: 'keep-alive' }
  /** The connection is reset in the middle of the answer. */
  | { readonly kind: 'reset' }
  /** The answer ends in the middle of its last item as if it were whole. */
  | { readonly kind: 'truncate' }
  /** The last item of a stream has no empty line behind it. */
  | { readonly kind: 'unclosed' }
  /** The body comes in pieces and takes so long. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The body comes in chunks of so many bytes; without a number, cut inside every character of more than one byte. */
  | { readonly kind: 'split'; readonly bytes?: number }
  /** No answer ever comes; with `batches`, no more of it behind so many batches of rows. */
  | { readonly kind: 'hang'; readonly batches?: number };

/** A failure, and when it happens. */
export type IbmFault = IbmFaultKind &
  FaultTiming & {
    /** Only requests to this service; without it, all but those for tokens. */
    readonly service?: IbmService;
    /** Only requests for this operation. */
    readonly operation?: IbmOperation;
  };

/** @internal */
export type FaultStage = 'refusal' | 'content' | 'delivery';

const STAGES: Readonly<Record<IbmFault['kind'], FaultStage>> = {
  throttle: 'refusal',
  'server-error': 'refusal',
  unauthenticated: 'refusal',
  'access-denied': 'refusal',
  'iam-failure': 'refusal',
  error: 'refusal',
  'stream-rate-limit': 'content',
  'stream-error': 'content',
  'repeated-rows': 'content',
  'shuffled-rows': 'content',
  'malformed-row': 'content',
  warning: 'content',
  'keep-alive': 'content',
  reset: 'delivery',
  truncate: 'delivery',
  unclosed: 'delivery',
  slow: 'delivery',
  split: 'delivery',
  hang: 'delivery',
};

interface Asked {
  readonly service: IbmService;
  readonly operation: string;
}

/** @internal */
export class Faults {
  readonly #plan: FaultPlan<IbmFault>;

  constructor(random: Random) {
    this.#plan = new FaultPlan(random);
  }

  add(fault: IbmFault): void {
    this.#plan.add(fault);
  }

  clear(): void {
    this.#plan.clear();
  }

  /** The fault that hits a request at a stage; it is used up by that. */
  take(stage: FaultStage, asked: Asked): IbmFault | undefined {
    return this.#plan.take((fault) => STAGES[fault.kind] === stage && isMeant(fault, asked));
  }
}

function isMeant(fault: IbmFault, { service, operation }: Asked): boolean {
  if (fault.operation !== undefined && fault.operation !== operation) return false;
  if (fault.kind === 'iam-failure') return service === 'iam';
  if (fault.service !== undefined) return fault.service === service;
  return service !== 'iam' || fault.operation !== undefined;
}

/** The error of a fault that refuses a request. @internal */
export function refusalOf(fault: IbmFault, service: IbmService): ServiceError {
  switch (fault.kind) {
    case 'throttle': {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return new ServiceError(429, 'The rate limit is exceeded.', undefined, headers);
    }
    case 'unauthenticated':
      return new ServiceError(401, 'The token is expired.');
    case 'access-denied':
      return new ServiceError(403, 'The token has no role for this action.');
    case 'iam-failure':
      return unknownKey();
    case 'error': {
      const message = fault.message ?? 'The request cannot be answered.';
      if (service === 'iam') return new TokenError(fault.code ?? 'BXNIM0000E', message, fault.status);
      return new ServiceError(fault.status, message, fault.code);
    }
    default:
      return new ServiceError(500, 'The service cannot complete the request.');
  }
}

/** @internal */
export function unknownKey(): TokenError {
  return new TokenError('BXNIM0415E', 'Provided API key could not be found.');
}
