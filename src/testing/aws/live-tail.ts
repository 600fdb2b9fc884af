/** CloudWatch Logs' StartLiveTail. */
import { randomUUID } from 'node:crypto';
import { comparePositions } from '../timeline.ts';
import type { Answer, Backend, Call, EventSink } from './backend.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import { GROUP_IDENTIFIER, type LogEvent, type LogGroup, STREAM_NAME, streamTest } from './log-groups.ts';
import { missing, textListParameter, textParameter } from './parameters.ts';
import { invalidParameter, limitExceeded } from './service-error.ts';

const MOST_GROUPS = 10;
const MOST_SESSIONS = 15;
const MOST_EVENTS = 500;
const MOST_UPDATES_WAITING = 10;

/** How a session is ended: by its time, by an error of the service, or by a connection that breaks. */
export type LiveTailEnd = 'timeout' | 'error' | 'drop';

interface Update {
  readonly sessionMetadata: { readonly sampled: boolean };
  readonly sessionResults: readonly object[];
}

/** @internal */
export class LiveTailSessions {
  readonly #sessions = new Set<(end: LiveTailEnd) => void>();

  start(call: Call, backend: Backend): Answer {
    if (this.#sessions.size >= MOST_SESSIONS) throw limitExceeded('The number of Live Tail sessions is at its limit.');
    const { input } = call;
    const identifiers = textListParameter(input, 'logGroupIdentifiers', { min: 1, max: MOST_GROUPS }, GROUP_IDENTIFIER);
    if (!identifiers) throw missing('logGroupIdentifiers');
    const wrong = identifiers.find((identifier) => !identifier.startsWith('arn:') || identifier.endsWith('*'));
    if (wrong) throw invalidParameter(`${wrong} is not the ARN of a log group without an asterisk at its end.`);
    const groups = identifiers.map((identifier) => ({ identifier, group: backend.logGroups.find(identifier, call) }));
    const names = textListParameter(input, 'logStreamNames', { min: 1, max: 100 }, STREAM_NAME);
    const prefixes = textListParameter(input, 'logStreamNamePrefixes', { min: 1, max: 100 }, STREAM_NAME);
    if (names && prefixes) throw invalidParameter('logStreamNames and logStreamNamePrefixes can not both be given.');
    if ((names || prefixes) && groups.length > 1) {
      throw invalidParameter('Log streams can be named only when there is one log group.');
    }
    const pattern = textParameter(input, 'logEventFilterPattern', { max: 1024 }) ?? '';
    const compiled = compileFilterPattern(pattern, backend.behaviour);
    const inStreams = streamTest(names, prefixes);
    const wanted = (event: LogEvent) => inStreams(event) && compiled.matches(event);
    const sessionStart = {
      requestId: randomUUID(),
      sessionId: randomUUID(),
      logGroupIdentifiers: identifiers,
      logStreamNames: names ?? [],
      logStreamNamePrefixes: prefixes ?? [],
      logEventFilterPattern: pattern,
    };
    const arrivals = groups.map(({ identifier, group }) => new Arrivals(identifier, group, backend.clock.now()));
    const gather = (now: number) => updateOf(arrivals.flatMap((one) => one.take(now, wanted)));
    return { output: {}, stream: (sink, signal) => this.#run(sink, signal, backend, sessionStart, gather) };
  }

  end(how: LiveTailEnd): void {
    for (const end of [...this.#sessions]) end(how);
  }

  async #run(
    sink: EventSink,
    signal: AbortSignal,
    backend: Backend,
    sessionStart: object,
    gather: (now: number) => Update,
  ): Promise<void> {
    const { clock, behaviour } = backend;
    const ending = new AbortController();
    const end = (how: LiveTailEnd) => ending.abort(how);
    this.#sessions.add(end);
    signal.addEventListener('abort', () => end('drop'), { once: true });
    const until = clock.until?.bind(clock) ?? ((time, stop) => clock.sleep(time - clock.now(), stop));
    const waiting: Update[] = [];
    const flush = () => {
      while (sink.ready() && waiting.length > 0) sink.send('event', 'sessionUpdate', waiting.shift());
    };
    try {
      sink.send('event', 'initial-response', {});
      sink.send('event', 'sessionStart', sessionStart);
      const closes = clock.now() + behaviour.liveTailSession;
      sink.onReady(flush);
      for (let due = clock.now(); due < closes; ) {
        due += behaviour.liveTailInterval;
        await until(due, ending.signal);
        waiting.push(gather(clock.now()));
        // A slow reader loses the oldest.
        if (waiting.length > MOST_UPDATES_WAITING) waiting.shift();
        flush();
      }
      end('timeout');
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    } finally {
      this.#sessions.delete(end);
      waiting.length = 0;
    }
    const how: LiveTailEnd = ending.signal.reason;
    if (how === 'drop') sink.drop();
    else if (how === 'error') sink.send('exception', 'SessionStreamingException', { message: 'Unknown error.' });
    else sink.send('exception', 'SessionTimeoutException', { message: 'The session is over.' });
  }
}

/** What arrives in a group while a session runs. */
class Arrivals {
  readonly #identifier: string;
  readonly #group: LogGroup;
  #seen: number;
  #coming: readonly LogEvent[];

  constructor(identifier: string, group: LogGroup, now: number) {
    this.#identifier = identifier;
    this.#group = group;
    const fed = group.events.fedSince(0);
    this.#seen = fed.length;
    this.#coming = fed.filter((event) => event.arrival > now);
  }

  take(now: number, wanted: (event: LogEvent) => boolean) {
    const fed = this.#group.events.fedSince(this.#seen);
    this.#seen += fed.length;
    const coming = [...this.#coming, ...fed];
    this.#coming = coming.filter((event) => event.arrival > now);
    const arrived = coming.filter((event) => event.arrival <= now && wanted(event));
    return arrived.map((event) => ({ event, identifier: this.#identifier }));
  }
}

function updateOf(arrived: readonly { readonly event: LogEvent; readonly identifier: string }[]): Update {
  const sampled = arrived.length > MOST_EVENTS;
  const step = sampled ? arrived.length / MOST_EVENTS : 1;
  const kept = sampled ? Array.from({ length: MOST_EVENTS }, (_, index) => arrived[Math.floor(index * step)]) : arrived;
  const inOrder = kept.filter((one) => one !== undefined).sort((a, b) => comparePositions(a.event, b.event));
  const sessionResults = inOrder.map(({ event, identifier }) => ({
    logGroupIdentifier: identifier,
    logStreamName: event.logStreamName,
    timestamp: event.time,
    ingestionTime: event.arrival,
    message: event.message,
  }));
  return { sessionMetadata: { sampled }, sessionResults };
}
