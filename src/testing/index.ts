/**
 * Servers on the loopback interface that speak the providers' protocols, and records to feed them with: for tests of
 * what reads audit events.
 */
export type { AwsFault, AwsFaultKind } from './aws/faults.ts';
export type { LiveTailEnd } from './aws/live-tail.ts';
export type { AwsOperation } from './aws/operations.ts';
export type { AwsQuotas } from './aws/quota.ts';
export {
  type AddOptions,
  type AwsRequest,
  type AwsServer,
  type AwsServerOptions,
  startAwsServer,
} from './aws/server.ts';
export type { AwsAccountOptions, CloudTrailRecord, LogGroupOptions, LogMessage } from './aws/simulated-account.ts';
export { type Clock, realClock, type VirtualClock, virtualClock } from './clock.ts';
export { type SampleOptions, sampleCloudTrailRecords } from './samples.ts';
