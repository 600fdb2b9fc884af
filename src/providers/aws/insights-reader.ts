/** A Logs Insights query, run over a window in parts: loaded when the source is read for the first time. */
import type { AuditEvent } from '../../model/event.ts';
import type { SourceRequest } from '../../source/source.ts';
import { halves } from '../../source/uncursored.ts';
import { WaitingRoom } from '../../source/waiting-room.ts';
import type { Span } from '../../source/windows.ts';
import { logsInsightsClient } from './clients.ts';
import { Query } from './insights-query.ts';
import { type LogsInsightsOptions, MAX_ROWS } from './logs-insights.ts';
import type { LogsInsightsClient } from './ports.ts';
import { contextOf } from './requests.ts';
import { decodeAll } from './wire-records.ts';

/** Requests a second. `cloudwatch_limits_cwl`. */
const PER_SECOND = 10;

/** @internal */
export class InsightsReader {
  readonly #name: string;
  readonly #options: LogsInsightsOptions;
  readonly #deliveryDelay: number;
  #client: Promise<LogsInsightsClient> | undefined;

  constructor(name: string, options: LogsInsightsOptions, deliveryDelay: number) {
    this.#name = name;
    this.#options = options;
    this.#deliveryDelay = deliveryDelay;
  }

  /** Both ends in milliseconds, by time of arrival. */
  async *read(
    request: SourceRequest,
    query: string,
    start: number,
    end: number,
  ): AsyncGenerator<readonly AuditEvent[], void, undefined> {
    const { order, sink } = request;
    this.#client ??= logsInsightsClient(this.#options, this.#options.client);
    const context = contextOf(
      this.#name,
      this.#options,
      request,
      'Logs queries',
      this.#options.pace?.perSecond ?? PER_SECOND,
    );
    const engine = new Query(this.#name, await this.#client, this.#options.logGroups, query, context);
    const room = new WaitingRoom(order);
    const oldestFirst = order === 'oldest-first';
    // Parts of the window still to be asked, in seconds; the next one is the last.
    const parts: Span[] = [{ start: Math.floor(start / 1000), end: Math.floor(end / 1000) }];
    for (let part = parts.pop(); part; part = parts.pop()) {
      const rows = await engine.run(part.start, part.end);
      if (rows.length >= MAX_ROWS) {
        const again = halves(part, order);
        if (again) {
          parts.push(...again.toReversed());
          continue;
        }
        const message = `more than ${MAX_ROWS} records arrived in the second of ${new Date(part.start * 1000).toISOString()}; the rest of them cannot be asked for`;
        sink.notice({ code: 'result-limit', message, incomplete: true });
      }
      room.add(decodeAll(rows, this.#name, sink));
      yield room.takeBefore(oldestFirst ? (part.end + 1) * 1000 - this.#deliveryDelay : part.start * 1000);
    }
    yield room.takeAll();
  }
}
