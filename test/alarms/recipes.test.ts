import { describe, expect, test } from 'vitest';
import {
  ALARM_RECIPES,
  type AlarmRecipe,
  alarmExamples,
  deprecatedVersionUsed,
  type EventRecipe,
  findRecipe,
  liveTester,
  recipeQueries,
  toEventBridge,
  toIbmAlert,
  tryRecipe,
  unusualActor,
} from '../../src/alarms/index.ts';
import { AuditError, type AuditEvent } from '../../src/index.ts';
import { decodeCloudTrail } from '../../src/providers/aws/index.ts';
import { decodeActivityEvent } from '../../src/providers/ibm/index.ts';
import { startAwsServer } from '../../src/testing/index.ts';
import { rowOf } from '../providers/ibm/queries/languages.ts';
import { readEventPattern } from '../support/evaluators/event-pattern.ts';
import { readFilterPattern } from '../support/evaluators/filter-pattern.ts';
import { readLucene } from '../support/evaluators/lucene.ts';

const EVENT_RECIPES = (ALARM_RECIPES as readonly AlarmRecipe[]).filter(
  (recipe): recipe is EventRecipe => 'events' in recipe,
);
const examples = (recipe: AlarmRecipe, cloud: 'aws' | 'ibm') =>
  alarmExamples(recipe.name).filter(({ provider }) => provider === cloud);
const eventOf = (record: Readonly<Record<string, unknown>>): AuditEvent =>
  'eventVersion' in record ? decodeCloudTrail(record) : decodeActivityEvent(record);

/** As EventBridge wraps a record. */
function envelopeOf(record: Readonly<Record<string, unknown>>) {
  const byService = record['eventType'] === 'AwsServiceEvent';
  const source = `aws.${String(record['eventSource']).split('.')[0]}`;
  return { source, 'detail-type': `AWS ${byService ? 'Service Event' : 'API Call'} via CloudTrail`, detail: record };
}

describe('every recipe', () => {
  test('of the issue is there, under a name of its own, and says what a person should know', () => {
    const names = ALARM_RECIPES.map(({ name }) => name);
    expect(names[0]).toBe('pending-deletion-access');
    expect(new Set(names).size).toBe(13);
    for (const { title, why, misses, sources } of ALARM_RECIPES) {
      expect([title, why].every((text) => text.endsWith('.') || text.endsWith(').'))).toBe(true);
      expect(misses.length).toBeGreaterThan(1);
      expect(sources.every((source) => source.startsWith('https://'))).toBe(true);
    }
  });

  test.each(EVENT_RECIPES)('$name has examples for and against, of each cloud that it is for', (recipe) => {
    for (const cloud of Object.keys(recipe.events) as ('aws' | 'ibm')[]) {
      const fits = examples(recipe, cloud).map((example) => example.fits);
      expect([...new Set(fits)].sort()).toEqual([false, true]);
    }
  });

  test.each(EVENT_RECIPES)('$name tells them apart by its filters', (recipe) => {
    const events = alarmExamples(recipe.name).map(({ record }) => eventOf(record));
    const { matched, alarms, looked } = tryRecipe(recipe, events);
    expect(looked).toBe(events.length);
    expect(matched).toEqual(events.filter((_, i) => alarmExamples(recipe.name)[i]?.fits));
    expect(alarms).toHaveLength(1);
  });

  test.each(EVENT_RECIPES)('$name tells them apart by its patterns, and none fits two of them', (recipe) => {
    const patterns = recipeQueries(recipe)
      .filter(({ language }) => language === 'filter-pattern')
      .map(({ query }) => readFilterPattern(query));
    for (const { record, fits } of examples(recipe, 'aws')) {
      expect(patterns.filter((pattern) => pattern(record) === true)).toHaveLength(fits ? 1 : 0);
    }
  });

  test.each(EVENT_RECIPES)('$name tells them apart by the metric filters that AWS would run', async (recipe) => {
    await using server = await startAwsServer({ quotas: false });
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'not-a-secret' };
    const judge = await liveTester(recipe, { region: 'us-east-1', endpoint: server.url, credentials });
    const all = alarmExamples(recipe.name);
    const events = all.map(({ record }) => eventOf(record));
    expect(await judge(events)).toEqual(events.filter((_, i) => all[i]?.provider === 'aws' && all[i]?.fits));
    expect(server.requests.every(({ operation }) => operation === 'TestMetricFilter')).toBe(true);
    expect(server.requests.length).toBeGreaterThan(0);
  });

  test.each(EVENT_RECIPES.filter(({ threshold }) => threshold === undefined))(
    '$name tells them apart by its EventBridge rule',
    (recipe) => {
      const { Resources } = toEventBridge(recipe, { queue: true });
      const rule = Object.values(Resources).find(({ Type }) => Type === 'AWS::Events::Rule');
      const pattern = readEventPattern(rule?.Properties?.['EventPattern']);
      for (const { record, fits } of examples(recipe, 'aws')) expect(pattern(envelopeOf(record))).toBe(fits);
    },
  );

  test.each(EVENT_RECIPES.filter(({ events }) => events.ibm))('$name tells them apart by its alert', (recipe) => {
    const { logs_immediate, logs_threshold } = toIbmAlert(recipe);
    const query = (logs_immediate ?? logs_threshold)?.logs_filter.simple_filter.lucene_query ?? '';
    const lucene = readLucene(query);
    for (const { record, fits } of examples(recipe, 'ibm')) expect(lucene(rowOf(record))).toBe(fits);
  });
});

