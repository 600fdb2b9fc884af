import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  eventSources,
  findServiceEvent,
  serviceCondition,
  serviceEvents,
  unsourcedServices,
} from '../../../src/catalog/services/aws.ts';
import { awsLists } from '../../../src/catalog/services/aws-list.ts';
import {
  actionServices,
  findServiceAction,
  serviceActions,
  serviceCondition as serviceConditionOfIbm,
} from '../../../src/catalog/services/ibm.ts';
import { ibmLists } from '../../../src/catalog/services/ibm-list.ts';

/** The members of a generated interface, as text: what an editor completes. */
function typed(file: string): Readonly<Record<string, readonly string[]>> {
  const text = readFileSync(new URL(`../../../src/catalog/services/data/${file}`, import.meta.url), 'utf8');
  const members = [...text.matchAll(/^ {2}'([^']+)': '(.+)';$/gm)];
  return Object.fromEntries(members.map(([, key, words]) => [key, (words as string).split(/ |\\n/)]));
}

/** The names of each service in a list, sorted. */
function namesIn(events: ReadonlyMap<string, ReadonlyMap<string, unknown>>): Record<string, readonly string[]> {
  return Object.fromEntries([...events].map(([service, names]) => [service, [...names.keys()].sort()]));
}

describe('the lists of AWS', () => {
  test('hold every operation of the public models, under its source or under none', async () => {
    const { all, sources } = await awsLists();
    const products = new Set(all.filter(({ basis }) => basis === 'operation').map(({ product }) => product));
    const unsourced = await unsourcedServices();
    // Two services may share a name under one source: it stands once then, for the first of them.
    expect(new Set([...sources.values()].flatMap((source) => source.products)).size + unsourced.length).toBe(448);
    expect(products.size).toBeGreaterThan(440);
    expect(all.length).toBeGreaterThan(19_000);
  });

  test('have the same names as types', async () => {
    const { events } = await awsLists();
    const types = typed('aws-names.ts');
    expect(Object.keys(types).length).toBeGreaterThan(300);
    expect(namesIn(events)).toEqual(
      Object.fromEntries(Object.entries(types).map(([key, value]) => [key, [...value].sort()])),
    );
  });

  test('every source looks like one, knows names, and says where it comes from', async () => {
    const sources = await eventSources();
    expect(sources.filter(({ source }) => !/^[a-z0-9-]+\.amazonaws\.com$/.test(source))).toEqual([]);
    expect(sources.filter(({ names }) => names === 0)).toEqual([]);
    expect(sources.filter(({ basis, evidence }) => basis === 'correction' && !evidence)).toEqual([]);
    expect(sources.filter(({ basis, products }) => (basis === 'record') !== (products.length === 0))).toEqual([]);
    expect(sources.map(({ source }) => source)).toEqual(sources.map(({ source }) => source).sort());
  });

  test.each([
    ['config.amazonaws.com', 'PutDeliveryChannel', 'configservice.amazonaws.com'],
    ['ce.amazonaws.com', 'GetCostForecast', 'costexplorer.amazonaws.com'],
    ['waf-regional.amazonaws.com', 'ListIPSets', 'wafregional.amazonaws.com'],
    ['aoss.amazonaws.com', 'ListCollections', undefined],
    ['account.amazonaws.com', 'GetRegionOptStatus', 'CLOUDTRAIL_EVENT_SOURCE'],
  ])('%s has %s, whatever the model says', async (source, name, wrong) => {
    expect((await findServiceEvent(source, name))?.basis).toBe('operation');
    const found = (await eventSources()).find((one) => one.source === source);
    expect(found).toMatchObject({ basis: 'correction', evidence: expect.stringContaining('record') });
    if (wrong) expect((await eventSources()).map((one) => one.source)).not.toContain(wrong);
  });

  test('services that share a source share its names', async () => {
    for (const name of ['ListObjectsV2', 'ListAccessPoints']) {
      expect(await findServiceEvent('s3.amazonaws.com', name)).toMatchObject({ name, service: 's3.amazonaws.com' });
    }
    const s3 = (await eventSources()).find(({ source }) => source === 's3.amazonaws.com');
    expect(s3).toMatchObject({ basis: 'model', products: ['S3', 'S3 Control'] });
  });

  test('services without a known source are listed, and guessed by nothing', async () => {
    const unsourced = await unsourcedServices();
    const grafana = unsourced.find(({ product }) => product === 'grafana');
    expect(grafana?.names).toContain('CreateWorkspace');
    expect(await serviceEvents('grafana.amazonaws.com')).toEqual([]);
    const { all } = await awsLists();
    expect(all.find(({ product }) => product === 'grafana')).not.toHaveProperty('service');
  });

  test.each([
    ['signin.amazonaws.com', 'ConsoleLogin', /console-sign-in-events/],
    ['signin.amazonaws.com', 'SwitchRole', /records/],
    ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', /records/],
    ['kms.amazonaws.com', 'RotateKey', /non-api-aws-service-events/],
    ['sso.amazonaws.com', 'Authenticate', /records/],
  ])('%s %s is no operation, and marked as seen', async (source, name, where) => {
    expect(await findServiceEvent(source, name)).toMatchObject({
      basis: 'record',
      note: expect.any(String),
      source: expect.stringMatching(where),
    });
  });

  test('what tests of tools made up is in none', async () => {
    const sources = (await eventSources()).map(({ source }) => source);
    expect(sources).not.toContain('test.amazonaws.com');
    expect(await findServiceEvent('iam.amazonaws.com', 'NotCreateUser')).toBeUndefined();
  });

  test('readOnly is said where a model says it, and never denied', async () => {
    expect((await findServiceEvent('access-analyzer.amazonaws.com', 'GetFinding'))?.readOnly).toBe(true);
    expect(await findServiceEvent('kms.amazonaws.com', 'ListKeys')).not.toHaveProperty('readOnly');
    const { all } = await awsLists();
    expect(all.filter((event) => event.readOnly === false)).toEqual([]);
    expect(all.filter((event) => event.readOnly).length).toBeGreaterThan(1500);
  });

  test('a name says its list and the date of that', async () => {
    expect((await findServiceEvent('access-analyzer.amazonaws.com', 'GetFinding'))?.source).toMatch(
      /aws-sdk-kotlin@.*2025/,
    );
    expect((await findServiceEvent('access-analyzer.amazonaws.com', 'CreateServiceLinkedAnalyzer'))?.source).toMatch(
      /botocore@.*2026/,
    );
  });

  test.each(['constructor', '__proto__', 'toString', '', 'kms'])('%j is no source', async (source) => {
    expect(await findServiceEvent(source, 'Decrypt')).toBeUndefined();
    expect(await serviceEvents(source)).toEqual([]);
    expect(await findServiceEvent('kms.amazonaws.com', source)).toBeUndefined();
  });
});

