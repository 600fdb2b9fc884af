/** What is asked of `events()`, and whether it can be meant. */
import type { Filter } from '../filter/filter.ts';
import { AuditError } from '../model/error.ts';
import type { TimeInput } from '../model/time.ts';
import type { Checkpoint } from '../source/checkpoint.ts';
import { type Clock, realClock } from '../source/clock.ts';
import type { Cursor } from '../source/cursor.ts';
import type { AuditSource, Notice, Order, Scope } from '../source/source.ts';
import type { FollowOptions } from './follow.ts';

/** What to read. */
export interface EventsRequest {
  /** Inclusive: a `Date`, ISO 8601 text, or a duration back from now (`24h`, `7d`). Missing: as far back as the sources go. */
  readonly from?: TimeInput;
  /** Exclusive. Missing: up to now, frozen when the stream starts; for files up to the last record. */
  readonly to?: TimeInput;
  /** `secrets` (default): only the secrets managers' own events. `all`: whatever the sources hold. */
  readonly scope?: Scope;
  readonly where?: Filter;
  /** `newest-first` by default; `oldest-first` with `follow` or `checkpoint`, which cannot do otherwise. */
  readonly order?: Order;
  /**
   * Goes on with what comes, until the stream is closed, the signal aborts or the limit is reached. Events come in the
   * order in which they arrive, roughly oldest first; `from` is the start of the stream when it is left out. Not with
   * `to`. A provider that fails for a while is asked again from where it stood, with a notice.
   */
  readonly follow?: boolean | FollowOptions;
  /**
   * Goes on behind the place that {@link EventStream.cursor} gave. The sources, filter, scope and order must be the same;
   * `from` is then the cursor's own, and so is `to` where events come newest first.
   */
  readonly resume?: Cursor | string;
  /**
   * Goes on from the place saved there, and saves it again and again: an event counts as taken when the consumer comes
   * back for the next one, so that after a crash the last ones come once more and none is lost.
   */
  readonly checkpoint?: Checkpoint;
  /** Milliseconds from one saving to the next at least; 1,000 by default. It is saved at the end in any case. */
  readonly checkpointInterval?: number;
  /**
   * Called with a later and later time before which nothing more is expected, of any source. Only where events come
   * oldest first.
   */
  readonly onWatermark?: (watermark: Date) => void;
  /** The most events to hand out. */
  readonly limit?: number;
  /** `throw` (default): a source that fails ends the stream. `continue`: the others go on, and the report tells. */
  readonly onSourceError?: 'throw' | 'continue';
  /** Called for each notice as it comes; the report has them all. */
  readonly onNotice?: (notice: Notice & { readonly source: string }) => void;
  /** Ends everything; the stream then rejects with `signal.reason` itself. */
  readonly signal?: AbortSignal;
  /** For tests that let time pass at once. */
  readonly clock?: Clock;
}

const REQUEST_KEYS = new Set([
  'from',
  'to',
  'scope',
  'where',
  'order',
  'follow',
  'resume',
  'checkpoint',
  'checkpointInterval',
  'onWatermark',
  'limit',
  'onSourceError',
  'onNotice',
  'signal',
  'clock',
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
  readonly followOptions: FollowOptions;
  readonly clock: Clock;
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
  const forward = follow || request.checkpoint !== undefined;
  const order = oneOf(
    'order',
    request.order ?? orderOf(request.resume) ?? (forward ? 'oldest-first' : 'newest-first'),
    ['newest-first', 'oldest-first'],
  );
  const scope = oneOf('scope', request.scope ?? 'secrets', ['secrets', 'all']);
  oneOf('onSourceError', request.onSourceError ?? 'throw', ['throw', 'continue']);
  const { limit } = request;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0)) {
    throw refuse(`limit: ${String(limit)} is no whole number of events`);
  }
  checkPlaces(request, order);
  checkSources(sources, order, follow);
  const followOptions = typeof request.follow === 'object' ? request.follow : {};
  return { sources, request, order, scope, follow, followOptions, clock: request.clock ?? realClock };
}

function checkSources(sources: readonly AuditSource[], order: Order, follow: boolean): void {
  if (sources.length === 0) throw refuse('events() needs at least one source');
  const names = new Set<string>();
  for (const source of sources) {
    const { name } = source;
    if (names.has(name)) throw refuse(`two sources are named ${JSON.stringify(name)}; give one of them another name`);
    names.add(name);
    const cannot =
      follow && !source.follows && source.pollInterval === undefined
        ? `${name} cannot follow; leave out follow: true, or read it again later`
        : source.order !== 'either' && source.order !== order
          ? `${name} gives events ${source.order} only; ask for order: '${source.order}'`
          : undefined;
    if (cannot) throw new AuditError('unsupported', cannot, { source: name });
  }
}

function followOf({ follow = false, order, to }: EventsRequest): boolean {
  if (typeof follow !== 'boolean' && (typeof follow !== 'object' || follow === null)) {
    throw refuse(`follow: ${JSON.stringify(follow)} is neither true nor false, nor { pollInterval, overlap }`);
  }
  if (!follow) return false;
  if (typeof follow === 'object') {
    for (const [key, value] of Object.entries(follow)) {
      if (key !== 'pollInterval' && key !== 'overlap')
        throw refuse(`follow takes no ${JSON.stringify(key)}; it takes pollInterval and overlap`);
      if (typeof value !== 'number' || !(value >= 0))
        throw refuse(`follow.${key}: ${value} is no time in milliseconds`);
    }
  }
  if (order === 'newest-first')
    throw refuse('a stream that follows has no newest event to begin with; leave out order, or ask for oldest-first');
  if (to !== undefined) throw refuse('a stream that follows has no end; leave out to, or follow');
  return true;
}

function checkPlaces({ resume, checkpoint, checkpointInterval = 0 }: EventsRequest, order: Order): void {
  if (!(checkpointInterval >= 0)) throw refuse(`checkpointInterval: ${checkpointInterval} is no time in milliseconds`);
  if (checkpoint === undefined) return;
  if (resume !== undefined) throw refuse('resume and checkpoint both say where to go on; give one of them');
  if (typeof checkpoint.load !== 'function' || typeof checkpoint.save !== 'function')
    throw refuse('checkpoint: it has no load() and save(); use storeCheckpoint() or fileCheckpoint()');
  if (order === 'newest-first')
    throw refuse('a checkpoint goes on with what is newer; leave out order, or ask for oldest-first');
}

/** Whoever resumes need not say the order again. A cursor that is none is refused later. */
function orderOf(resume: EventsRequest['resume']): Order | undefined {
  const order = typeof resume === 'object' && resume !== null ? resume.order : undefined;
  return order === 'oldest-first' || order === 'newest-first' ? order : undefined;
}

const refuse = (message: string) => new AuditError('invalid-argument', message);

function oneOf<T extends string>(field: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw refuse(`${field}: ${JSON.stringify(value)} is none of ${allowed.join(', ')}`);
}
