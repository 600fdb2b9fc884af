import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  ALARM_RECIPES,
  type AlarmRecipe,
  type CloudFormationTemplate,
  deprecatedVersionUsed,
  findRecipe,
  toCloudFormation,
  toConfigRules,
  toEventBridge,
  toSecurityHub,
  toTerraform,
  toTrailTemplate,
  toYaml,
  unusualActor,
} from '../../src/alarms/index.ts';
import { AuditError } from '../../src/index.ts';
import { faultsOf } from './resource-schema.ts';
import { unknownArguments } from './terraform-arguments.ts';

const OPTIONS = { logGroup: 'CloudTrail/MyCloudWatchLogGroup', emails: ['security@example.com'] };
const RECIPES: readonly AlarmRecipe[] = [
  ...ALARM_RECIPES,
  unusualActor({ roles: ['app-server', 'ci'], ids: ['arn:aws:iam::111122223333:user/ci'] }),
  deprecatedVersionUsed({ versions: ['EXAMPLE1-90ab-cdef-fedc-ba987SECRET1'] }),
];
const LAMBDA = 'arn:aws:lambda:us-east-1:111122223333:function:on-event';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const counts = (recipe: AlarmRecipe) => !('events' in recipe) || (recipe.threshold?.count ?? 1) > 1;

const TEMPLATES: readonly (readonly [string, CloudFormationTemplate])[] = [
  ...RECIPES.map((recipe, i) => [`${recipe.name} ${i}, metric alarm`, toCloudFormation(recipe, OPTIONS)] as const),
  ...RECIPES.filter((recipe) => !counts(recipe)).map(
    (recipe, i) =>
      [`${recipe.name} ${i}, rule`, toEventBridge(recipe, { ...OPTIONS, lambdaArn: LAMBDA, queue: true })] as const,
  ),
  ['all recipes at once', toCloudFormation(ALARM_RECIPES, OPTIONS)],
  ['a topic that exists', toCloudFormation(findRecipe('secret-deleted'), { ...OPTIONS, topicArn: TOPIC })],
  ['a key that exists', toCloudFormation(findRecipe('secret-deleted'), { ...OPTIONS, kmsKeyArn: KEY })],
  [
    'with a trail',
    toCloudFormation(findRecipe('secret-deleted'), { emails: OPTIONS.emails, trail: { name: 'secrets' } }),
  ],
  ['a trail', toTrailTemplate({ name: 'secrets-trail' })],
  [
    'a trail of an organisation',
    toTrailTemplate({
      name: 'org',
      organizationId: 'o-exampleorgid',
      retentionDays: 365,
      fileNotices: ['a@example.com'],
    }),
  ],
  ['rules of AWS Config', toConfigRules({ aggregate: ['111122223333'], prefix: 'ours' })],
  ['rules of AWS Config for an organisation', toConfigRules({ aggregate: 'organization' })],
  ['Security Hub', toSecurityHub()],
  ['the standard alone', toSecurityHub({ hub: false })],
];

