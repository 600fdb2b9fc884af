/**
 * Nets for fields that the decoder puts together from several places: each lets through every record that could give
 * such an event, and some more. Of the opposite they say nothing.
 */
import type { Condition } from '../../../filter/condition.ts';
import { test } from '../../../filter/match.ts';
import type { Scope } from '../../../source/source.ts';
import { PARAMETER_OF_SECRET } from '../mentions.ts';
import {
  allOf,
  anyOf,
  at,
  contains,
  endsWith,
  exists,
  is,
  not,
  type RecordPath,
  type RecordTree,
} from './record-test.ts';

/** Where the name or the ARN of a secret can stand in Secrets Manager's own records. */
const SECRET_IDS: readonly RecordPath[] = [
  'requestParameters.secretId',
  'requestParameters.secretIdList[]',
  'requestParameters.name',
  'responseElements.arn',
  'responseElements.aRN',
  'responseElements.ARN',
  'additionalEventData.SecretId',
  'additionalEventData.secretId',
  'additionalEventData.ARN',
  'serviceEventDetails.secretId',
  'serviceEventDetails.SecretId',
  'resources[].ARN',
  'resources[].arn',
];

/** @internal */
export function secretId(condition: Condition, scope: Scope): RecordTree {
  return anyOf(...secretIdPaths(scope).map((path) => at(path, condition)));
}

/** The name of a secret is its id, or stands behind `:secret:` in the ARN, which may end in random letters. @internal */
export function secretName(condition: Condition, scope: Scope): RecordTree {
  return anyOf(
    at('responseElements.name', condition),
    at('additionalEventData.Name', condition),
    ...secretIdPaths(scope).flatMap((path) => [at(path, condition), after(':secret:', path, condition)]),
  );
}

/** With every service in scope there are KMS keys too, and the secrets that they were used for. */
function secretIdPaths(scope: Scope): readonly RecordPath[] {
  return scope === 'all' ? [...SECRET_IDS, 'requestParameters.encryptionContext.SecretARN'] : SECRET_IDS;
}

/** @internal */
export function secretVersion(condition: Condition, scope: Scope): RecordTree {
  return anyOf(
    at('requestParameters.versionId', condition),
    at('requestParameters.moveToVersionId', condition),
    at('requestParameters.versionStage', condition),
    at('responseElements.versionId', condition),
    ...(scope === 'all' ? [at('requestParameters.encryptionContext.SecretVersionId', condition)] : []),
  );
}

/** A text in a policy, or the name of a parameter that stands for a secret. @internal */
export function mentioned(condition: Condition): RecordTree {
  const reference = at('requestParameters.name', condition);
  if (condition.op === 'exists') {
    const any = { field: condition.field, op: 'startsWith', value: PARAMETER_OF_SECRET } as const;
    return anyOf(at('requestParameters.name', any), ...POLICIES.map((path) => contains(path, ':secretsmanager:')));
  }
  return anyOf(reference, ...POLICIES.map((path) => after('', path, condition)));
}

const POLICIES: readonly RecordPath[] = ['requestParameters.policyDocument', 'requestParameters.policy'];

/** A user name, or the end of an ARN or of a principal id. @internal */
export function actorName(condition: Condition): RecordTree {
  return anyOf(
    at('userIdentity.userName', condition),
    atEnd('/', 'userIdentity.arn', condition),
    at('userIdentity.principalId', condition),
    atEnd(':', 'userIdentity.principalId', condition),
    at('userIdentity.invokedBy', condition),
    at('userIdentity.accountId', condition),
    at('userIdentity.onBehalfOf.userId', condition),
    at('userIdentity.sessionContext.sourceIdentity', condition),
    // Of the root user the record has no name.
    ...(test(condition)('root') ? [is('userIdentity.type', 'Root')] : []),
  );
}

/**
 * Callers whose name could only be the source identity of their session, for a language that cannot ask for that: no
 * user name, and neither a session nor an account that the name could be taken from.
 *
 * @internal
 */
export const NAMELESS: RecordTree = anyOf(
  allOf(
    // CloudTrail's word where somebody may have typed a password for a name.
    anyOf(not(exists('userIdentity.userName')), is('userIdentity.userName', 'HIDDEN_DUE_TO_SECURITY_REASONS')),
    anyOf(
      not(contains('userIdentity.principalId', ':')),
      endsWith('userIdentity.principalId', ':'),
      is('userIdentity.type', 'WebIdentityUser', 'SAMLUser', 'IdentityCenterUser'),
    ),
  ),
  allOf(is('userIdentity.type', 'AWSService'), not(exists('userIdentity.invokedBy'))),
  allOf(is('userIdentity.type', 'AWSAccount'), not(exists('userIdentity.accountId'))),
);

/** The role's name is the issuer's, or stands at the end of a role's ARN or within that of a session. @internal */
export function actorRole(condition: Condition): RecordTree {
  return anyOf(
    at('userIdentity.sessionContext.sessionIssuer.userName', condition),
    atEnd('', 'userIdentity.sessionContext.sessionIssuer.arn', condition),
    atEnd('', 'userIdentity.arn', condition),
    after('assumed-role/', 'userIdentity.arn', condition),
  );
}

/** Asks whether what stands behind `mark` could meet the condition; where it ends is not known. */
function after(mark: string, path: RecordPath, condition: Condition): RecordTree {
  switch (condition.op) {
    case 'in':
      return anyOf(...condition.values.map((value) => contains(path, mark + value)));
    case 'startsWith':
      return contains(path, mark + condition.value);
    case 'endsWith':
    case 'contains':
      return contains(path, condition.value);
    default:
      return at(path, condition);
  }
}

/** Asks whether what stands between `mark` and the end could meet the condition. */
function atEnd(mark: string, path: RecordPath, condition: Condition): RecordTree {
  switch (condition.op) {
    case 'in':
      return anyOf(...condition.values.map((value) => endsWith(path, mark + value)));
    case 'startsWith':
      return contains(path, mark + condition.value);
    default:
      return at(path, condition);
  }
}
