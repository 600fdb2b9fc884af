/** Which secret it was done to: one of six places, as a name, an ARN or a partial ARN. */
import type { SecretRef } from '../../model/event.ts';
import { objectAt } from '../../model/json-text.ts';
import { type JsonObject, listOf, member, textOf } from '../../model/record.ts';
import { type Arn, parseArn } from './arn.ts';

/** CloudTrail's `eventSource` of Secrets Manager. */
export const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';

const NONE: readonly SecretRef[] = [];
const RESOURCE_TYPE = 'AWS::SecretsManager::Secret';
/** A full ARN ends in a hyphen and six characters that AWS adds to the name. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;
/** More than one BatchGetSecretValue call can name, so that a made-up list stays short. */
const MAX_SECRETS = 100;

/**
 * The secrets of a record, in its own order.
 *
 * Of Secrets Manager's own events: `requestParameters.secretId`, `responseElements.arn` (before 2024 also `aRN`),
 * `additionalEventData.SecretId` or, for deletions of versions, `.ARN`, `serviceEventDetails.secretId`,
 * `resources[].ARN`; BatchGetSecretValue has a list. Of other services' events: secrets among `resources`, and the
 * secret for which a KMS key was used. Nothing is made up: where no place holds an id, there is no secret.
 *
 * Source: Secrets Manager User Guide, `cloudtrail_log_entries`.
 */
export function secretsOf(record: JsonObject, service: string): readonly SecretRef[] {
  return service === SECRETS_MANAGER ? ownSecrets(record) : foreignSecrets(record, service);
}

function ownSecrets(record: JsonObject): readonly SecretRef[] {
  const request = objectAt(record, 'requestParameters');
  const response = objectAt(record, 'responseElements');
  const list = listOf(request, 'secretIdList');
  if (list.length > 0) return refsOf(list);

  const answered = textOf(response, 'arn') ?? textOf(response, 'aRN') ?? textOf(response, 'ARN');
  const extra = objectAt(record, 'additionalEventData');
  const id =
    textOf(request, 'secretId') ??
    answered ??
    textOf(extra, 'SecretId') ??
    textOf(extra, 'secretId') ??
    textOf(extra, 'ARN') ??
    serviceDetailId(record) ??
    nameOfNew(record, request);
  if (id === undefined) return secretsAmong(record);

  // The response knows the name for certain; of a request's partial ARN it cannot be told whether a suffix is part of it.
  const name =
    textOf(response, 'name') ??
    (answered === undefined ? textOf(extra, 'Name') : nameOfSecret(answered)) ??
    nameOfSecret(id);
  const version =
    textOf(request, 'versionId') ??
    textOf(response, 'versionId') ??
    textOf(request, 'moveToVersionId') ??
    textOf(request, 'versionStage');
  return [refOf(id, name, version)];
}

function serviceDetailId(record: JsonObject): string | undefined {
  const details = objectAt(record, 'serviceEventDetails');
  return textOf(details, 'secretId') ?? textOf(details, 'SecretId');
}

/** A secret that could not be created, or whose response was left out, has no ARN: its name is all there is. */
function nameOfNew(record: JsonObject, request: JsonObject | undefined): string | undefined {
  return member(record, 'eventName') === 'CreateSecret' ? textOf(request, 'name') : undefined;
}

function foreignSecrets(record: JsonObject, service: string): readonly SecretRef[] {
  if (service === 'kms.amazonaws.com') {
    const context = objectAt(objectAt(record, 'requestParameters'), 'encryptionContext');
    const id = textOf(context, 'SecretARN');
    if (id !== undefined) return [refOf(id, nameOfSecret(id), textOf(context, 'SecretVersionId'))];
  }
  return secretsAmong(record);
}

function secretsAmong(record: JsonObject): readonly SecretRef[] {
  const resources = listOf(record, 'resources');
  if (resources.length === 0) return NONE;
  const ids: string[] = [];
  for (const resource of resources) {
    const id = textOf(resource, 'ARN') ?? textOf(resource, 'arn');
    if (id !== undefined && (textOf(resource, 'type') === RESOURCE_TYPE || isSecretArn(parseArn(id)))) ids.push(id);
  }
  return refsOf(ids);
}

function refsOf(ids: readonly unknown[]): readonly SecretRef[] {
  const seen = new Set<string>();
  for (const id of ids) {
    if (typeof id === 'string' && id !== '') seen.add(id);
    if (seen.size === MAX_SECRETS) break;
  }
  return Array.from(seen, (id) => refOf(id, nameOfSecret(id), undefined));
}

function refOf(id: string, name: string | undefined, version: string | undefined): SecretRef {
  const ref: { id: string; name?: string; version?: string } = { id };
  if (name !== undefined) ref.name = name;
  if (version !== undefined) ref.version = version;
  return ref;
}

/** Whether an ARN is one of a secret, in any partition. */
function isSecretArn(arn: Arn | undefined): boolean {
  return arn !== undefined && arn.service === 'secretsmanager' && arn.resource.startsWith('secret:');
}

/**
 * The name in a secret's id. Of an ARN it is what follows `secret:`, without the random suffix of a full ARN. A name
 * whose own end looks like that suffix cannot be told from one in a partial ARN; AWS advises against both. An id that
 * is no ARN is a name already, and stays as it is.
 */
export function nameOfSecret(id: string): string | undefined {
  const arn = parseArn(id);
  if (arn === undefined) return id.startsWith('arn:') ? undefined : id;
  return isSecretArn(arn) ? arn.resource.slice('secret:'.length).replace(SUFFIX, '') || undefined : undefined;
}
