/** Following a log group by Live Tail: sessions one after another, with FilterLogEvents for what they do not give. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent } from '../../model/event.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { FollowedLog } from './follow-logs.ts';
import type { LogGroup } from './log-group.ts';
import type { LiveTailUpdate } from './ports.ts';
import { decodeAll } from './wire-records.ts';

type Pages = AsyncGenerator<readonly AuditEvent[], void, undefined>;

/** The service keeps ten updates, one a second, for a reader that does not take them; then it drops the oldest. */
const BUFFER = 10_000;
/** So many sessions that break before their first update are a service that is down. */
const ATTEMPTS = 5;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 20_000;

/**
 * Pages as they come. A session is started before what lies before it is read, so that nothing falls between the two;
 * the reader drops what comes both ways.
 *
 * @internal
 */
export async function* liveTail(
  followed: FollowedLog,
  log: LogGroup,
  request: SourceRequest,
  query: string,
  overlap: number,
): Pages {
  const { signal, sink } = request;
  const tail = new Tail(followed, log, request, overlap);
  for (let broken = 0; ; ) {
    const session = await Session.start(log, request, query);
    try {
      yield* tail.catchUp();
      for (let update = await session.next(); update; update = await session.next()) {
        broken = 0;
        yield* tail.take(update);
      }
    } finally {
      session.close();
    }
    signal.throwIfAborted();
    if (session.updates === 0 && ++broken >= ATTEMPTS) throw session.failure ?? endless(log.name);
    const failed = session.failure !== undefined;
    sink.notice({ code: 'session-restarted', message: failed ? BROKE : ENDED, incomplete: false });
    if (failed || broken > 0) {
      const backoff = Math.random() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** broken);
      sink.count('waitedMs', Math.round(backoff));
      await log.clock.sleep(backoff, signal);
    }
  }
}

const ENDED = 'a Live Tail session came to its end; a new one was started, and the time between them was read';
const BROKE = 'a Live Tail session broke; a new one was started, and the time between them was read';
const SLOW = `events were taken more than ${BUFFER / 1000} s after they came, and Live Tail drops what waits so long; that time was read again`;
const SAMPLED = 'more events came in a second than Live Tail hands out; it gave a sample of them';

const endless = (name: string) =>
  new AuditError('unavailable', `${name}: ${ATTEMPTS} Live Tail sessions ended before their first update`, {
    source: name,
  });

/** What a session gives, and when it has to be helped out. */
class Tail {
  readonly #followed: FollowedLog;
  readonly #log: LogGroup;
  readonly #request: SourceRequest;
  readonly #overlap: number;
  /** The last gap is read once more at this time, for records that were not visible yet. */
  #again: { readonly at: number; readonly start: number } | undefined;

  constructor(followed: FollowedLog, log: LogGroup, request: SourceRequest, overlap: number) {
    this.#followed = followed;
    this.#log = log;
    this.#request = request;
    this.#overlap = overlap;
  }

  /** Reads up to now, as often as that takes longer than a session waits for its reader. */
  async *catchUp(): Pages {
    const { clock } = this.#log;
    for (let began = clock.now(); ; began = clock.now()) {
      yield* this.#followed.read();
      if (clock.now() - began <= BUFFER) break;
    }
    this.#again = { at: clock.now() + this.#overlap, start: this.#followed.start };
  }

  async *take({ sessionMetadata, sessionResults = [] }: LiveTailUpdate): Pages {
    const { sink } = this.#request;
    const { clock } = this.#log;
    if (sessionMetadata?.sampled) sink.notice({ code: 'sampled', message: SAMPLED, incomplete: true });
    const handed = clock.now();
    yield decodeAll(sessionResults, this.#log.name, sink);
    if (this.#again && handed >= this.#again.at) {
      const { start } = this.#again;
      this.#again = undefined;
      yield* this.#followed.read(start);
    }
    if (clock.now() - handed > BUFFER) {
      sink.notice({ code: 'slow-consumer', message: SLOW, incomplete: false });
      yield* this.catchUp();
    }
    this.#followed.saw(sessionResults);
  }
}

/** One session, from its start to its end. */
class Session {
  readonly #pieces: AsyncIterator<{ sessionUpdate?: LiveTailUpdate | undefined }>;
  readonly #ending: AbortController;
  updates = 0;
  /** Why it ended; missing when its time was over. */
  failure: unknown;

  private constructor(pieces: AsyncIterable<{ sessionUpdate?: LiveTailUpdate | undefined }>, ending: AbortController) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#ending = ending;
  }

  static async start(log: LogGroup, request: SourceRequest, query: string): Promise<Session> {
    const ending = new AbortController();
    // Runtimes without `any` have no client that speaks Live Tail either.
    const signal = AbortSignal.any([request.signal, ending.signal]);
    const { responseStream } = await log.tail(request, query, signal);
    if (responseStream) return new Session(responseStream, ending);
    throw new AuditError('unknown', `${log.name}: StartLiveTail gave no stream`, { source: log.name });
  }

  /** `undefined` when the session is over. */
  async next(): Promise<LiveTailUpdate | undefined> {
    try {
      for (let piece = await this.#pieces.next(); !piece.done; piece = await this.#pieces.next()) {
        if (!piece.value.sessionUpdate) continue;
        this.updates++;
        return piece.value.sessionUpdate;
      }
    } catch (error) {
      if ((error as { name?: unknown } | null)?.name !== 'SessionTimeoutException') this.failure = error ?? 'unknown';
    }
    return undefined;
  }

  /** The SDK keeps the connection open until its signal aborts, whatever becomes of the iterator. */
  close(): void {
    this.#ending.abort(new Error('the session is over'));
  }
}
