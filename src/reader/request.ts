/** What is asked of `events()`, and whether it can be meant. */
import type { Filter } from '../filter/filter.ts';
import { AuditError } from '../model/error.ts';
import { resolveTime, type TimeInput } from '../model/time.ts';
import type { AuditSource, Notice, Order, Scope, SourceRequest } from '../source/source.ts';

/** What to read. */
export interface EventsRequest {
  /** Inclusive: a `Date`, ISO 8601 text, or a duration back from now (`24h`, `7d`). Missing: as far back as the sources go. */
  readonly from?: TimeInput;
  /** Exclusive. Missing: up to now, frozen when the stream starts; for files up to the last record. */
  readonly to?: TimeInput;
  /** `secrets` (default): only the secrets managers' own events. `all`: whatever the sources hold. */
  readonly scope?: Scope;
  readonly where?: Filter;
  /** `newest-first` by default. */
  readonly order?: Order;
  /**
   * Goes on with what comes, until the stream is closed, the signal aborts or the limit is reached. Events come in the
   * order in which they arrive, roughly oldest first; `from` is the start of the stream when it is left out. Not with `to`.
   */
  readonly follow?: boolean;
  /** The most events to hand out. */
  readonly limit?: number;
  /** `throw` (default): a source that fails ends the stream. `continue`: the others go on, and the report tells. */
  readonly onSourceError?: 'throw' | 'continue';
  /** Called for each notice as it comes; the report has them all. */
  readonly onNotice?: (notice: Notice & { readonly source: string }) => void;
  /** Ends everything; the stream then rejects with `signal.reason` itself. */
  readonly signal?: AbortSignal;
}

const REQUEST_KEYS = new Set([
  'from',
  'to',
  'scope',
  'where',
  'order',
  'follow',
  'limit',
  'onSourceError',
  'onNotice',
  'signal',
]);

/** A source, or several. */
export type Sources = AuditSource | readonly AuditSource[];

/** A request with nothing left open but the moment at which it is read. @internal */
export interface CheckedRequest {
  readonly sources: readonly AuditSource[];
  readonly request: EventsRequest;
  readonly order: Order;
  readonly scope: Scope;
  readonly follow: boolean;
}

/**
 * Refuses what cannot be meant.
 *
 * @throws AuditError `invalid-argument`; `unsupported` where a source cannot do it.
 * @internal
 */
export function checkRequest(source: Sources, request: EventsRequest): CheckedRequest {
  const sources = Array.isArray(source) ? (source as readonly AuditSource[]) : [source as AuditSource];
  for (const key of Object.keys(request)) {
    if (!REQUEST_KEYS.has(key))
      throw refuse(`events() takes no ${JSON.stringify(key)}; it takes ${[...REQUEST_KEYS].join(', ')}`);
  }
  const follow = followOf(request);
  const order = oneOf('order', request.order ?? (follow ? 'oldest-first' : 'newest-first'), [
    'newest-first',
    'oldest-first',
  ]);
  const scope = oneOf('scope', request.scope ?? 'secrets', ['secrets', 'all']);
  oneOf('onSourceError', request.onSourceError ?? 'throw', ['throw', 'continue']);
  const { limit } = request;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0)) {
    throw refuse(`limit: ${String(limit)} is no whole number of events`);
  }
  checkSources(sources, order, follow);
  return { sources, request, order, scope, follow };
}

function checkSources(sources: readonly AuditSource[], order: Order, follow: boolean): void {
  if (sources.length === 0) throw refuse('events() needs at least one source');
  const names = new Set<string>();
  for (const source of sources) {
    const { name } = source;
    if (names.has(name)) throw refuse(`two sources are named ${JSON.stringify(name)}; give one of them another name`);
    names.add(name);
    const cannot =
      follow && !source.follows
        ? `${name} cannot follow; leave out follow: true, or read it again later`
        : source.order !== 'either' && source.order !== order
          ? `${name} gives events ${source.order} only; ask for order: '${source.order}'`
          : undefined;
    if (cannot) throw new AuditError('unsupported', cannot, { source: name });
  }
}

/** What every source of one reading is asked alike. */
export type Asked = Omit<SourceRequest, 'limit' | 'signal' | 'sink'>;

/**
 * The request as it stands at this moment: the one "now" that all sources share.
 *
 * @throws AuditError `invalid-argument` for a window that is none.
 * @internal
 */
export function askedNow({ request, order, scope, follow }: CheckedRequest): Asked {
  const startedAt = new Date();
  const now = startedAt.getTime();
  // Providers tell times to the second: what happens in the second that has begun counts as after the start.
  const start = follow ? new Date(Math.floor(now / 1000) * 1000) : undefined;
  const from = request.from === undefined ? start : resolveTime(request.from, 'from', now);
  const to = request.to === undefined ? undefined : resolveTime(request.to, 'to', now);
  if (from && to && from >= to) {
    throw refuse(`from (${from.toISOString()}) must be before to (${to.toISOString()}), which is exclusive`);
  }
  return {
    startedAt,
    ...(from && { from }),
    ...(to && { to }),
    ...(request.where && { where: request.where }),
    scope,
    order,
    ...(follow && { follow: true }),
  };
}

function followOf({ follow = false, order, to }: EventsRequest): boolean {
  if (typeof follow !== 'boolean') throw refuse(`follow: ${JSON.stringify(follow)} is neither true nor false`);
  if (follow && order === 'newest-first')
    throw refuse('a stream that follows has no newest event to begin with; leave out order, or ask for oldest-first');
  if (follow && to !== undefined) throw refuse('a stream that follows has no end; leave out to, or follow');
  return follow;
}

const refuse = (message: string) => new AuditError('invalid-argument', message);

function oneOf<T extends string>(field: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw refuse(`${field}: ${JSON.stringify(value)} is none of ${allowed.join(', ')}`);
}
