/** How many requests a second AWS takes, per account and Region. */
import type { Clock } from '../clock.ts';
import type { AwsOperation } from './operations.ts';

/** Requests per second by operation; an operation without an entry has the documented quota. */
export type AwsQuotas = Partial<Readonly<Record<AwsOperation, number>>>;

const FILTER_LOG_EVENTS: Readonly<Record<string, number>> = {
  'us-east-1': 25,
  'ap-northeast-3': 5,
  'ap-southeast-3': 5,
  'ca-west-1': 5,
  'eu-central-1': 5,
  'il-central-1': 5,
};

const DOCUMENTED: Readonly<Record<AwsOperation, (region: string) => number>> = {
  LookupEvents: () => 2,
  FilterLogEvents: (region) => FILTER_LOG_EVENTS[region] ?? 10,
  StartQuery: () => 10,
  GetQueryResults: () => 10,
  StopQuery: () => Number.POSITIVE_INFINITY,
  StartLiveTail: () => 5,
  TestMetricFilter: () => 5,
  PutMetricFilter: () => 5,
  DescribeMetricFilters: () => 5,
  DeleteMetricFilter: () => 5,
  PutMetricAlarm: () => 3,
  DescribeAlarms: () => 9,
  DeleteAlarms: () => 3,
  // Their quotas differ from Region to Region, and are far beyond what an alarm asks for.
  CreateTopic: () => Number.POSITIVE_INFINITY,
  ListTopics: () => Number.POSITIVE_INFINITY,
  GetTopicAttributes: () => Number.POSITIVE_INFINITY,
  SetTopicAttributes: () => Number.POSITIVE_INFINITY,
  Subscribe: () => Number.POSITIVE_INFINITY,
  ListSubscriptionsByTopic: () => Number.POSITIVE_INFINITY,
  DeleteTopic: () => Number.POSITIVE_INFINITY,
};

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A bucket of tokens for each operation, account and Region: full at first, holding what one second brings. @internal */
export class QuotaMeter {
  readonly #clock: Clock;
  readonly #quotas: AwsQuotas | false;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, quotas: AwsQuotas | false) {
    this.#clock = clock;
    this.#quotas = quotas;
  }

  /** Whether one more request is within the quota. */
  admits(operation: AwsOperation, account: string, region: string): boolean {
    if (this.#quotas === false) return true;
    const rate = this.#quotas[operation] ?? DOCUMENTED[operation](region);
    if (rate === Number.POSITIVE_INFINITY) return true;
    const now = this.#clock.now();
    const key = `${operation}/${account}/${region}`;
    const bucket = this.#buckets.get(key) ?? { tokens: Math.max(1, rate), filledAt: now };
    this.#buckets.set(key, bucket);
    const earned = ((now - bucket.filledAt) / 1000) * rate;
    bucket.tokens = Math.min(Math.max(1, rate), bucket.tokens + Math.max(0, earned));
    bucket.filledAt = now;
    if (bucket.tokens < 1 - 1e-9) return false;
    bucket.tokens -= 1;
    return true;
  }
}
