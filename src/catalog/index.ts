/**
 * The catalog: every event and action name of AWS Secrets Manager and IBM Cloud Secrets Manager, what each means, and
 * which names of the two clouds mean the same. Data and lookups, without a dependency.
 *
 * ```ts
 * import { AwsEventName, equivalents, eventsFor, findEvent } from 'secret-events/catalog';
 *
 * findEvent(AwsEventName.GetSecretValue).action; // 'secret.read'
 * eventsFor('secret.read'); // every name, in either cloud, under which a secret is read
 * equivalents('DeleteSecret')[0]?.name; // 'secrets-manager.secret.delete'
 * ```
 *
 * @module
 */
export { AwsEventName } from './aws.ts';
export {
  ACTIONS,
  type AccessLevel,
  type Action,
  type CatalogEntry,
  type CatalogPattern,
  type EntryKind,
  type EntrySeverity,
  type EntryStatus,
  type Provider,
  type Resource,
  type VaultOperation,
} from './entry.ts';
export { IbmActionName } from './ibm.ts';
export { IbmNotificationSubtype, IbmNotificationType } from './ibm-notifications.ts';
export { matchVaultPattern, VAULT_PATTERNS, VAULT_SEVERITY } from './ibm-vault.ts';
export {
  type AnyEventName,
  CATALOG,
  type EntryOf,
  type EventName,
  equivalents,
  eventsFor,
  findEvent,
  isEventName,
} from './lookup.ts';
export { NativeEventName } from './native.ts';
export { type EventRegion, type EventRegions, IBM_EVENT_REGIONS, VAULT_EVENT_REGIONS } from './regions.ts';
export {
  AWS_CONFIG_RULES,
  type ConfigRule,
  GUARDDUTY_FINDING,
  type RuleParameter,
  SECURITY_HUB_CONTROLS,
  type SecurityControl,
  type ThreatFinding,
} from './rules.ts';
export { type SearchOptions, searchCatalog } from './search.ts';
export type { NameBasis, ServiceEvent } from './services/service-event.ts';
