import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../../src/model/error.ts';
import { toLogsInsights } from '../../../../src/providers/aws/queries/logs-insights.ts';
import { readInsights } from '../../../support/evaluators/insights.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { LANGUAGES, recordWith } from './languages.ts';

languageLaws('Logs Insights', {
  ...LANGUAGES['Logs Insights'],
  golden: {
    everything: exactly('eventSource = "secretsmanager.amazonaws.com"'),
    'one name': exactly('eventSource = "secretsmanager.amazonaws.com" and eventName = "DeleteSecret"'),
    'a name that other services have': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and eventName = "TagResource"',
    ),
    'pending deletion': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and eventName = "GetSecretValue" and errorMessage like /secret because it was marked for deletion/',
    ),
    'an action': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and eventName in ["BatchGetSecretValue", "GetSecretValue"]',
    ),
    'failed reads': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and eventName in ["BatchGetSecretValue", "GetSecretValue"] and (ispresent(errorCode) or ispresent(errorMessage))',
    ),
    'refused calls': widely(
      'eventSource = "secretsmanager.amazonaws.com" and (ispresent(errorCode) or ispresent(errorMessage))',
      'denied = true',
    ),
    'not by rotation': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and eventName = "PutSecretValue" and (not ispresent(userIdentity.type) or userIdentity.type != "AWSService")',
    ),
    'a person': widely(
      'eventSource = "secretsmanager.amazonaws.com" and (userIdentity.userName = "alice" or userIdentity.arn like /\\/alice$/ or userIdentity.principalId = "alice" or userIdentity.principalId like /:alice$/ or userIdentity.invokedBy = "alice" or userIdentity.accountId = "alice" or userIdentity.onBehalfOf.userId = "alice" or userIdentity.sessionContext.sourceIdentity = "alice")',
      'actor.name = "alice"',
    ),
    'workloads by prefix': exactly('eventSource = "secretsmanager.amazonaws.com" and userAgent like /^aws-cli\\//'),
    'an access key': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and userIdentity.accessKeyId = "AKIAIOSFODNN7EXAMPLE"',
    ),
    'a secret': widely(
      'eventSource = "secretsmanager.amazonaws.com" and (requestParameters.secretId = "prod/db" or @message like /\\x22prod.{1,12}db\\x22/ or requestParameters.name = "prod/db" or responseElements.arn = "prod/db" or responseElements.aRN = "prod/db" or responseElements.ARN = "prod/db" or additionalEventData.SecretId = "prod/db" or additionalEventData.secretId = "prod/db" or additionalEventData.ARN = "prod/db" or serviceEventDetails.secretId = "prod/db" or serviceEventDetails.SecretId = "prod/db")',
      'secret.id = "prod/db"',
    ),
    'an address': exactly('eventSource = "secretsmanager.amazonaws.com" and sourceIPAddress = "192.0.2.1"'),
    'either of two': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and (eventName = "DeleteSecret" or errorCode = "AccessDeniedException")',
    ),
    'neither of two': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and eventName != "DeleteSecret" and (not ispresent(errorCode) or errorCode != "AccessDeniedException")',
    ),
    'writes only': widely('eventSource = "secretsmanager.amazonaws.com"', 'readOnly = false'),
    'service events': exactly('eventSource = "secretsmanager.amazonaws.com" and eventType = "AwsServiceEvent"'),
    'a window': widely(
      'eventSource = "secretsmanager.amazonaws.com"',
      'time gte 2026-11-20T00:00:00.000Z',
      'time lt 2026-11-21T00:00:00.000Z',
    ),
    'another cloud': exactly('not ispresent(eventName)'),
    'quotes and stars': exactly(
      'eventSource = "secretsmanager.amazonaws.com" and (errorCode in ["it\'s", "50%", "*"] or errorCode like /^say \\x22hi\\x22$/ or errorCode like /^C:\\\\temp$/)',
    ),
  },
});

describe('toLogsInsights', () => {
  test('gives the newest records first, as many as a query returns', () => {
    expect(toLogsInsights({ name: 'DeleteSecret' }, { scope: 'all' }).query).toBe(
      'fields @timestamp, @message | filter eventName = "DeleteSecret" | sort @timestamp desc | limit 10000',
    );
  });

  test('takes order and limit', () => {
    const { query } = toLogsInsights({}, { scope: 'all', order: 'oldest-first', limit: 20 });
    expect(query).toBe('fields @timestamp, @message | sort @timestamp asc | limit 20');
    expect(readInsights(query)).toMatchObject({ order: 'asc', limit: 20 });
  });

  test.each([0, -1, 1.5, 10_001, Number.NaN])('refuses the limit %d', (limit) => {
    expect(() => toLogsInsights({}, { limit })).toThrow(AuditError);
  });

  test('gives the condition by itself, for a query of the caller', () => {
    expect(toLogsInsights({}, { scope: 'all' }).filter).toBe('');
    expect(toLogsInsights({ 'error.code': { exists: false } }, { scope: 'all' }).filter).toBe(
      'not ispresent(errorCode)',
    );
  });

  test('finds a secret in a list, whatever JSON escapes', () => {
    const { query } = toLogsInsights({ 'secret.id': 'prod/db' });
    const record = recordWith({ requestParameters: { secretIdList: ['dev', 'prod/db'] } });
    const { matches } = readInsights(query);
    expect(matches(record)).toBe(true);
    expect(matches({ ...record, requestParameters: { secretIdList: ['dev', 'prod/db2'] } })).toBe(false);
    const [, regex = ''] = /@message like \/(.+?[^\\])\//.exec(query) ?? [];
    expect(new RegExp(regex).test(JSON.stringify(record).replaceAll('/', '\\/'))).toBe(true);
    expect(new RegExp(regex).test(JSON.stringify(record).replaceAll('/', '\\u002f'))).toBe(true);
  });
});
