/** Which secret an event of the standard plan is about. */
import type { CatalogEntry } from '../../catalog/entry.ts';
import type { SecretRef } from '../../model/event.ts';
import { objectAt } from '../../model/json-text.ts';
import { type JsonObject, objectOf, textOf } from '../../model/record.ts';
import type { Crn } from './crn.ts';

const SERVICE = 'secrets-manager';

/**
 * The secret that an event names as its target. A listing, an instance or a group is none.
 *
 * No complete event of the standard plan is public. That the target of an act on a secret is the secret's CRN follows
 * from the general event format and from the CRN in IBM's notifications (derived); the other spellings that are read
 * here, `requestData` and `secrets-manager/secret...` as a type, are unverified.
 */
export function secretOf(
  record: JsonObject,
  crn: Crn | undefined,
  entry: CatalogEntry | undefined,
): SecretRef | undefined {
  const target = objectOf(record, 'target');
  const targetId = textOf(target, 'id');
  const named = textOf(target, 'name');
  const name = named === '-' ? undefined : named;
  if (crn !== undefined && targetId !== undefined && isSecret(crn)) {
    return build(targetId, name, versionOf(crn), record);
  }
  if (!isAboutSecret(textOf(target, 'typeURI'), entry)) return undefined;
  // A CRN that is no secret's is the instance or the group that the secret would have been in.
  const id = crn === undefined ? targetId : undefined;
  const asked = id ?? requested(record, 'secretId', 'secret_id') ?? (targetId === undefined ? name : undefined);
  return asked === undefined ? undefined : build(asked, name, undefined, record);
}

function build(id: string, name: string | undefined, version: string | undefined, record: JsonObject): SecretRef {
  const secret: { id: string; name?: string; version?: string; group?: string } = { id };
  if (name !== undefined) secret.name = name;
  const data = objectAt(record, 'requestData');
  if (data === undefined && version === undefined) return secret;
  const stated = version ?? first(data, 'versionId', 'version_id', 'secretVersionId', 'secret_version_id');
  const group = first(data, 'secretGroupId', 'secret_group_id');
  if (stated !== undefined) secret.version = stated;
  if (group !== undefined) secret.group = group;
  return secret;
}

function isSecret(crn: Crn): boolean {
  if (crn.service !== SERVICE || crn.resource === undefined) return false;
  return crn.resourceType === 'secret' || crn.resourceType === 'secret-version';
}

/** The version at the end of a `secret-version` CRN; where a secret's id precedes it, the last part is the version. */
function versionOf(crn: Crn): string | undefined {
  if (crn.resourceType !== 'secret-version') return undefined;
  return crn.resource?.split(/[:/]/).pop() || undefined;
}

function isAboutSecret(type: string | undefined, entry: CatalogEntry | undefined): boolean {
  if (entry?.action.endsWith('.list')) return false;
  if (type === undefined)
    return entry?.resource === 'secret' || entry?.resource === 'version' || entry?.resource === 'lock';
  return (
    type === 'secrets-manager/secret' ||
    (type.startsWith('secrets-manager/secret-') && !type.startsWith('secrets-manager/secret-group'))
  );
}

function requested(record: JsonObject, ...keys: readonly string[]): string | undefined {
  return first(objectAt(record, 'requestData'), ...keys);
}

function first(record: JsonObject | undefined, ...keys: readonly string[]): string | undefined {
  if (record === undefined) return undefined;
  for (const key of keys) {
    const text = textOf(record, key);
    if (text !== undefined) return text;
  }
  return undefined;
}
