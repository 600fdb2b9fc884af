/** Running a Logs Insights query over the events of its log groups. */

import type { Snapshot } from '../timeline.ts';
import type { Row } from './insights-expression.ts';
import type { InsightsQuery, ResultField } from './insights-query.ts';
import { discoverFields, type Value } from './insights-value.ts';
import type { LogEvent, LogGroup } from './log-groups.ts';

/** @internal */
export interface QueryTask {
  readonly account: string;
  readonly query: InsightsQuery;
  readonly groups: readonly LogGroup[];
  /** Milliseconds, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly snapshot: Snapshot;
}

interface Statistics {
  readonly recordsMatched: number;
  readonly recordsScanned: number;
  readonly bytesScanned: number;
  readonly logGroupsScanned: number;
  readonly resultCount: number;
}

/** @internal */
export const NO_STATISTICS: Statistics = {
  recordsMatched: 0,
  recordsScanned: 0,
  bytesScanned: 0,
  logGroupsScanned: 0,
  resultCount: 0,
};

/** @internal */
export interface Findings {
  readonly results: readonly (readonly ResultField[])[];
  readonly statistics: Statistics;
}

/** @internal */
export function runQuery({ account, query, groups, from, to, limit, snapshot }: QueryTask): Findings {
  const found: { readonly event: LogEvent; readonly log: string }[] = [];
  let bytesScanned = 0;
  for (const group of groups) {
    const log = `${account}:${group.name}`;
    for (const event of group.events.walk({ from, to, newestFirst: true, snapshot })) {
      bytesScanned += event.message.length;
      found.push({ event, log });
    }
  }
  // One group comes newest first already.
  if (groups.length > 1) found.sort((a, b) => b.event.time - a.event.time);
  const { results, matched } = query.run(found.map(({ event, log }) => rowOf(event, log)));
  const kept = results.slice(0, limit);
  const statistics = {
    recordsMatched: matched,
    recordsScanned: found.length,
    bytesScanned,
    logGroupsScanned: groups.length,
    resultCount: kept.length,
  };
  return { results: kept, statistics };
}

function rowOf(event: LogEvent, log: string): Row {
  let fields: ReadonlyMap<string, Value> | undefined;
  const get = (name: string): Value => {
    switch (name) {
      case '@timestamp':
        return event.time;
      case '@ingestionTime':
        return event.arrival;
      case '@message':
        return event.message;
      case '@logStream':
        return event.logStreamName;
      case '@log':
        return log;
      case '@ptr':
        return Buffer.from(`${log}:${event.eventId}`).toString('base64');
      default:
        fields ??= discoverFields(event.json);
        return fields.get(name);
    }
  };
  return { get };
}
