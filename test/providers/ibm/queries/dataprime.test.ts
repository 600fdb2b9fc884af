import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { AuditError } from '../../../../src/model/error.ts';
import { toDataPrime } from '../../../../src/providers/ibm/queries/dataprime.ts';
import { readDataPrime } from '../../../support/evaluators/dataprime.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { eventWith, INSTANCE, LANGUAGES, rowOf } from './languages.ts';

const OWN =
  "$l.applicationname:string.in('ibm-audit-event', 'ibm-audit-events') && $l.subsystemname.startsWith('secrets-manager:')";
const own = (condition: string) => `${OWN} && ${condition}`;

languageLaws('DataPrime', {
  ...LANGUAGES.DataPrime,
  golden: {
    everything: exactly(OWN),
    'one name': exactly('false'),
    'a name that other services have': exactly('false'),
    'pending deletion': exactly('false'),
    'an action': widely(
      own(
        "($d.action:string.in('secrets-manager.secret-version.read', 'secrets-manager.secret.read') || $d.action.startsWith('secrets-manager.data.'))",
      ),
      'action = "secret.read"',
    ),
    'failed reads': widely(
      own(
        "($d.action:string.in('secrets-manager.secret-version.read', 'secrets-manager.secret.read') || $d.action.startsWith('secrets-manager.data.')) && ($d.outcome:string.in('failure', 'Failure', 'FAILURE') || (($d.outcome == null || !$d.outcome:string.in('success', 'Success', 'SUCCESS')) && ($d.reason.reasonCode == 401 || $d.reason.reasonCode == 403)) || (($d.outcome == null || $d.outcome == '') && $d.reason.reasonCode >= 400 && $d.reason.reasonCode <= 599))",
      ),
      'action = "secret.read"',
    ),
    'refused calls': widely(
      own(
        "($d.outcome:string.in('failure', 'Failure', 'FAILURE') || (($d.outcome == null || !$d.outcome:string.in('success', 'Success', 'SUCCESS')) && ($d.reason.reasonCode == 401 || $d.reason.reasonCode == 403)) || (($d.outcome == null || $d.outcome == '') && $d.reason.reasonCode >= 400 && $d.reason.reasonCode <= 599))",
      ),
      'denied = true',
    ),
    'not by rotation': widely(
      own(
        "($d.action == 'secrets-manager.secret-version.create' || $d.action.startsWith('secrets-manager.data.')) && ($d.initiator.typeURI == null || $d.initiator.typeURI != 'AWSService')",
      ),
      'action = "secret.write"',
    ),
    'a person': exactly(
      own(
        "($d.initiator.name == 'alice' || (($d.initiator.name == null || $d.initiator.name == '') && $d.initiator.authnName == 'alice'))",
      ),
    ),
    'workloads by prefix': exactly(own("$d.initiator.host.agent.startsWith('aws-cli/')")),
    'an access key': exactly(own("$d.initiator.credential.type == 'AKIAIOSFODNN7EXAMPLE'")),
    'a secret': widely(
      own(
        "($d.target.id == 'prod/db' || (($d.target.id == null || !$d.target.id.contains(':secret:')) && ($d.target.id == null || !$d.target.id.contains(':secret-version:'))))",
      ),
      'secret.id = "prod/db"',
    ),
    'an address': widely(
      own("$d.initiator.host.address.contains('192.0.2.1')"),
      'origin.ip in ["192.0.2.1", "lambda.amazonaws.com"]',
    ),
    'either of two': exactly('false'),
    'neither of two': exactly(OWN),
    'writes only': widely(OWN, 'readOnly = false'),
    'service events': exactly('false'),
    'a window': widely(OWN, 'time gte 2026-11-20T00:00:00.000Z', 'time lt 2026-11-21T00:00:00.000Z'),
    'another cloud': widely(
      own(
        "($d.action:string.in('secrets-manager.secret-version.read', 'secrets-manager.secret.read') || $d.action.startsWith('secrets-manager.data.'))",
      ),
      'action = "secret.read"',
    ),
    'quotes and stars': exactly('false'),
  },
});

