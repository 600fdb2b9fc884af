import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { AuditError } from '../../../../src/model/error.ts';
import { toActivityTrackerSearch } from '../../../../src/providers/ibm/queries/activity-tracker-search.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { LANGUAGES } from './languages.ts';

const OWN = 'host:secrets-manager';
const own = (condition: string) => `${OWN} ${condition}`;

languageLaws('Activity Tracker search', {
  ...LANGUAGES['Activity Tracker search'],
  golden: {
    everything: exactly(OWN),
    'one name': exactly('action:nothing'),
    'a name that other services have': exactly('action:nothing'),
    'pending deletion': exactly('action:nothing'),
    'an action': widely(
      own('action:[secrets-manager.secret-version.read,secrets-manager.secret.read]'),
      'action = "secret.read"',
    ),
    'failed reads': widely(
      own('action:[secrets-manager.secret-version.read,secrets-manager.secret.read]'),
      'action = "secret.read"',
      'outcome = "failure"',
    ),
    'refused calls': widely(OWN, 'denied = true'),
    'not by rotation': widely(
      own('action:secrets-manager.secret-version.create'),
      'action = "secret.write"',
      'not actor.type = "AWSService"',
    ),
    'a person': widely(OWN, 'actor.name = "alice"'),
    'workloads by prefix': widely(OWN, 'origin.agent startsWith "aws-cli/"'),
    'an access key': widely(
      own('initiator.credential.type:AKIAIOSFODNN7EXAMPLE'),
      'actor.credential = "AKIAIOSFODNN7EXAMPLE"',
    ),
    'a secret': widely(OWN, 'secret.id = "prod/db"'),
    'an address': widely(OWN, 'origin.ip in ["192.0.2.1", "lambda.amazonaws.com"]'),
    'either of two': exactly('action:nothing'),
    'neither of two': exactly(OWN),
    'writes only': widely(OWN, 'readOnly = false'),
    'service events': exactly('action:nothing'),
    'a window': widely(OWN, 'time gte 2026-11-20T00:00:00.000Z', 'time lt 2026-11-21T00:00:00.000Z'),
    'another cloud': widely(
      own('action:[secrets-manager.secret-version.read,secrets-manager.secret.read]'),
      'action = "secret.read"',
    ),
    'quotes and stars': exactly('action:nothing'),
  },
});

describe('toActivityTrackerSearch', () => {
  // The searches of the page on Secrets Manager's events, text of 2024.
  test.each<[where: Filter, search: string]>([
    [{ name: 'secrets-manager.secret.create' }, 'host:secrets-manager action:secrets-manager.secret.create'],
    [{ action: 'secret.create' }, 'host:secrets-manager action:secrets-manager.secret.create'],
    [{ 'error.message': 'Unauthorized' }, 'host:secrets-manager reason.reasonType:Unauthorized'],
  ])('%j is %s', (where, search) => {
    expect(toActivityTrackerSearch(where)).toMatchObject({ query: search, exact: false, nothing: false });
  });

  test('names an instance by its CRN in place of the host', () => {
    const crn = 'crn:v1:bluemix:public:secrets-manager:us-south:a/0a1b:5f7e::';
    expect(toActivityTrackerSearch({ name: 'secrets-manager.secret.create' }, { instances: [crn] }).query).toBe(
      `app:${crn} action:secrets-manager.secret.create`,
    );
    expect(toActivityTrackerSearch({}, { instances: [crn, `${crn}x`] }).query).toBe(`app:[${crn},${crn}x]`);
    expect(toActivityTrackerSearch({}, { scope: 'all' }).query).toBe('');
  });

  test.each(['5f7e0000', 'crn:v1:bluemix:public:kms:us-south:a/0a1b:5f7e::', 'crn:v1:x y'])(
    'refuses the instance %j',
    (instance) => {
      expect(() => toActivityTrackerSearch({}, { instances: [instance] })).toThrow(AuditError);
    },
  );

  test('merges alternatives of one field, and leaves those of several to the reader', () => {
    const [one, two] = [{ 'actor.type': 'a' }, { 'actor.type': 'b' }] as const;
    expect(toActivityTrackerSearch({ any: [one, two] }).query).toBe(own('initiator.typeURI:[a,b]'));
    expect(toActivityTrackerSearch({ any: [one, { severity: 'other' }] }).query).toBe(OWN);
  });

  test('leaves what it has no words for to the reader', () => {
    for (const value of ['two words', 'a,b', '[a]', '-a', 'a*', '"a"', '']) {
      expect([value, toActivityTrackerSearch({ 'actor.type': ['a', value, 'two words'] }).query]).toEqual([value, OWN]);
    }
  });
});
