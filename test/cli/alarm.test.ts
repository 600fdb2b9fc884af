import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ALARM_RECIPES, alarmExamples, findRecipe, toCloudFormation } from '../../src/alarms/index.ts';
import { withAwsServer } from './aws-world.ts';
import { cli, runIn } from './world.ts';

const AWS = ['--log-group', 'CloudTrail/logs', '--email', 'security@example.com'] as const;
const CRN = 'crn:v1:bluemix:public:logs:us-south:a/0a1b2c3d:4e5f6071-8293-4a4b-8c5d-6e7f80910a1b::';

describe('alarm list and show', () => {
  test('list every recipe, for people and for programs', async () => {
    const names = ALARM_RECIPES.map(({ name }) => name);
    expect((await cli('alarm', 'list', '--format', 'names')).out.trim().split('\n')).toEqual(names);
    expect(JSON.parse((await cli('alarm', 'list', '--format', 'json')).out)).toEqual(ALARM_RECIPES);
    const { out, err } = await runIn({ columns: 60 }, 'alarm', 'list', '--no-color');
    const lines = out.trimEnd().split('\n');
    expect(lines.slice(1).map((line) => line.split(' ')[0])).toEqual(names);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(err).toContain('trail, config-rules, security-hub, event-routing');
  });

  test('show says why, what it misses, and the queries', async () => {
    const { code, out } = await cli('alarm', 'show', 'pending-deletion-access');
    expect(code).toBe(0);
    expect(out).toContain('What it misses:');
    expect(out).toContain(
      '{ $.eventName = "GetSecretValue" && $.errorMessage = "*secret because it was marked for deletion*" }',
    );
    const shown = JSON.parse((await cli('alarm', 'show', 'access-denied', '--format', 'json')).out);
    expect(shown).toMatchObject({ name: 'access-denied', severity: 'high' });
    expect(new Set(shown.queries.map(({ language }: { language: string }) => language)).size).toBe(6);
  });
});

describe('alarm template', () => {
  test('writes what the library makes, as JSON and as YAML', async () => {
    const options = { logGroup: 'CloudTrail/logs', emails: ['security@example.com'] };
    const template = JSON.parse(JSON.stringify(toCloudFormation(findRecipe('pending-deletion-access'), options)));
    const made = await cli('alarm', 'template', 'pending-deletion-access', ...AWS);
    expect([made.code, JSON.parse(made.out), made.err]).toEqual([0, template, '']);
    const yaml = await cli('alarm', 'template', 'pending-deletion-access', ...AWS, '--format', 'yaml');
    expect(parse(yaml.out, { version: '1.1' })).toEqual(template);
  });

  test.each<[words: readonly string[], has: RegExp]>([
    [['secret-deleted', '--to', 'eventbridge', '--email', 'a@b.de', '--queue'], /AWS::SQS::Queue/],
    [['access-denied', '--to', 'terraform', ...AWS, '--prefix', 'ours'], /"name": "ours-AccessDenied"/],
    [['secret-created', '--to', 'terraform-eventbridge', '--email', 'a@b.de'], /aws_cloudwatch_event_rule/],
    [['bulk-read', ...AWS, '--count', '500', '--minutes', '10'], /"Threshold": 500/],
    [['access-denied', '--to', 'ibm', '--webhook', '7', '--prefix', 'ours'], /"integration_id": 7/],
    [['access-denied', '--to', 'terraform-ibm', '--cloud-logs', CRN], /ibm_logs_alert_definition/],
    [['secret-deleted', '--to', 'queries'], /^dataprime: source logs/m],
    [['root-or-unusual-actor', ...AWS, '--usual-role', 'app,ci'], /sessionIssuer\.userName != \\"app\\"/],
    [['deprecated-version-used', ...AWS, '--version-id', 'v-old'], /versionId = \\"v-old\\"/],
    [['secret-deleted', '--email', 'a@b.de', '--trail', 'secrets-trail'], /AWS::CloudTrail::Trail/],
    [['trail', '--trail', 'secrets-trail', '--to', 'terraform'], /aws_cloudtrail/],
    [['config-rules', '--account', 'organization'], /OrganizationAggregationSource/],
    [['security-hub', '--format', 'yaml'], /AWS::SecurityHub::Standard/],
    [['event-routing', '--cloud-logs', CRN, '--to', 'ibm'], /cloudlogs_endpoint/],
  ])('%j', async (words, has) => {
    const { code, out } = await cli('alarm', 'template', ...words);
    expect(code).toBe(0);
    expect(out).toMatch(has);
  });

  test('says where a template lets more through than its recipe', async () => {
    const { err } = await cli('alarm', 'template', 'deprecated-version-used', ...AWS);
    expect(err).toBe('secret-events: wider than the recipe: secret.version = "AWSPREVIOUS"\n');
  });
});