describe('toDataPrime', () => {
  test('is a whole query, with order and limit only when they are asked for', () => {
    const where: Filter = { name: 'secrets-manager.secret.delete' };
    const filter = own("$d.action == 'secrets-manager.secret.delete'");
    expect(toDataPrime(where)).toEqual({
      query: `source logs | filter ${filter}`,
      filter,
      exact: true,
      widened: [],
      nothing: false,
    });
    const { query } = toDataPrime(where, { order: 'newest-first', limit: 12_000 });
    expect(query).toBe(`source logs | filter ${filter} | orderby $m.timestamp desc | limit 12000`);
    expect(readDataPrime(toDataPrime(where, { order: 'oldest-first', limit: 7 }).query)).toMatchObject({
      order: 'asc',
      limit: 7,
    });
  });

  test('takes one instance, several, or audit events of every service', () => {
    const application = "$l.applicationname:string.in('ibm-audit-event', 'ibm-audit-events')";
    expect(toDataPrime({}, { instances: ['a-1'] }).filter).toBe(
      `${application} && $l.subsystemname == 'secrets-manager:a-1'`,
    );
    expect(toDataPrime({}, { instances: ['a-1', 'b-2'] }).filter).toBe(
      `${application} && $l.subsystemname:string.in('secrets-manager:a-1', 'secrets-manager:b-2')`,
    );
    expect(toDataPrime({}, { scope: 'all' }).filter).toBe(application);
    expect(toDataPrime({ service: 'kms' }, { scope: 'all' })).toMatchObject({
      filter: `${application} && ($d.action == 'kms' || $d.action.startsWith('kms.'))`,
      exact: true,
    });
  });

  test.each(["a'b", 'a b', '', 'x'.repeat(200)])('refuses the instance %j', (instance) => {
    expect(() => toDataPrime({}, { instances: [instance] })).toThrow(/instances must be ids/);
  });

  test('refuses more instances than a query holds, rather than ask for all', () => {
    const instances = Array.from({ length: 80 }, (_, i) => `5f7e0000-0000-4000-8000-0000000000${i + 10}`);
    expect(toDataPrime({}, { instances: instances.slice(0, 50) }).query.length).toBeLessThanOrEqual(4096);
    expect(() => toDataPrime({}, { instances })).toThrow(/too many for one query/);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses the limit %d', (limit) => {
    expect(() => toDataPrime({}, { limit })).toThrow(AuditError);
  });

  test.each<[value: string, condition: string]>([
    ["it's long", "$d.initiator.typeURI.contains('s long')"],
    ['a\\b\\ccc', "$d.initiator.typeURI.contains('ccc')"],
    ['line\nend', "$d.initiator.typeURI.contains('line')"],
  ])('of %j asks for a piece that a text can hold', (value, condition) => {
    expect(toDataPrime({ 'actor.type': value })).toMatchObject({ filter: own(condition), exact: false });
    // Excluding the piece would exclude too much.
    expect(toDataPrime({ not: { 'actor.type': value } })).toMatchObject({ filter: OWN, exact: false });
  });

  test('asks for a secret by its CRN, and for events whose secret stands elsewhere', () => {
    const id = `crn:v1:bluemix:public:secrets-manager:us-south:a/0a1b:${INSTANCE}:secret:9d3a`;
    const { matches } = readDataPrime(toDataPrime({ 'secret.id': id }).query);
    const about = (target?: string) => rowOf(eventWith(target === undefined ? {} : { target: { id: target } }));
    expect(matches(about(id))).toBe(true);
    expect(matches(about(`${id}0`))).toBe(false);
    expect(matches(about(`crn:v1:bluemix:public:secrets-manager:us-south:a/0a1b:${INSTANCE}::`))).toBe(true);
    expect(matches(about())).toBe(true);
  });

  test('asks for no value that the decoder has put there', () => {
    expect(toDataPrime({ 'error.message': { contains: '[redacted]' } })).toMatchObject({ filter: OWN, exact: false });
  });

  test('finds a word in any of its spellings', () => {
    const { matches } = readDataPrime(toDataPrime({ outcome: 'failure', severity: 'critical' }).query);
    expect(matches(rowOf(eventWith({ outcome: 'Failure', severity: 'CRITICAL' })))).toBe(true);
    expect(matches(rowOf(eventWith({ outcome: 'success', severity: 'critical' })))).toBe(false);
  });

  test('keeps every condition within 4,096 characters that fits, and names the others', () => {
    const names = Array.from({ length: 200 }, (_, i) => `secrets-manager.data.app-${i}`);
    const { query, filter, exact, widened } = toDataPrime({ name: names, outcome: 'success' }, { limit: 5 });
    expect(query.length).toBeLessThanOrEqual(4096);
    expect(filter).toContain('$d.outcome');
    expect({ exact, widened }).toEqual({ exact: false, widened: [expect.stringMatching(/^name in \[.*197 more\]$/)] });
  });
});
