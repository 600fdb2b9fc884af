/** Recipes as EventBridge rules: no metric, no threshold, a message for each event. */
import { AuditError } from '../../model/error.ts';
import { eventPatternExcess, toEventPattern } from '../../providers/aws/queries/event-pattern.ts';
import { checkArn, checkPrefix, checkRecipe } from '../checks.ts';
import { prefixed } from '../prefixed.ts';
import { type AlarmRecipe, isEventRecipe, oneOf } from '../recipe.ts';
import { idOf, thresholdOf } from './metric-plan.ts';
import {
  arnOf,
  type CfnProperties,
  type CfnValue,
  type CloudFormationTemplate,
  policyOf,
  type Resources,
  ref,
  type Statement,
  templateOf,
} from './template.ts';
import { type AlarmReceivers, checkReceivers, topicOf } from './topic.ts';

/** Where events go, at least one of them. */
export interface EventBridgeOptions extends AlarmReceivers {
  /** A Lambda function that is called with each event. */
  readonly lambdaArn?: string;
  /** Makes an encrypted queue that keeps events for 14 days. */
  readonly queue?: boolean;
  /** In front of the names of rules, so that one recipe can be in an account several times. */
  readonly prefix?: string;
}

/**
 * One recipe as a CloudFormation template of an EventBridge rule on the default bus, with its targets: a topic, a Lambda
 * function, a queue. It needs a trail that is logging; the rule gets the state that events which only read need, where
 * the recipe asks for such. Counting is beyond EventBridge.
 *
 * Source: EventBridge User Guide, `eb-service-event-cloudtrail`, `eb-use-resource-based`.
 *
 * @throws AuditError `invalid-argument` for a recipe or option that AWS would refuse; `unsupported` for a recipe that
 * counts, has no events of AWS, or has no room in a pattern.
 * @example
 * ```ts
 * import { findRecipe, toEventBridge } from 'secret-events/alarms';
 *
 * const template = toEventBridge(findRecipe('secret-deleted'), {
 *   emails: ['security@example.com'],
 *   lambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:on-deletion',
 * });
 * console.log(JSON.stringify(template));
 * ```
 */
export function toEventBridge(recipe: AlarmRecipe, options: EventBridgeOptions): CloudFormationTemplate {
  checkRecipe(recipe);
  const { lambdaArn, queue = false, prefix } = options;
  if (prefix !== undefined) checkPrefix(prefix);
  const tellsPeople = options.topicArn !== undefined || (options.emails ?? []).length > 0;
  if (tellsPeople || (lambdaArn === undefined && !queue)) checkReceivers(options);
  if (lambdaArn !== undefined) {
    checkArn('lambdaArn', lambdaArn, 'lambda', 'arn:aws:lambda:us-east-1:111122223333:function:on-event');
  }
  const { query, ruleState } = eventPatternOf(recipe);
  const id = `${idOf(recipe.name)}Rule`;
  const publisher = { service: 'events.amazonaws.com', sources: [arnOf(id)] } as const;
  const { topic, resources } = tellsPeople
    ? topicOf('EventTopic', recipe.title, options, publisher)
    : { topic: undefined, resources: {} };
  const targets: { Id: string; Arn: CfnValue }[] = [];
  if (topic !== undefined) targets.push({ Id: 'Topic', Arn: topic });
  if (lambdaArn !== undefined) targets.push({ Id: 'Function', Arn: lambdaArn });
  if (queue) targets.push({ Id: 'Queue', Arn: arnOf('EventQueue') });
  return templateOf(recipe.title, {
    [id]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: prefixed(prefix, `secret-events-${recipe.name}`).slice(0, 64),
        Description: recipe.title.slice(0, 512),
        EventPattern: query,
        State: ruleState,
        Targets: targets,
      },
    },
    ...resources,
    ...(lambdaArn !== undefined && { FunctionPermission: permissionOf(id, lambdaArn) }),
    ...(queue && queueOf(id)),
  });
}

/** The pattern of a recipe, and the state that its rule needs. @internal */
export function eventPatternOf(recipe: AlarmRecipe): {
  readonly query: CfnProperties;
  readonly ruleState: string;
  readonly notes: readonly string[];
} {
  const refuse = (what: string) => new AuditError('unsupported', `recipe ${recipe.name} ${what}`);
  if (!isEventRecipe(recipe)) throw refuse('is about charges; EventBridge has no event of them. Use a metric alarm');
  const { aws } = recipe.events;
  if (aws === undefined) throw refuse('has no events of AWS');
  const { count } = thresholdOf(recipe, {});
  if (count > 1) throw refuse(`counts (${count} events), and EventBridge does not. Use a metric alarm`);
  const filter = oneOf(aws);
  const excess = eventPatternExcess(filter);
  if (excess !== undefined) throw refuse(`is too long for an event pattern: ${excess}. Name fewer values`);
  const { query, ruleState, nothing, widened } = toEventPattern(filter);
  if (nothing) throw refuse('can match no event of AWS');
  return { query: query as CfnProperties, ruleState, notes: widened };
}

function permissionOf(rule: string, lambdaArn: string): Resources[string] {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: lambdaArn,
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: arnOf(rule),
    },
  };
}

const TWO_WEEKS = 14 * 86_400;

function queueOf(rule: string): Resources {
  const statement: Statement = {
    Sid: 'Send',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arnOf('EventQueue'),
    Condition: { ArnEquals: { 'aws:SourceArn': arnOf(rule) } },
  };
  return {
    EventQueue: {
      Type: 'AWS::SQS::Queue',
      Properties: { SqsManagedSseEnabled: true, MessageRetentionPeriod: TWO_WEEKS },
    },
    EventQueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref('EventQueue')], PolicyDocument: policyOf([statement]) },
    },
  };
}