describe('alarm test', () => {
  test('runs a recipe over its own examples', async () => {
    const { code, out, err } = await cli('alarm', 'test', 'pending-deletion-access', '--format', 'jsonl');
    expect([code, out.trim().split('\n').length]).toEqual([0, 4]);
    expect(err).toContain('the recipe finds 4 among 8 examples');
    expect(err).toContain('would go off for 2026-11-20T12:00:00.000Z to 2026-11-20T12:05:00.000Z: 4 events');
  });

  test('runs it over files, and ends with 1 where it stays quiet', async () => {
    const quiet = await cli('alarm', 'test', 'replication-failed', 'samples/aws');
    expect(quiet.code).toBe(1);
    expect(quiet.err).toContain('replication-failed would not go off');
    const loud = await cli('alarm', 'test', 'access-denied', 'samples/aws', 'samples/ibm', '--format', 'jsonl');
    expect(loud.code).toBe(0);
    const found = loud.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.every(({ denied }) => denied)).toBe(true);
    expect(new Set(found.map(({ provider }) => provider))).toEqual(new Set(['aws', 'ibm']));
  });

  test('asks for a threshold', async () => {
    expect((await cli('alarm', 'test', 'bulk-read', '--count', '201')).code).toBe(1);
    expect((await cli('alarm', 'test', 'bulk-read', '--count', '200', '--format', 'csv')).code).toBe(0);
  });
});

describe('alarm test --live', () => {
  const server = withAwsServer({ quotas: false });

  test('lets CloudWatch Logs judge, and finds the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'alarm-'));
    try {
      const file = join(folder, 'trail.jsonl');
      const records = alarmExamples('pending-deletion-access').map(({ record }) => `${JSON.stringify(record)}\n`);
      writeFileSync(file, records.join(''));
      const words = ['alarm', 'test', 'pending-deletion-access', file, '--format', 'raw'];
      const own = await cli(...words);
      expect(server().requests).toEqual([]);
      const live = await cli(...words, '--live', '--region', 'us-east-1');
      expect([live.code, live.out]).toEqual([0, own.out]);
      expect(live.err).toContain('CloudWatch Logs finds 4 among 8 events');
      expect(server().requests.map(({ operation }) => operation)).toEqual(['TestMetricFilter', 'TestMetricFilter']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('tells what AWS refuses', async () => {
    server().fault({ kind: 'access-denied', operation: 'TestMetricFilter', probability: 1 });
    const { code, out, err } = await cli('alarm', 'test', 'access-denied', '--live', '--region', 'us-east-1');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('TestMetricFilter');
    expect(err).toContain('permission-denied');
  });
});

describe('what is not said right ends with 2, before any output', () => {
  test.each<[words: readonly string[], says: string]>([
    [['shwo', 'x'], 'Did you mean show?'],
    [['show', 'pending-deletion-acess'], 'did you mean pending-deletion-access?'],
    [['show', 'deletion'], 'did you mean pending-deletion-access?'],
    [['show', 'nothing'], 'it takes pending-deletion-access, access-denied'],
    [['template', 'access-denied'], 'nobody would be told'],
    [['template', 'access-denied', '--email', 'a@b.de'], 'a log group is needed'],
    [['template', 'access-denied', '--log-group', 'a b', '--email', 'a@b.de'], 'refuses the log group "a b"'],
    [['template', 'access-denied', '--log-group', 'x', '--email', 'nobody'], '"nobody" is no e-mail address'],
    [['template', 'access-denied', '--to', 'cloudfromation'], 'did you mean cloudformation?'],
    [['template', 'access-denied', ...AWS, '--usual', 'x'], 'only root-or-unusual-actor takes it'],
    [['template', 'access-denied', '--to', 'ibm', '--format', 'yaml'], 'only CloudFormation reads YAML'],
    [['template', 'access-denied', '--to', 'ibm', '--event-notifications', 'x'], '--region is needed'],
    [['template', 'access-denied', '--to', 'terraform-ibm'], '--cloud-logs'],
    [['template', 'policy-changed', '--to', 'ibm'], 'no events of IBM Cloud'],
    [['template', 'bulk-read', '--to', 'eventbridge', '--queue'], 'EventBridge does not'],
    [['template', 'trail'], 'a trail needs --trail'],
    [['template', 'trail', '--trail', 'a b'], 'refuses the trail name'],
    [['template', 'security-hub', '--to', 'queries'], 'no queries of security-hub'],
    [['template', 'event-routing', '--to', 'ibm'], '--cloud-logs'],
    [['test', 'estimated-charges'], 'about charges'],
    [['test', 'access-denied', '--live'], '--live needs --region'],
    [['test', 'access-denied', '--count', '0'], 'threshold.count'],
  ])('%j', async (words, says) => {
    const { code, out, err } = await cli('alarm', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });
});
