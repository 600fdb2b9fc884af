/**
 * IBM Cloud: activity tracking events of Secrets Manager and every other service, from Cloud Logs or wherever else they
 * were found, what the Secrets Manager API itself can tell, and the notices that it sends to Event Notifications.
 *
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { decodeActivityEvent } from 'secret-events/ibm';
 *
 * const event = decodeActivityEvent(JSON.parse(readFileSync('event.json', 'utf8')));
 * console.log(event.time, event.action, event.actor.name, event.secret?.name);
 * ```
 *
 * @module
 */
export type { Clock } from '../../source/clock.ts';
export type { IbmConnection } from './clients.ts';
export { ibmCloudLogs } from './cloud-logs.ts';
export type { IbmCloudLogsOptions } from './cloud-logs-options.ts';
export type { CloudLogsTier } from './cloud-logs-query.ts';
export { type Crn, parseCrn } from './crn.ts';
export { type DecodeOptions, decodeActivityEvent } from './decode.ts';
export {
  type DescribeSecretsOptions,
  describeSecrets,
  type SecretDescriber,
  type SecretDescription,
} from './describe-secrets.ts';
export {
  decodeEventNotification,
  type NotificationItem,
  type NotificationShortName,
  type SecretsManagerNotification,
} from './notification.ts';
export type { FetchAnswer, FetchInit, IbmAuthenticator, IbmFetch } from './ports.ts';
export {
  type ActivityTrackerSearchOptions,
  toActivityTrackerSearch,
} from './queries/activity-tracker-search.ts';
export { type DataPrimeOptions, type DataPrimeQuery, toDataPrime } from './queries/dataprime.ts';
export type { QueryOptions } from './queries/event-language.ts';
export { type LuceneOptions, type LuceneQuery, toLucene } from './queries/lucene.ts';
export type { IbmPaceOptions, IbmSourceOptions } from './requests.ts';
export type {
  SecretsManagerAnswer,
  SecretsManagerCallOptions,
  SecretsManagerClient,
  SecretsManagerPage,
  SecretsManagerPaging,
} from './secrets-manager-client.ts';
export { type SecretsManagerHistoryOptions, secretsManagerHistory } from './secrets-manager-history.ts';
export type { SecretsManagerOptions } from './secrets-manager-options.ts';
