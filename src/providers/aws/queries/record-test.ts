/** Conditions on places of a CloudTrail record: what a filter's conditions become before they are put into words. */
import type { Condition, Tree } from '../../../filter/condition.ts';

/**
 * Whether a place of a record holds something: `always`; `optional`: it may be missing; `blank`: it may also be an
 * empty text, which counts as missing.
 */
export type Presence = 'always' | 'optional' | 'blank';

/**
 * Every place that is asked about; `[]` stands for any element of a list.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-record-contents`, `cloudtrail-event-reference-user-identity`.
 *
 * @internal
 */
export const RECORD_PATHS = {
  eventName: 'always',
  eventSource: 'always',
  eventTime: 'always',
  eventID: 'optional',
  eventType: 'optional',
  awsRegion: 'optional',
  errorCode: 'optional',
  errorMessage: 'optional',
  readOnly: 'optional',
  recipientAccountId: 'optional',
  sourceIPAddress: 'optional',
  userAgent: 'optional',
  vpcEndpointId: 'optional',
  'userIdentity.type': 'optional',
  'userIdentity.arn': 'optional',
  'userIdentity.principalId': 'blank',
  'userIdentity.userName': 'optional',
  'userIdentity.accountId': 'optional',
  'userIdentity.accessKeyId': 'blank',
  'userIdentity.invokedBy': 'optional',
  'userIdentity.onBehalfOf.userId': 'optional',
  'userIdentity.sessionContext.sourceIdentity': 'optional',
  'userIdentity.sessionContext.sessionIssuer.type': 'optional',
  'userIdentity.sessionContext.sessionIssuer.userName': 'optional',
  'userIdentity.sessionContext.sessionIssuer.arn': 'optional',
  'requestParameters.secretId': 'optional',
  'requestParameters.secretIdList[]': 'optional',
  'requestParameters.name': 'optional',
  'requestParameters.policy': 'optional',
  'requestParameters.policyDocument': 'optional',
  'requestParameters.versionId': 'optional',
  'requestParameters.versionStage': 'optional',
  'requestParameters.moveToVersionId': 'optional',
  'requestParameters.encryptionContext.SecretARN': 'optional',
  'requestParameters.encryptionContext.SecretVersionId': 'optional',
  'responseElements.arn': 'optional',
  'responseElements.aRN': 'optional',
  'responseElements.ARN': 'optional',
  'responseElements.name': 'optional',
  'responseElements.versionId': 'optional',
  'responseElements.ConsoleLogin': 'optional',
  'additionalEventData.SecretId': 'optional',
  'additionalEventData.secretId': 'optional',
  'additionalEventData.ARN': 'optional',
  'additionalEventData.Name': 'optional',
  'serviceEventDetails.secretId': 'optional',
  'serviceEventDetails.SecretId': 'optional',
  'resources[].ARN': 'optional',
  'resources[].arn': 'optional',
} as const satisfies Readonly<Record<string, Presence>>;

/** One of {@link RECORD_PATHS}. */
export type RecordPath = keyof typeof RECORD_PATHS;

type WithoutField<C> = C extends unknown ? Omit<C, 'field'> : never;

/** What a {@link Condition} asks, whatever it asks it of. */
export type Comparison = WithoutField<Condition>;

/** A {@link Condition} on a place of the record. A missing value makes it false. */
export type RecordTest = Comparison & { readonly path: RecordPath };

/** Conditions on places of the record. */
export type RecordTree = Tree<RecordTest>;

/** A field's condition, asked of one place. @internal */
export function at(path: RecordPath, { field: _, ...rest }: Condition): RecordTree {
  return { type: 'leaf', condition: { path, ...rest } };
}

/** @internal */
export const is = (path: RecordPath, ...values: readonly string[]): RecordTree => ({
  type: 'leaf',
  condition: { path, op: 'in', values },
});

/** @internal */
export const contains = (path: RecordPath, value: string): RecordTree => ({
  type: 'leaf',
  condition: { path, op: 'contains', value },
});

/** @internal */
export const endsWith = (path: RecordPath, value: string): RecordTree => ({
  type: 'leaf',
  condition: { path, op: 'endsWith', value },
});

/** @internal */
export const exists = (path: RecordPath): RecordTree => ({ type: 'leaf', condition: { path, op: 'exists' } });

/** @internal */
export const not = (part: RecordTree): RecordTree => ({ type: 'not', part });

/** @internal */
export const allOf = (...parts: readonly RecordTree[]): RecordTree => ({ type: 'all', parts });

/** @internal */
export const anyOf = (...parts: readonly RecordTree[]): RecordTree => ({ type: 'any', parts });

/** The condition on the first of several places that holds a value. @internal */
export function firstOf(paths: readonly RecordPath[], condition: Condition): RecordTree {
  const [path, ...others] = paths;
  if (path === undefined) return anyOf();
  const here = at(path, condition);
  return others.length === 0 ? here : anyOf(here, allOf(not(exists(path)), firstOf(others, condition)));
}