describe('the lists of IBM Cloud', () => {
  test('hold every page and every action', async () => {
    const services = await actionServices();
    const { all } = await ibmLists();
    const former = all.filter(({ note }) => note?.includes('older records'));
    expect(services.length).toBe(95);
    expect(all.filter(({ pattern }) => !pattern).length - former.length).toBe(3741);
    expect(services.filter(({ page }) => page === '')).toEqual([]);
  });

  test('have the same names as types', async () => {
    const { events } = await ibmLists();
    const types = typed('ibm-names.ts');
    expect(namesIn(events)).toEqual(
      Object.fromEntries(Object.entries(types).map(([key, value]) => [key, [...value].sort()])),
    );
  });

  test('each action begins with its service, as events do', async () => {
    const { all } = await ibmLists();
    expect(all.filter(({ pattern, name, service }) => !pattern && !name.startsWith(`${service}.`))).toEqual([]);
  });

  test('what older records have is there, and marked', async () => {
    expect(await findServiceAction('kms', 'kms.secrets.unwrap')).toMatchObject({ status: 'current' });
    expect(await findServiceAction('kms', 'kms.importtoken.create')).toMatchObject({ status: 'retired' });
    expect((await serviceActions('functions')).every(({ status }) => status === 'retired')).toBe(true);
  });

  test.each([
    ['databases-for-mysql', 'databases-for-mysql.user.create', '<service_id>.user.create'],
    ['dns-svcs', 'dns-svcs.instance.create', '<service_name>.instance.create'],
    ['anything-new', 'anything-new.instance.delete', '<service_name>.instance.delete'],
    ['kms', 'kms.tag.attach', '<service_name>.tag.attach'],
    ['secrets-manager', 'secrets-manager.approle.role.ci.secret-id', 'secrets-manager.approle.role.<name>'],
  ])('%s: %s is of the pattern %s', async (service, name, pattern) => {
    expect(await findServiceAction(service, name)).toMatchObject({ name: pattern, pattern: true });
  });

  test.each([
    ['kms', 'kms.secrets.unwrapp'],
    ['kms', 'databases-for-mysql.user.create'],
    ['kms', 'kms.user.create'],
    ['kms', ''],
    ['constructor', '__proto__'],
  ])('%s: %s is of none', async (service, name) => {
    expect(await findServiceAction(service, name)).toBeUndefined();
  });
});

test('a condition on a service is a filter', () => {
  expect(serviceCondition('kms.amazonaws.com', 'Decrypt')).toEqual({ service: 'kms.amazonaws.com', name: ['Decrypt'] });
  expect(serviceCondition('kms.amazonaws.com')).toEqual({ service: 'kms.amazonaws.com' });
  expect(serviceConditionOfIbm('kms', 'kms.secrets.unwrap')).toEqual({ service: 'kms', name: ['kms.secrets.unwrap'] });
  expect(serviceConditionOfIbm('kms')).toEqual({ service: 'kms' });
});
