/** Where alarms go: an encrypted SNS topic that only the named services of this account may publish to. */
import { AuditError } from '../../model/error.ts';
import { checkArn, checkEmails } from '../checks.ts';
import { type CfnValue, policyOf, type Resources, ref, type Statement, sub, THIS_ACCOUNT } from './template.ts';

/** Who is told. */
export interface AlarmReceivers {
  /** Each gets a message that has to be confirmed before anything else arrives. */
  readonly emails?: readonly string[];
  /** A topic that exists already, in place of one made for the alarm; who may publish to it is its own affair. */
  readonly topicArn?: string;
  /**
   * A customer managed KMS key for the topic, in place of one made for it (which costs by the month). Its policy must let
   * the publishing service use it: the key that AWS itself manages for SNS does not.
   */
  readonly kmsKeyArn?: string;
}

/** A service that publishes, and the resources it does it for. @internal */
export interface Publisher {
  readonly service: 'cloudwatch.amazonaws.com' | 'events.amazonaws.com' | 'cloudtrail.amazonaws.com';
  readonly sources: readonly CfnValue[];
}

/** @throws AuditError `invalid-argument` when nobody would be told, or not by these words. @internal */
export function checkReceivers({ emails = [], topicArn, kmsKeyArn }: AlarmReceivers): void {
  checkEmails(emails);
  if (topicArn !== undefined) checkArn('topicArn', topicArn, 'sns', 'arn:aws:sns:us-east-1:111122223333:alarms');
  if (kmsKeyArn !== undefined) {
    checkArn(
      'kmsKeyArn',
      kmsKeyArn,
      'kms',
      'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    );
  }
  if (topicArn !== undefined && kmsKeyArn !== undefined) {
    throw new AuditError(
      'invalid-argument',
      'kmsKeyArn is for a topic that is made; the one of topicArn has its own key',
    );
  }
  if (topicArn === undefined && emails.length === 0) {
    throw new AuditError(
      'invalid-argument',
      'nobody would be told: give emails, or the topicArn of a topic that exists',
    );
  }
}

/** The topic with all that belongs to it, and the value that names it. @internal */
export function topicOf(
  id: string,
  title: string,
  { emails = [], topicArn, kmsKeyArn }: AlarmReceivers,
  publisher: Publisher,
): { readonly topic: CfnValue; readonly resources: Resources } {
  const topic: CfnValue = topicArn ?? ref(id);
  const subscriptions = Object.fromEntries(
    emails.map((email, i) => [
      `${id}Email${i + 1}`,
      { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: topic, Protocol: 'email', Endpoint: email } },
    ]),
  );
  if (topicArn !== undefined) return { topic, resources: subscriptions };
  const key: Resources = kmsKeyArn === undefined ? { [`${id}Key`]: keyOf(title, publisher) } : {};
  return {
    topic,
    resources: {
      ...key,
      [id]: {
        Type: 'AWS::SNS::Topic',
        Properties: { DisplayName: title.slice(0, 100), KmsMasterKeyId: kmsKeyArn ?? ref(`${id}Key`) },
      },
      [`${id}Policy`]: {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: { Topics: [topic], PolicyDocument: policyOf([mayPublish(topic, publisher)]) },
      },
      ...subscriptions,
    },
  };
}

/**
 * EventBridge says nothing of itself when it publishes to a topic: a condition would never hold, and messages would be
 * lost in silence. Source: EventBridge User Guide, `eb-use-resource-based`; it may have changed since, and no account was
 * at hand to try.
 */
const MUTE: Publisher['service'] = 'events.amazonaws.com';

function mayPublish(topic: CfnValue, { service, sources }: Publisher): Statement {
  return {
    Sid: 'Publish',
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sns:Publish',
    Resource: topic,
    ...(service !== MUTE && {
      Condition: { StringEquals: { 'aws:SourceAccount': THIS_ACCOUNT }, ArnEquals: { 'aws:SourceArn': sources } },
    }),
  };
}

/** The policy of a key speaks of that key alone, so `*` is the key. Without the account nobody could manage it. */
function keyOf(title: string, { service }: Publisher) {
  return {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: `Encrypts messages: ${title}`.slice(0, 400),
      EnableKeyRotation: true,
      KeyPolicy: policyOf([
        {
          Sid: 'Account',
          Effect: 'Allow',
          Principal: { AWS: sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root`) },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'Publish',
          Effect: 'Allow',
          Principal: { Service: service },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          ...(service !== MUTE && { Condition: { StringEquals: { 'aws:SourceAccount': THIS_ACCOUNT } } }),
        },
      ]),
    },
  };
}
