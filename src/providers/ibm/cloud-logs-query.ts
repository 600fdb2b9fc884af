/** One query of Cloud Logs: its rows as events, and its warnings. */
import { isObject, type JsonObject, listOf, member, objectOf } from '../../model/record.ts';
import type { Reading } from '../../source/format.ts';
import { notARecord } from '../../source/problem.ts';
import type { RetryContext } from '../../source/retry.ts';
import type { Order } from '../../source/source.ts';
import { words } from '../../source/words.ts';
import type { Connection } from './clients.ts';
import { timeOfRow } from './containers.ts';
import { errorInStream, IbmError } from './errors.ts';
import { ibmFormat } from './format.ts';
import { streamItems } from './query-stream.ts';
import { ask, untilAnswered } from './requests.ts';
import { type QueryWarning, warningsIn } from './warnings.ts';

/** Where the TCO policies of an instance put a row. */
export type CloudLogsTier = 'frequent_search' | 'archive';

/** The body of `POST /v1/query`. IBM Cloud API, `logs-service-api`. @internal */
export interface QueryBody {
  readonly query: string;
  readonly metadata: {
    readonly start_date: string;
    readonly end_date: string;
    readonly tier: CloudLogsTier;
    readonly syntax: 'dataprime' | 'lucene';
    readonly limit: number;
  };
}

/** What was in one row. @internal */
export interface RowReading {
  /** The row's own time in whole milliseconds, rounded down; `undefined` where it tells none. */
  readonly at: number | undefined;
  readonly readings: readonly Reading[];
}

/** @internal */
export interface QueryAnswer {
  readonly rows: readonly RowReading[];
  readonly warnings: readonly QueryWarning[];
  /** Whether every row has a time, and none is before the one in front of it in the order that was asked for. */
  readonly sorted: boolean;
}

/** An answer may repeat rows and warnings, and must not fill memory. */
const TOO_MANY = 10_000;

const NO_EVENT: readonly Reading[] = [notARecord('A Cloud Logs row without an event.')];

/**
 * Runs a query to its end; tried again from its start if the answer breaks off. Rows become events as they arrive, so
 * that the text of an answer never stands in memory as a whole.
 *
 * @param source - The name that the events bear.
 * @internal
 */
export function runQuery(
  connection: Connection,
  body: QueryBody,
  order: Order,
  source: string,
  context: RetryContext,
): Promise<QueryAnswer> {
  const text = JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' };
  const sign = order === 'oldest-first' ? 1 : -1;
  return untilAnswered(connection, context, async (signal) => {
    const answer = await ask(connection, '/v1/query', { method: 'POST', headers, body: text, signal });
    const rows: RowReading[] = [];
    const warnings: QueryWarning[] = [];
    let last = Number.NaN;
    let sorted = true;
    for await (const item of streamItems(answer, connection.title)) {
      const error = errorInStream(connection.title, item);
      if (error) throw error;
      const result = objectOf(item, 'result');
      const warning = objectOf(item, 'warning');
      if (warning) warnings.push(...warningsIn(warning));
      else if (!isKnown(item, result)) warnings.push(unknownItem(item));
      for (const row of listOf(result, 'results')) {
        const at = isObject(row) ? timeOfRow(row)?.getTime() : undefined;
        rows.push({ at, readings: (isObject(row) ? ibmFormat.read(row, source) : undefined) ?? NO_EVENT });
        if (at === undefined || (at - last) * sign < 0) sorted = false;
        else last = at;
      }
      if (rows.length > 2 * body.metadata.limit + TOO_MANY || warnings.length > TOO_MANY) {
        const message = 'the answer has no end: it holds far more than it was asked for';
        throw new IbmError('unknown', message, { service: connection.title });
      }
    }
    return { rows, warnings, sorted };
  });
}

function isKnown(item: JsonObject, result: JsonObject | undefined): boolean {
  if (!result) return member(item, 'query_id') !== undefined;
  const rows = member(result, 'results');
  return rows === undefined || Array.isArray(rows);
}

function unknownItem(item: object): QueryWarning {
  const keys = words(Object.keys(item).join(', '), 64);
  return { name: 'unknown_item', meaning: 'unknown', text: `an item of the answer with ${keys || 'nothing'} in it` };
}
