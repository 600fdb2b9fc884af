import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { AuditError } from '../../../../src/model/error.ts';
import { toLucene } from '../../../../src/providers/ibm/queries/lucene.ts';
import { readLucene } from '../../../support/evaluators/lucene.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { eventWith, LANGUAGES, rowOf } from './languages.ts';

const OWN =
  '(coralogix.metadata.applicationName:"ibm-audit-event" OR coralogix.metadata.applicationName:"ibm-audit-events") AND (coralogix.metadata.subsystemName:/secrets-manager:.*/ OR coralogix.metadata.subsystemName:"secrets-manager")';
const own = (condition: string) => `${OWN} AND ${condition}`;

languageLaws('Lucene', {
  ...LANGUAGES.Lucene,
  golden: {
    everything: exactly(OWN),
    'one name': exactly('action.keyword:""'),
    'a name that other services have': exactly('action.keyword:""'),
    'pending deletion': exactly('action.keyword:""'),
    'an action': widely(
      own(
        '(action.keyword:"secrets-manager.secret-version.read" OR action.keyword:"secrets-manager.secret.read" OR action.keyword:/secrets-manager\\.data\\..*/ OR (NOT action.keyword:/.*/))',
      ),
      'action = "secret.read"',
    ),
    'failed reads': widely(
      own(
        '(action.keyword:"secrets-manager.secret-version.read" OR action.keyword:"secrets-manager.secret.read" OR action.keyword:/secrets-manager\\.data\\..*/ OR (NOT action.keyword:/.*/)) AND (outcome.keyword:"failure" OR outcome.keyword:"Failure" OR outcome.keyword:"FAILURE" OR (NOT outcome.keyword:"success" AND NOT outcome.keyword:"Success" AND NOT outcome.keyword:"SUCCESS" AND (reason.reasonCode.numeric:[401 TO 401] OR reason.reasonCode.numeric:[403 TO 403])) OR (NOT outcome.keyword:/.+/ AND reason.reasonCode.numeric:[400 TO 599]))',
      ),
      'action = "secret.read"',
    ),
    'refused calls': widely(
      own(
        '(outcome.keyword:"failure" OR outcome.keyword:"Failure" OR outcome.keyword:"FAILURE" OR (NOT outcome.keyword:"success" AND NOT outcome.keyword:"Success" AND NOT outcome.keyword:"SUCCESS" AND (reason.reasonCode.numeric:[401 TO 401] OR reason.reasonCode.numeric:[403 TO 403])) OR (NOT outcome.keyword:/.+/ AND reason.reasonCode.numeric:[400 TO 599]))',
      ),
      'denied = true',
    ),
    'not by rotation': widely(
      own(
        '(action.keyword:"secrets-manager.secret-version.create" OR action.keyword:/secrets-manager\\.data\\..*/ OR (NOT action.keyword:/.*/)) AND NOT initiator.typeURI.keyword:"AWSService"',
      ),
      'action = "secret.write"',
    ),
    'a person': widely(
      own(
        '(initiator.name.keyword:"alice" OR (NOT initiator.name.keyword:/.+/ AND initiator.authnName.keyword:"alice"))',
      ),
      'actor.name = "alice"',
    ),
    'workloads by prefix': widely(
      own('(initiator.host.agent.keyword:/aws-cli\\/.*/ OR (NOT initiator.host.agent.keyword:/.*/))'),
      'origin.agent startsWith "aws-cli/"',
    ),
    'an access key': exactly(own('initiator.credential.type.keyword:"AKIAIOSFODNN7EXAMPLE"')),
    'a secret': widely(
      own(
        '(target.id.keyword:"prod/db" OR (NOT target.id.keyword:/.*:secret:.*/ AND NOT target.id.keyword:/.*:secret-version:.*/))',
      ),
      'secret.id = "prod/db"',
    ),
    'an address': widely(
      own('(initiator.host.address.keyword:/.*192\\.0\\.2\\.1.*/ OR (NOT initiator.host.address.keyword:/.*/))'),
      'origin.ip in ["192.0.2.1", "lambda.amazonaws.com"]',
    ),
    'either of two': exactly('action.keyword:""'),
    'neither of two': exactly(OWN),
    'writes only': widely(OWN, 'readOnly = false'),
    'service events': exactly('action.keyword:""'),
    'a window': widely(OWN, 'time gte 2026-11-20T00:00:00.000Z', 'time lt 2026-11-21T00:00:00.000Z'),
    'another cloud': widely(
      own(
        '(action.keyword:"secrets-manager.secret-version.read" OR action.keyword:"secrets-manager.secret.read" OR action.keyword:/secrets-manager\\.data\\..*/ OR (NOT action.keyword:/.*/))',
      ),
      'action = "secret.read"',
    ),
    'quotes and stars': exactly('action.keyword:""'),
  },
});

