/**
 * AWS: events of CloudTrail, wherever they come from.
 *
 * Sources read from the APIs through the vendor's own clients. Decoders take what a handler has in hand: a record, an
 * EventBridge event, a CloudWatch Logs subscription. Languages say a filter in the words of AWS's own query engines.
 *
 * @module
 */
export type { CompiledQuery } from '../../filter/compile.ts';
export type { Clock } from '../../source/clock.ts';
export type { Problem, Reading } from '../../source/format.ts';
export type { AwsConnection } from './clients.ts';
export { type CloudTrailLookupOptions, cloudTrailLookup } from './cloudtrail-lookup.ts';
export type { CloudTrailRecord, CloudTrailUserIdentity } from './cloudtrail-record.ts';
export { type CloudWatchLogsOptions, cloudWatchLogs } from './cloudwatch-logs.ts';
export { decodeCloudTrail } from './decode.ts';
export { decodeEventBridge, type EventBridgeEnvelope, type SecretLabelUpdatedDetail } from './eventbridge.ts';
export { type LogsInsightsOptions, logsInsights } from './logs-insights.ts';
export { decodeLogsSubscription, type LogsSubscriptionOptions } from './logs-subscription.ts';
export type {
  CallOptions,
  FilterLogEventsClient,
  FilterLogEventsInput,
  FilterLogEventsOutput,
  LiveTailClient,
  LiveTailInput,
  LiveTailOutput,
  LiveTailUpdate,
  LogsInsightsClient,
  LookupAttributeKey,
  LookupEventsClient,
  LookupEventsInput,
  LookupEventsOutput,
  QueryResults,
  SendClient,
  StartQueryInput,
} from './ports.ts';
export { type AthenaSqlOptions, type AthenaSqlQuery, toAthenaSql } from './queries/athena-sql.ts';
export { type EventPatternQuery, toEventPattern } from './queries/event-pattern.ts';
export { type FilterPatterns, toFilterPattern, toFilterPatterns } from './queries/filter-pattern.ts';
export {
  type LogsInsightsOptions as LogsInsightsQueryOptions,
  type LogsInsightsQuery,
  toLogsInsights,
} from './queries/logs-insights.ts';
export { type LookupAttribute, toLookupAttribute } from './queries/lookup-attribute.ts';
export type { Affix, Matcher } from './queries/matcher.ts';
export type { EventPattern } from './queries/pattern-shape.ts';
export type { QueryOptions } from './queries/record-language.ts';
export type { AwsSourceOptions, PaceOptions } from './requests.ts';
