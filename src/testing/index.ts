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
export type { FaultTiming } from './fault-plan.ts';
export { type ActivitySampleOptions, sampleActivityEvents } from './ibm/activity-samples.ts';
export type { IbmEnvironment } from './ibm/environment.ts';
export type { IbmFault, IbmFaultKind } from './ibm/faults.ts';
export type { IbmLogRow, IbmLogTier, IbmTimestampForm } from './ibm/log-row.ts';
export type { IbmLogOptions } from './ibm/log-rules.ts';
export type { IbmOperation, IbmService } from './ibm/operations.ts';
export type { IbmQuotas } from './ibm/query-quota.ts';
export { type SecretSampleOptions, sampleSecrets } from './ibm/secret-samples.ts';
export type { IbmSecret } from './ibm/secrets-instance.ts';
export { type IbmRequest, type IbmServer, startIbmServer } from './ibm/server.ts';
export type { ActivityEventRecord, IbmAddOptions, IbmServerOptions } from './ibm/server-options.ts';
export { type SampleOptions, sampleCloudTrailRecords } from './samples.ts';