describe.each(TEMPLATES)('%s', (_, template) => {
  test("fits CloudFormation's schema, and names nothing that is not there", () => {
    expect(faultsOf(template)).toEqual([]);
  });

  test('is the same as YAML', () => {
    expect(parse(toYaml(template), { version: '1.1' })).toEqual(JSON.parse(JSON.stringify(template)));
  });

  test('as Terraform has only arguments that the provider knows, and expressions that lead somewhere', () => {
    const configuration = toTerraform(template);
    expect(unknownArguments(configuration.resource)).toEqual([]);
    const places = Object.entries(configuration.resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    const used = [...JSON.stringify(configuration.resource).matchAll(/\$\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    const known = [
      ...places,
      'data.aws_caller_identity.current',
      'data.aws_partition.current',
      'data.aws_region.current',
    ];
    expect(used.filter((one) => !known.includes(one.slice(0, one.lastIndexOf('.'))))).toEqual([]);
    expect(Object.keys(configuration.resource).length).toBeGreaterThan(0);
  });

  test('lets nobody in but named services of this account', () => {
    const policies = policiesIn(template);
    for (const statement of policies) {
      expect(statement['Principal'] ?? 'none').not.toBe('*');
      expect(JSON.stringify(statement['Principal'] ?? {})).not.toContain('"*"');
      const { Service } = (statement['Principal'] ?? {}) as { Service?: string };
      // EventBridge gives no context when it publishes to a topic; a condition would silence it.
      const isMute = Service === 'events.amazonaws.com' && /sns:|kms:/.test(JSON.stringify(statement['Action']));
      if (isMute) expect(statement['Condition']).toBeUndefined();
      else if (Service !== undefined)
        expect(JSON.stringify(statement['Condition'])).toMatch(/aws:Source(?:Account|Arn)/);
    }
  });
});

function policiesIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const statements = (value as { Statement?: unknown }).Statement;
  if (Array.isArray(statements)) return statements;
  return Object.values(value).flatMap(policiesIn);
}

test('the judge finds what is wrong', () => {
  const template = (Type: string, Properties: CloudFormationTemplate['Resources'][string]['Properties']) =>
    faultsOf({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: '',
      Resources: { A: { Type, Properties: Properties ?? {} } },
    });
  expect(template('AWS::Logs::MetricFilters', {})).toEqual(['A: there is no AWS::Logs::MetricFilters']);
  expect(template('AWS::SNS::Subscription', { TopicArn: { Ref: 'B' }, Protocoll: 'email' })).toEqual([
    'A: there is no Protocoll',
    'A: Protocol is required',
    'A names B, which is not there',
  ]);
  expect(template('AWS::SNS::Topic', { DisplayName: 1 })).toEqual(['A.DisplayName: not a string']);
  expect(unknownArguments({ aws_sns_topic: { a: { colour: 'red' } }, aws_nothing: { b: {} } })).toEqual([
    'aws_sns_topic.a: colour',
    'aws_nothing',
  ]);
});

test('pending-deletion-access is what the guide describes', () => {
  const { Resources } = toCloudFormation(findRecipe('pending-deletion-access'), OPTIONS);
  expect(Resources['PendingDeletionAccessFilter']?.Properties).toEqual({
    FilterName: 'AttemptsToAccessDeletedSecrets',
    LogGroupName: 'CloudTrail/MyCloudWatchLogGroup',
    FilterPattern:
      '{ $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }',
    MetricTransformations: [
      { MetricNamespace: 'CloudTrailLogMetrics', MetricName: 'AttemptsToAccessDeletedSecrets', MetricValue: '1' },
    ],
  });
  expect(Resources['PendingDeletionAccessAlarm']?.Properties).toMatchObject({
    AlarmName: 'AttemptsToAccessDeletedSecretsAlarm',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    AlarmActions: [{ Ref: 'AlarmTopic' }],
  });
  expect(Resources['AlarmTopicEmail1']?.Properties).toMatchObject({
    Protocol: 'email',
    Endpoint: 'security@example.com',
  });
  expect(Resources['AlarmTopic']?.Properties).toMatchObject({ KmsMasterKeyId: { Ref: 'AlarmTopicKey' } });
});

test('the same input gives the same template', () => {
  const twice = [1, 2].map(() => JSON.stringify(toCloudFormation(ALARM_RECIPES, OPTIONS)));
  expect(twice[0]).toBe(twice[1]);
});

test('a prefix keeps names apart', () => {
  const names = (prefix: string) =>
    JSON.stringify(toCloudFormation(findRecipe('access-denied'), { ...OPTIONS, prefix })).match(
      /"(?:FilterName|AlarmName|MetricName)":"[^"]+"/g,
    );
  expect(names('a')?.length).toBe(4);
  expect(names('a')?.filter((name) => names('b')?.includes(name))).toEqual([]);
});

test('a rule for reads has the state that reads need', () => {
  const state = (name: string) => toEventBridge(findRecipe(name), OPTIONS).Resources;
  expect(state('pending-deletion-access')['PendingDeletionAccessRule']?.Properties?.['State']).toBe(
    'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
  );
  expect(state('secret-deleted')['SecretDeletedRule']?.Properties?.['State']).toBe('ENABLED');
});

test('values of the caller stay literal in Terraform', () => {
  const recipe = {
    ...findRecipe('secret-deleted'),
    name: 'mine',
    events: { aws: [{ name: 'DeleteSecret', 'actor.type': `a\${var.x}%{ if true }` }] as const },
  };
  const text = JSON.stringify(toTerraform(toCloudFormation(recipe, OPTIONS)));
  expect(text).toContain('a$${var.x}%%{ if true }');
});

describe('refusals', () => {
  const deleted = findRecipe('secret-deleted');
  const many = (count: number) => Array.from({ length: count }, (_, i) => `AKIAIOSFODNN7EXAMP${i}`);
  const mine = (aws: object) => ({ ...deleted, name: 'mine', events: { aws: [aws] } }) as unknown as AlarmRecipe;
  test.each<[string, () => unknown, string, RegExp]>([
    [
      'no e-mail',
      () => toCloudFormation(deleted, { ...OPTIONS, emails: ['a@b@c.de'] }),
      'invalid-argument',
      /"a@b@c\.de" is no e-mail/,
    ],
    [
      'a list of e-mails',
      () => toCloudFormation(deleted, { ...OPTIONS, emails: ['a@b.de,c@d.de'] }),
      'invalid-argument',
      /one at a time/,
    ],
    [
      'an e-mail with a line end',
      () => toCloudFormation(deleted, { ...OPTIONS, emails: ['a@b.de\n'] }),
      'invalid-argument',
      /no e-mail/,
    ],
    [
      'an e-mail twice',
      () => toCloudFormation(deleted, { ...OPTIONS, emails: ['a@b.de', 'a@b.de'] }),
      'invalid-argument',
      /twice/,
    ],
    ['nobody to tell', () => toCloudFormation(deleted, { logGroup: 'x' }), 'invalid-argument', /nobody would be told/],
    [
      'no log group',
      () => toCloudFormation(deleted, { emails: OPTIONS.emails }),
      'invalid-argument',
      /a log group is needed/,
    ],
    [
      'a log group with a space',
      () => toCloudFormation(deleted, { ...OPTIONS, logGroup: 'a b' }),
      'invalid-argument',
      /refuses the log group "a b"/,
    ],
    [
      'the ARN of a log group',
      () => toCloudFormation(deleted, { ...OPTIONS, logGroup: 'arn:aws:logs:us-east-1:111122223333:log-group:x' }),
      'invalid-argument',
      /take the name/,
    ],
    [
      'a log group of AWS',
      () => toCloudFormation(deleted, { ...OPTIONS, logGroup: 'aws/x' }),
      'invalid-argument',
      /may not begin with aws/,
    ],
    [
      'a topic that is none',
      () => toCloudFormation(deleted, { ...OPTIONS, topicArn: 'alarms' }),
      'invalid-argument',
      /no ARN of sns/,
    ],
    [
      'a prefix with a dollar',
      () => toCloudFormation(deleted, { ...OPTIONS, prefix: `\${x}` }),
      'invalid-argument',
      /prefix/,
    ],
    ['one recipe twice', () => toCloudFormation([deleted, deleted], OPTIONS), 'invalid-argument', /given twice/],
    [
      'half an event',
      () => toCloudFormation(deleted, { ...OPTIONS, threshold: { count: 0.5 } }),
      'invalid-argument',
      /threshold\.count/,
    ],
    [
      'too long a pattern',
      () => toCloudFormation(mine({ 'actor.credential': many(50) }), OPTIONS),
      'unsupported',
      /\d+ characters of at most 1024/,
    ],
    [
      'too many wildcards',
      () =>
        toCloudFormation(
          mine({ any: ['a', 'b', 'c', 'd'].map((x) => ({ 'error.message': { contains: x } })) }),
          OPTIONS,
        ),
      'unsupported',
      /4 wildcards of at most 3/,
    ],
    [
      'too many expressions',
      () => toCloudFormation(mine({ any: ['*a', '*b', '*c'].map((x) => ({ 'error.message': x })) }), OPTIONS),
      'unsupported',
      /3 regular expressions of at most 2/,
    ],
    [
      'too long a rule',
      () => toEventBridge(mine({ 'actor.credential': many(120) }), OPTIONS),
      'unsupported',
      /\d+ characters of at most 2048/,
    ],
    [
      'a rule that counts',
      () => toEventBridge(findRecipe('bulk-read'), OPTIONS),
      'unsupported',
      /counts \(100 events\)/,
    ],
    ['a rule for charges', () => toEventBridge(findRecipe('estimated-charges'), OPTIONS), 'unsupported', /charges/],
    [
      'an event of another cloud',
      () => toCloudFormation(mine({ name: 'secrets-manager.secret.read' }), OPTIONS),
      'unsupported',
      /can match no event/,
    ],
    ['a field that is none', () => toCloudFormation(mine({ actoin: 'x' }), OPTIONS), 'invalid-argument', /action/],
    [
      'a reference to a secret',
      () => toCloudFormation(mine({ 'actor.type': '{{resolve:secretsmanager:x}}' }), OPTIONS),
      'invalid-argument',
      /\{\{resolve:/,
    ],
    [
      'a recipe with a loud name',
      () => toCloudFormation({ ...deleted, name: 'Deleted!' }, OPTIONS),
      'invalid-argument',
      /lower-case/,
    ],
    ['a trail with a space', () => toTrailTemplate({ name: 'a trail' }), 'invalid-argument', /"a trail"/],
    [
      'a trail for ten days',
      () => toTrailTemplate({ name: 'trail', retentionDays: 10 }),
      'invalid-argument',
      /no 10 days/,
    ],
    [
      'an organisation that is none',
      () => toTrailTemplate({ name: 'trail', organizationId: '*' }),
      'invalid-argument',
      /o-exampleorgid/,
    ],
    [
      'a rule that is none',
      () => toConfigRules({ parameters: { 'secretsmanager-secret-unusd': {} } }),
      'invalid-argument',
      /did you mean secretsmanager-secret-unused\?/,
    ],
    [
      'a parameter that is none',
      () => toConfigRules({ parameters: { 'secretsmanager-secret-unused': { days: 1 } } }),
      'invalid-argument',
      /unusedForDays/,
    ],
    ['an account that is none', () => toConfigRules({ aggregate: ['1'] }), 'invalid-argument', /12 digits/],
    ['nobody who is usual', () => unusualActor({}), 'invalid-argument', /at least one usual actor/],
    ['a recipe that is none', () => findRecipe('secret-deletd'), 'invalid-argument', /did you mean secret-deleted\?/],
    [
      'a recipe by half its name',
      () => findRecipe('rotation'),
      'invalid-argument',
      /rotation-failed or rotation-succeeded/,
    ],
  ])('%s', (_, make, code, message) => {
    let thrown: unknown;
    try {
      make();
    } catch (error) {
      thrown = error;
    }
    expect(AuditError.is(thrown) && thrown.code).toBe(code);
    expect((thrown as Error).message).toMatch(message);
  });
});
