/** What the operations share: one simulated account, and the form of a call and of an answer. */
import type { JsonObject } from '../../model/record.ts';
import type { Clock } from '../clock.ts';
import type { Snapshot } from '../timeline.ts';
import type { MetricAlarms } from './alarms.ts';
import type { EventHistory } from './event-history.ts';
import type { InsightsQueries } from './insights.ts';
import type { LiveTailSessions } from './live-tail.ts';
import type { LogGroups } from './log-groups.ts';
import type { MetricFilters } from './metric-filters.ts';
import type { PageTokens } from './page-token.ts';
import type { Topics } from './topics.ts';

/** One request, read and authenticated. @internal */
export interface Call {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: JsonObject;
}

/** How a page is laid out, so that faults can be worked into it. @internal */
export interface PageLayout {
  /** The member that holds the page's items. */
  readonly list: string;
  /** The member that holds the token. */
  readonly token: string;
  /** The member of an item that holds the record as a text; of an item that is a row, the name of the field. */
  readonly record?: string;
  /** A token that leads to this same page once more. */
  again(): string;
}

/** Where the events of a stream go. @internal */
export interface EventSink {
  send(kind: 'event' | 'exception', type: string, payload: unknown): void;
  /** Whether the reader keeps up. */
  ready(): boolean;
  /** Calls back whenever the reader has caught up. */
  onReady(callback: () => void): void;
  /** Breaks the connection. */
  drop(): void;
}

/** @internal */
export interface Answer {
  readonly output: Readonly<Record<string, unknown>>;
  readonly page?: PageLayout;
  /** A stream of events instead of a body; it ends when the promise settles. */
  readonly stream?: (sink: EventSink, signal: AbortSignal) => Promise<void>;
}

/** The unverified and the adjustable of the simulated service. @internal */
export interface Behaviour {
  /** Whether `!=` holds where the field is missing. */
  readonly missingFieldNotEqual: boolean;
  /** How many log events one page of FilterLogEvents looks at. */
  readonly scanPerPage: number;
  /** How often GetQueryResults is asked before a query is complete. */
  readonly queryPolls: number;
  /** Milliseconds between updates of Live Tail, and until a session ends. */
  readonly liveTailInterval: number;
  readonly liveTailSession: number;
}

/** @internal */
export interface Backend {
  readonly clock: Clock;
  readonly behaviour: Behaviour;
  readonly history: EventHistory;
  readonly logGroups: LogGroups;
  readonly metricFilters: MetricFilters;
  readonly alarms: MetricAlarms;
  readonly topics: Topics;
  readonly queries: InsightsQueries;
  readonly liveTail: LiveTailSessions;
  readonly tokens: PageTokens;
  /** What has arrived by now. */
  snapshot(): Snapshot;
}
