/** The topic of an alarm and who is told, in an account. */
import { AuditError } from '../../model/error.ts';
import type { AlarmReceivers } from '../aws/topic.ts';
import { prefixed } from '../prefixed.ts';
import type { Change } from './apply.ts';
import { called } from './call.ts';
import type { TopicClient } from './ports.ts';

/** One topic for all recipes that are applied with the same prefix. */
const NAME = 'secret-events-alarms';

interface Named {
  readonly prefix?: string;
}

/** The ARN of the topic; a name in its place where it would only be made. @internal */
export async function applyTopic(sns: TopicClient, options: AlarmReceivers & Named, change: Change): Promise<string> {
  const { topicArn, emails = [] } = options;
  const name = nameOf(options);
  const known = topicArn ?? (await find(sns, name));
  const arn = topicArn ?? (await makeTopic(sns, known, options, change));
  const told = known === undefined ? [] : await subscribers(sns, known);
  for (const email of emails) {
    const action = told.includes(email) ? 'keep' : 'create';
    await change({ action, resource: 'subscription', name: email }, () =>
      called('Subscribe', () => sns.subscribe({ TopicArn: arn, Protocol: 'email', Endpoint: email })),
    );
  }
  return arn;
}

/** @internal */
export async function removeTopic(sns: TopicClient, options: Named, change: Change): Promise<void> {
  const name = nameOf(options);
  const TopicArn = await find(sns, name);
  if (TopicArn === undefined) return;
  await change({ action: 'delete', resource: 'topic', name }, () =>
    called('DeleteTopic', () => sns.deleteTopic({ TopicArn })),
  );
}

function nameOf({ prefix }: Named): string {
  return prefixed(prefix, NAME);
}

async function makeTopic(
  sns: TopicClient,
  known: string | undefined,
  options: AlarmReceivers & Named,
  change: Change,
): Promise<string> {
  const { kmsKeyArn } = options;
  const name = nameOf(options);
  let arn = known ?? name;
  await change({ action: known === undefined ? 'create' : 'keep', resource: 'topic', name }, async () => {
    const made = await called('CreateTopic', () =>
      sns.createTopic({ Name: name, ...(kmsKeyArn !== undefined && { Attributes: { KmsMasterKeyId: kmsKeyArn } }) }),
    );
    if (made.TopicArn === undefined) throw new AuditError('unknown', 'CreateTopic: SNS gave no ARN');
    arn = made.TopicArn;
  });
  const has = known === undefined ? {} : await attributesOf(sns, known);
  const set = (AttributeName: string, AttributeValue: string) =>
    called('SetTopicAttributes', () => sns.setTopicAttributes({ TopicArn: arn, AttributeName, AttributeValue }));
  if (known !== undefined && kmsKeyArn !== undefined && has['KmsMasterKeyId'] !== kmsKeyArn) {
    await change({ action: 'update', resource: 'topic', name }, () => set('KmsMasterKeyId', kmsKeyArn));
  }
  const policy = () => policyOf(arn);
  const isSame = known !== undefined && sameJson(has['Policy'], policy());
  const action = known === undefined ? 'create' : isSame ? 'keep' : 'update';
  await change({ action, resource: 'topic-policy', name }, () => set('Policy', policy()));
  return arn;
}

/** Only alarms of the same account and Region may publish. */
function policyOf(topicArn: string): string {
  const [, partition, , region, account] = topicArn.split(':');
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Publish',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      },
    ],
  });
}

function sameJson(text: string | undefined, wanted: string): boolean {
  try {
    return text !== undefined && JSON.stringify(JSON.parse(text)) === wanted;
  } catch {
    return false;
  }
}

async function find(sns: TopicClient, name: string): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const input = NextToken === undefined ? {} : { NextToken };
    const page = await called('ListTopics', () => sns.listTopics(input));
    const found = page.Topics?.find(({ TopicArn }) => TopicArn?.endsWith(`:${name}`));
    if (found?.TopicArn !== undefined) return found.TopicArn;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}

async function attributesOf(sns: TopicClient, TopicArn: string): Promise<Readonly<Record<string, string>>> {
  return (await called('GetTopicAttributes', () => sns.getTopicAttributes({ TopicArn }))).Attributes ?? {};
}

async function subscribers(sns: TopicClient, TopicArn: string): Promise<readonly string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const input = { TopicArn, ...(NextToken !== undefined && { NextToken }) };
    const page = await called('ListSubscriptionsByTopic', () => sns.listSubscriptionsByTopic(input));
    for (const { Protocol, Endpoint } of page.Subscriptions ?? []) {
      if (Protocol === 'email' && Endpoint !== undefined) found.push(Endpoint);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}
