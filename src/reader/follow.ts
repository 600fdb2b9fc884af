/** Going on with what comes, from sources that do so by themselves and from those that have to be asked again and again. */
import { AuditError, messageOf } from '../model/error.ts';
import type { AuditEvent } from '../model/event.ts';
import type { Clock } from '../source/clock.ts';
import type { AuditSource, SourceRequest, SourceSink } from '../source/source.ts';
import type { Progress } from './progress.ts';
import { within } from './within.ts';

/** How to follow; the source knows what is usual for it. */
export interface FollowOptions {
  /** Milliseconds from one asking to the next. Shorter than the source's own, it may use up the provider's quota. */
  readonly pollInterval?: number;
  /**
   * How much of the past is read again each time, in milliseconds, so that records which arrive late are caught. Later
   * ones are not seen.
   */
  readonly overlap?: number;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 5 * 60_000;

/**
 * Pages of one source for ever. An empty page says that it has caught up. Once the source has answered, what may pass by
 * itself (throttling, a service that is down) is told by a notice and waited for; reading then goes on where it stood, so
 * nothing is missed. A source that never answers is a mistake in the request, and an error.
 *
 * @internal
 */
export async function* following(
  source: AuditSource,
  request: SourceRequest,
  progress: Progress,
  { pollInterval = source.pollInterval ?? 0 }: FollowOptions,
  clock: Clock,
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  const { signal } = request;
  const sink = withoutFinality(request.sink);
  let answered = false;
  for (let failures = 0; ; ) {
    const asked = clock.now();
    progress.asked(asked);
    const { at } = progress;
    const part: SourceRequest = {
      ...request,
      ...(at !== undefined && { from: new Date(at) }),
      startedAt: new Date(asked),
      sink,
    };
    try {
      if (source.follows) {
        for await (const page of source.read(part)) {
          answered = true;
          failures = 0;
          if (page.length === 0) progress.caughtUp();
          yield page;
          progress.asked(clock.now());
        }
        return;
      }
      const { follow: _, ...once } = part;
      for await (const page of within(once, source.read(once))) {
        answered = true;
        yield page;
      }
      answered = true;
      failures = 0;
      progress.caughtUp();
      yield [];
      await clock.sleep(Math.max(0, asked + pollInterval - clock.now()), signal);
    } catch (error) {
      signal.throwIfAborted();
      const code = AuditError.is(error) ? error.code : source.codeOf(error);
      if (!answered || (code !== 'rate-limited' && code !== 'unavailable')) throw error;
      const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++);
      sink.notice({
        code: 'source-resumed',
        message: `${source.name} did not answer and was asked again from where it stood: ${messageOf(error)}`,
        incomplete: false,
      });
      sink.count('waitedMs', pause);
      await clock.sleep(pause, signal);
    }
  }
}

/** What is not final yet is read again; nobody need be told each time. */
function withoutFinality(sink: SourceSink): SourceSink {
  return {
    count: (counter, by) => sink.count(counter, by),
    notice: (notice) => {
      if (notice.code !== 'not-final-yet') sink.notice(notice);
    },
  };
}
