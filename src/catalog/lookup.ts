/**
 * From a name to what is known about it, and from a meaning to the names that have it.
 *
 * @module
 */
import type { AWS_EVENTS, AwsEventName } from './aws.ts';
import { AWS_TABLE } from './aws-table.ts';
import type { Action, CatalogEntry, EntryKind, EntryStatus } from './entry.ts';
import type { IBM_EVENTS, IBM_IAM_EVENTS, IBM_RETIRED_EVENTS, IbmActionName } from './ibm.ts';
import type { IBM_NOTIFICATIONS, IbmNotificationType } from './ibm-notifications.ts';
import { IBM_TABLE } from './ibm-table.ts';
import type { VAULT_EVENTS } from './ibm-vault.ts';
import type { NATIVE_EVENTS, NativeEventName } from './native.ts';

type ByName<Block> = {
  [Key in keyof Block as Block[Key] extends { name: infer N extends string } ? N : never]: Block[Key];
};

interface Entries
  extends ByName<typeof AWS_EVENTS>,
    ByName<typeof NATIVE_EVENTS>,
    ByName<typeof IBM_EVENTS>,
    ByName<typeof VAULT_EVENTS>,
    ByName<typeof IBM_NOTIFICATIONS>,
    ByName<typeof IBM_IAM_EVENTS>,
    ByName<typeof IBM_RETIRED_EVENTS> {}

/** Every name in the catalog: a closed union, for inputs and for switches that must miss none. */
export type EventName = AwsEventName | IbmActionName | IbmNotificationType | NativeEventName;

/**
 * Any name: those of the catalog, which editors complete, and every other string, so that tomorrow's name passes.
 * For outputs.
 */
export type AnyEventName = EventName | (string & Record<never, never>);

/** The entry of one name, with literal types for what it is; what is said about it in prose is just text. */
export type EntryOf<Name extends EventName> = CatalogEntry & Omit<Entries[Name], 'title' | 'note' | 'source' | 'since'>;

/**
 * Every entry of the catalog: AWS first, what is current before what is not, and by name within each block.
 */
export const CATALOG: readonly CatalogEntry[] = [...AWS_TABLE.entries, ...IBM_TABLE.entries];

/**
 * Whether a value is a name of the catalog, exactly as the cloud writes it.
 *
 * @example
 * ```ts
 * import { isEventName } from 'secret-events/catalog';
 *
 * console.log(isEventName('GetSecretValue')); // true
 * console.log(isEventName('getsecretvalue')); // false
 * ```
 */
export function isEventName(value: unknown): value is EventName {
  return typeof value === 'string' && entryOf(value) !== undefined;
}

/**
 * What the catalog knows of a name, in constant time; `undefined` for a name that it does not hold. A literal name
 * gives exactly its entry. For names that IBM's Vault Dedicated plan makes out of paths, ask `matchVaultPattern` next.
 *
 * @example
 * ```ts
 * import { findEvent } from 'secret-events/catalog';
 *
 * const action: 'secret.read' = findEvent('GetSecretValue').action;
 * console.log(action, findEvent('SomethingNew')); // 'secret.read' undefined
 * ```
 */
export function findEvent<const Name extends AnyEventName>(
  name: Name,
): Name extends EventName ? EntryOf<Name> : CatalogEntry | undefined;
export function findEvent(name: string): CatalogEntry | undefined {
  return entryOf(name);
}

function entryOf(name: string): CatalogEntry | undefined {
  return AWS_TABLE.find(name) ?? IBM_TABLE.find(name);
}

/**
 * Every entry that means an action, of every provider, in the order of {@link CATALOG}; none for an action that only
 * names made out of paths can have, such as `certificate.issue`.
 *
 * @example
 * ```ts
 * import { eventsFor } from 'secret-events/catalog';
 *
 * console.log(eventsFor('secret.read').map((entry) => entry.name));
 * // BatchGetSecretValue, GetSecretValue, secrets-manager.secret-version.read, secrets-manager.secret.read
 * ```
 */
export function eventsFor(action: Action): readonly CatalogEntry[] {
  return [...AWS_TABLE.meaning(action), ...IBM_TABLE.meaning(action)];
}

const STATUS_ORDER: readonly EntryStatus[] = ['current', 'beta', 'iam-only', 'retired'];
const KIND_ORDER: readonly EntryKind[] = ['api', 'service', 'native', 'notification'];

/**
 * The entries of the other providers that mean the same as a name: current ones first, and audit records before
 * notices. Empty for a name that the catalog does not hold, or that nothing else means.
 *
 * @example
 * ```ts
 * import { equivalents } from 'secret-events/catalog';
 *
 * console.log(equivalents('DescribeSecret').map((entry) => entry.name));
 * // secrets-manager.secret-metadata.read, secrets-manager.secret-policies.get
 * ```
 */
export function equivalents(name: AnyEventName): readonly CatalogEntry[] {
  const entry = entryOf(name);
  if (entry === undefined) return [];
  return eventsFor(entry.action)
    .filter((other) => other.provider !== entry.provider)
    .sort(
      (a, b) =>
        STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
        KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind),
    );
}