describe('toLucene', () => {
  test('takes one instance, several, or audit events of every service', () => {
    const application =
      '(coralogix.metadata.applicationName:"ibm-audit-event" OR coralogix.metadata.applicationName:"ibm-audit-events")';
    const subsystem = 'coralogix.metadata.subsystemName';
    expect(toLucene({}, { instances: ['a-1'] }).query).toBe(`${application} AND ${subsystem}:"secrets-manager:a-1"`);
    expect(toLucene({}, { instances: ['a-1', 'b-2'] }).query).toBe(
      `${application} AND (${subsystem}:"secrets-manager:a-1" OR ${subsystem}:"secrets-manager:b-2")`,
    );
    expect(readLucene(toLucene({}, { scope: 'all' }).query)(rowOf({ action: 'kms.secrets.rotate' }))).toBe(true);
    expect(() => toLucene({}, { instances: ['a" OR "b'] })).toThrow(AuditError);
  });

  test.each<[where: Filter, condition: string, exact: boolean]>([
    [{ 'actor.type': 'say "hi" \\' }, 'initiator.typeURI.keyword:"say \\"hi\\" \\\\"', true],
    [{ 'actor.type': { startsWith: 'a/b*' } }, 'initiator.typeURI.keyword:/a\\/b\\*.*/', true],
    [{ 'actor.type': { endsWith: '(c)' } }, 'initiator.typeURI.keyword:/.*\\(c\\)/', true],
    [{ 'actor.type': 'line\nend' }, 'initiator.typeURI.keyword:/line.end/', false],
    [{ 'error.code': '403', outcome: { exists: true } }, 'reason.reasonCode.numeric:[403 TO 403]', true],
  ])('%j', (where, condition, exact) => {
    const compiled = toLucene(where);
    expect(compiled.query).toContain(condition);
    expect(compiled.exact).toBe(exact);
  });

  test('leaves texts of more than 256 characters to the reader', () => {
    const long = 'x'.repeat(257);
    const agent = (text: string) => rowOf(eventWith({ initiator: { host: { agent: text } } }));
    expect(toLucene({ 'origin.agent': long })).toMatchObject({ query: OWN, exact: false });
    const starts = toLucene({ 'origin.agent': { startsWith: 'x' } });
    expect(starts.exact).toBe(false);
    expect([agent(long), agent('xy'), agent('yx')].map(readLucene(starts.query))).toEqual([true, true, false]);
    const others = toLucene({ not: { 'origin.agent': { startsWith: 'x' } } });
    expect([agent(long), agent('xy'), agent('yx')].map(readLucene(others.query))).toEqual([true, false, true]);
  });

  test('gives what is excluded beside an alternative parentheses of its own', () => {
    const where: Filter = { any: [{ not: { 'actor.type': 'a' } }, { 'actor.credential': 'token' }] };
    expect(toLucene(where).query).toBe(
      own('((NOT initiator.typeURI.keyword:"a") OR initiator.credential.type.keyword:"token")'),
    );
  });
});