describe('pending-deletion-access', () => {
  const recipe = findRecipe('pending-deletion-access') as EventRecipe;
  const messages = ["'", '\u2019'].flatMap((apostrophe) =>
    ['marked for deletion', 'deleted'].map(
      (ending) => `You can${apostrophe}t perform this operation on the secret because it was ${ending}.`,
    ),
  );
  test.each(messages)('is set off by: %s', (errorMessage) => {
    const [example] = alarmExamples(recipe.name);
    const record = { ...example?.record, errorMessage };
    expect(tryRecipe(recipe, [eventOf(record)]).alarms).toHaveLength(1);
    const patterns = recipeQueries(recipe).filter(({ language }) => language === 'filter-pattern');
    expect(patterns.filter(({ query }) => readFilterPattern(query)(record) === true)).toHaveLength(1);
  });
});

describe('thresholds', () => {
  const recipe = findRecipe('bulk-read');
  const at = (eventTime: string) => eventOf({ ...alarmExamples('bulk-read')[0]?.record, eventTime });
  test('are counted within a period', () => {
    const events = ['12:00:00', '12:04:59', '12:05:00', '12:09:59', '12:10:00'].map((time) =>
      at(`2026-11-20T${time}Z`),
    );
    const { alarms } = tryRecipe(recipe, events, { count: 2, minutes: 5 });
    expect(alarms).toEqual([
      { from: new Date('2026-11-20T12:00:00Z'), to: new Date('2026-11-20T12:05:00Z'), count: 2 },
      { from: new Date('2026-11-20T12:05:00Z'), to: new Date('2026-11-20T12:10:00Z'), count: 2 },
    ]);
    expect(tryRecipe(recipe, events, { count: 3 }).alarms).toEqual([]);
  });

  test('of IBM are more than one less, in a window that there is', () => {
    expect(toIbmAlert(recipe).logs_threshold?.rules[0]?.condition).toEqual({
      threshold: 99,
      time_window: { logs_time_window_specific_value: 'minutes_5_or_unspecified' },
    });
    expect(() => toIbmAlert(recipe, { threshold: { minutes: 7 } })).toThrow(/no window of 7 minutes/);
  });

  test('mean nothing to charges', () => {
    expect(() => tryRecipe(findRecipe('estimated-charges'), [])).toThrow(AuditError);
  });
});

describe('recipes made to measure', () => {
  const read = (userIdentity: object) => eventOf({ ...alarmExamples('bulk-read')[0]?.record, userIdentity });
  const session = (role: string) => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/s`,
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: role, arn: `arn:aws:iam::111122223333:role/${role}` },
    },
  });
  const user = (name: string) => ({ type: 'IAMUser', userName: name, arn: `arn:aws:iam::111122223333:user/${name}` });

  test('unusualActor lets the usual ones be', () => {
    const recipe = unusualActor({ roles: ['app'], ids: ['arn:aws:iam::111122223333:user/ci', 'iam-ServiceId-1111'] });
    const identities = [session('app'), user('ci'), session('app2'), user('mallory'), { type: 'Root' }];
    const { matched } = tryRecipe(recipe, identities.map(read));
    expect(matched.map(({ actor }) => actor.type)).toEqual(['AssumedRole', 'IAMUser', 'Root']);
    const patterns = recipeQueries(recipe)
      .filter(({ language }) => language === 'filter-pattern')
      .map(({ query }) => readFilterPattern(query));
    expect(identities.map((one) => patterns.filter((pattern) => pattern(read(one).raw) === true).length)).toEqual([
      0, 0, 1, 1, 1,
    ]);
    const usual = examples(findRecipe('bulk-read'), 'ibm')[0]?.record ?? {};
    expect(tryRecipe(recipe, [eventOf(usual)]).matched).toEqual([]);
    expect(tryRecipe(recipe, [eventOf({ ...usual, initiator: { id: 'IBMid-2' } })]).matched).toHaveLength(1);
  });

  test('deprecatedVersionUsed sees the versions that are named', () => {
    const recipe = deprecatedVersionUsed({ versions: ['v-old'] });
    const asking = (requestParameters: object) =>
      eventOf({
        ...alarmExamples('deprecated-version-used')[0]?.record,
        requestParameters: { secretId: 'prod/db', ...requestParameters },
      });
    const events = [{ versionId: 'v-old' }, { versionId: 'v-new' }, { versionStage: 'AWSPREVIOUS' }].map(asking);
    expect(tryRecipe(recipe, events).matched).toEqual([events[0], events[2]]);
  });
});
