/** What the server knows: the event history, the log groups, and all that operations keep between requests. */
import type { JsonObject } from '../../model/record.ts';
import type { Clock } from '../clock.ts';
import type { Snapshot } from '../timeline.ts';
import { MetricAlarms } from './alarms.ts';
import type { Backend, Behaviour } from './backend.ts';
import { EventHistory, receiveRecord } from './event-history.ts';
import { InsightsQueries } from './insights.ts';
import { LiveTailSessions } from './live-tail.ts';
import { LogEvent, type LogGroup, LogGroups, trailEvent } from './log-groups.ts';
import { MetricFilters } from './metric-filters.ts';
import { PageTokens } from './page-token.ts';
import { ServiceError } from './service-error.ts';
import { Topics } from './topics.ts';

/** A record of CloudTrail as it is in log files. It needs an `eventTime`; it is kept, not copied. */
export type CloudTrailRecord = JsonObject;

/** One message of a log group. */
export interface LogMessage {
  readonly message: string;
  readonly timestamp: Date | number;
  /** `default` when left out. */
  readonly logStreamName?: string;
  /** Made up when left out. */
  readonly eventId?: string;
}

/** A log group and what is in it. */
export interface LogGroupOptions {
  /** Whether a trail delivers here: all records that the server is fed. */
  readonly trail?: boolean;
  /** Records that are in this group only. */
  readonly records?: readonly CloudTrailRecord[];
  readonly messages?: readonly LogMessage[];
  /** The Region it is in; it answers in every one when left out. */
  readonly region?: string;
}

/** What is in the simulated account, and how it behaves where AWS's documentation leaves it open. */
export interface AwsAccountOptions {
  /**
   * What happened. A record can be seen in the Region it names (us-east-1 when it names none) from its own time on, and
   * in the event history for 90 days and only when it is of a management event.
   */
  readonly records?: readonly CloudTrailRecord[];
  /** By name. */
  readonly logGroups?: Readonly<Record<string, LogGroupOptions>>;
  /** The account of whoever calls, and of records that name none. */
  readonly account?: string;
  /** Accounts by access key id. With it, each sees only its own records; without it, everyone sees all. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** Whether `!=` holds where the field is missing; not by default. */
  readonly missingFieldNotEqual?: boolean;
  /** How many log events a page of FilterLogEvents looks at; pages become partial or empty. All of them by default. */
  readonly scanPerPage?: number;
  /** How often the results of a query are asked for before they are complete; 2 by default. */
  readonly queryPolls?: number;
  /** Milliseconds between the updates of Live Tail, and until a session ends: a second, and three hours. */
  readonly liveTail?: { readonly intervalMs?: number; readonly sessionMs?: number };
}

/** @internal */
export class SimulatedAccount implements Backend {
  readonly clock: Clock;
  readonly behaviour: Behaviour;
  readonly history: EventHistory;
  readonly logGroups = new LogGroups();
  readonly metricFilters = new MetricFilters();
  readonly alarms = new MetricAlarms();
  readonly topics = new Topics();
  readonly queries = new InsightsQueries();
  readonly liveTail = new LiveTailSessions();
  readonly tokens = new PageTokens();
  readonly #account: string;
  readonly #accounts: Readonly<Record<string, string>> | undefined;
  #fed = 0;

  constructor(clock: Clock, options: AwsAccountOptions) {
    this.clock = clock;
    this.behaviour = {
      missingFieldNotEqual: options.missingFieldNotEqual ?? false,
      scanPerPage: options.scanPerPage ?? Number.POSITIVE_INFINITY,
      queryPolls: options.queryPolls ?? 2,
      liveTailInterval: options.liveTail?.intervalMs ?? 1000,
      liveTailSession: options.liveTail?.sessionMs ?? 3 * 3_600_000,
    };
    this.#account = options.account ?? '111122223333';
    this.#accounts = options.accounts;
    this.history = new EventHistory(options.accounts !== undefined);
    for (const [name, group] of Object.entries(options.logGroups ?? {})) {
      const created = this.#createGroup(name, group);
      for (const record of group.records ?? []) created.events.add(trailEvent(this.#receive(record)));
      this.#log(created, group.messages ?? []);
    }
  }

  /** The account that an access key is of. */
  of(accessKeyId: string): string {
    if (!this.#accounts) return this.#account;
    if (Object.hasOwn(this.#accounts, accessKeyId)) return this.#accounts[accessKeyId] ?? this.#account;
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }

  snapshot(): Snapshot {
    return { asOf: this.clock.now(), lastOrdinal: this.#fed };
  }

  add(records: readonly CloudTrailRecord[], deliveredAt?: Date | number): void {
    const trails = this.logGroups.trails();
    for (const record of records) {
      const received = this.#receive(record, deliveredAt);
      this.history.add(received);
      for (const trail of trails) trail.events.add(trailEvent(received));
    }
  }

  addMessages(logGroup: string, messages: readonly LogMessage[], deliveredAt?: Date | number): void {
    this.#log(this.logGroups.named(logGroup) ?? this.#createGroup(logGroup, {}), messages, deliveredAt);
  }

  #createGroup(name: string, { region, trail }: LogGroupOptions): LogGroup {
    return this.logGroups.create({ name, region, trail: trail ?? false });
  }

  #receive(record: CloudTrailRecord, deliveredAt?: Date | number) {
    const arrival = deliveredAt === undefined ? undefined : Number(deliveredAt);
    return receiveRecord(record, { ordinal: ++this.#fed, arrival, account: this.#account });
  }

  #log(group: LogGroup, messages: readonly LogMessage[], deliveredAt?: Date | number): void {
    for (const { message, timestamp, logStreamName, eventId } of messages) {
      const time = Number(timestamp);
      const position = { time, arrival: Number(deliveredAt ?? time), ordinal: ++this.#fed };
      group.events.add(new LogEvent(position, { message }, logStreamName ?? 'default', eventId));
    }
  }
}
