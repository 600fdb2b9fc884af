import { describe, expect, test } from 'vitest';
import {
  ALARM_RECIPES,
  type AlarmRecipe,
  findRecipe,
  toIbmAlert,
  toIbmRouting,
  toIbmTerraform,
  toIbmWebhook,
} from '../../src/alarms/index.ts';
import { unknownArguments } from './terraform-arguments.ts';

const INSTANCE = '4e5f6071-8293-4a4b-8c5d-6e7f80910a1b';
const NOTIFICATIONS = '6b33da73-28b6-4201-bfea-b2054bb6ae8a';
const CRN = `crn:v1:bluemix:public:logs:us-south:a/0a1b2c3d:${INSTANCE}::`;
const RECIPES = (ALARM_RECIPES as readonly AlarmRecipe[]).filter((recipe) => 'events' in recipe && recipe.events.ibm);

test('an alert looks at the audit events of Secrets Manager, and tells the webhook', () => {
  const alert = toIbmAlert(findRecipe('access-denied'), { webhookId: 123 });
  expect(alert).toMatchObject({
    enabled: true,
    priority: 'p2',
    type: 'logs_immediate_or_unspecified',
    notification_group: { webhooks: [{ integration: { integration_id: 123 } }] },
  });
  const { lucene_query, label_filters } = alert.logs_immediate?.logs_filter.simple_filter ?? {};
  expect(lucene_query).toContain('reason.reasonCode.numeric:[401 TO 401]');
  expect(lucene_query).not.toContain('coralogix');
  expect(label_filters).toEqual({
    application_name: [
      { value: 'ibm-audit-event', operation: 'is_or_unspecified' },
      { value: 'ibm-audit-events', operation: 'is_or_unspecified' },
    ],
    subsystem_name: [{ value: 'secrets-manager:', operation: 'starts_with' }],
    severities: [],
  });
  const one = toIbmAlert(findRecipe('access-denied'), { instances: [INSTANCE] });
  expect(one.logs_immediate?.logs_filter.simple_filter.label_filters.subsystem_name).toEqual([
    { value: `secrets-manager:${INSTANCE}`, operation: 'is_or_unspecified' },
  ]);
});

test('webhook, target and route have the members that the APIs name', () => {
  expect(toIbmWebhook({ instanceId: NOTIFICATIONS, region: 'eu-es' })).toMatchObject({
    path: '/v1/outgoing_webhooks',
    body: {
      type: 'ibm_event_notifications',
      ibm_event_notifications: { event_notifications_instance_id: NOTIFICATIONS, region_id: 'eu-es' },
    },
  });
  const [target, route] = toIbmRouting({ targetCrn: CRN, region: 'us-south', targetId: NOTIFICATIONS });
  expect(target.body).toMatchObject({ target_type: 'cloud_logs', cloudlogs_endpoint: { target_crn: CRN } });
  expect(route.body).toMatchObject({ rules: [{ targets: [{ id: NOTIFICATIONS }], locations: ['*', 'global'] }] });
});

test('Terraform has the arguments that the provider knows, and wires the webhook', () => {
  const configuration = toIbmTerraform(RECIPES, {
    instanceId: INSTANCE,
    region: 'us-south',
    eventNotificationsId: NOTIFICATIONS,
    routing: { targetCrn: CRN },
  });
  expect(unknownArguments(configuration.resource)).toEqual([]);
  const alerts = configuration.resource['ibm_logs_alert_definition'] ?? {};
  expect(Object.keys(alerts)).toHaveLength(RECIPES.length);
  expect(JSON.stringify(alerts['access_denied'])).toContain(
    `\${ibm_logs_outgoing_webhook.event_notifications.external_id}`,
  );
});

describe('refusals', () => {
  const denied = findRecipe('access-denied');
  test.each<[string, () => unknown, RegExp]>([
    ['a recipe of AWS alone', () => toIbmAlert(findRecipe('policy-changed')), /no events of IBM Cloud/],
    ['charges', () => toIbmAlert(findRecipe('estimated-charges')), /no events of IBM Cloud/],
    ['a webhook that is none', () => toIbmAlert(denied, { webhookId: -1 }), /webhookId/],
    ['an instance that is none', () => toIbmAlert(denied, { instances: ['a" OR "b'] }), /instances/],
    ['a region that is none', () => toIbmWebhook({ instanceId: NOTIFICATIONS, region: 'evil.example' }), /region/],
    ['a target that is no Cloud Logs', () => toIbmRouting({ targetCrn: 'crn:v1:x', region: 'us-south' }), /no CRN/],
    [
      'a location that is none',
      () => toIbmRouting({ targetCrn: CRN, region: 'us-south', locations: ['x y'] }),
      /location/,
    ],
    ['an id that is none', () => toIbmTerraform(denied, { instanceId: 'x', region: 'us-south' }), /instanceId/],
    [
      'too long a query',
      () =>
        toIbmAlert({
          ...denied,
          name: 'mine',
          events: {
            ibm: [{ 'actor.id': Array.from({ length: 200 }, (_, i) => `iam-ServiceId-${'0'.repeat(12)}${i}`) }],
          },
        }),
      /\d+ characters of at most 4096/,
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
