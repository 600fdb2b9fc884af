import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/filter/filter.ts';
import { AuditError } from '../../../../src/model/error.ts';
import { toAthenaSql } from '../../../../src/providers/aws/queries/athena-sql.ts';
import { readSql } from '../../../support/evaluators/sql.ts';
import { exactly, languageLaws, widely } from '../../../support/language-laws.ts';
import { LANGUAGES } from './languages.ts';

const rows = (where: string, ...parameters: readonly string[]) => ({
  query: `SELECT * FROM "cloudtrail_logs" WHERE eventsource = ?${where && ` AND ${where}`} ORDER BY eventtime DESC`,
  parameters: ['secretsmanager.amazonaws.com', ...parameters],
});

languageLaws('Athena SQL', {
  ...LANGUAGES['Athena SQL'],
  golden: {
    everything: exactly(rows('')),
    'one name': exactly(rows('eventname = ?', 'DeleteSecret')),
    'a name that other services have': exactly(rows('eventname = ?', 'TagResource')),
    'pending deletion': exactly(
      rows(
        "eventname = ? AND errormessage LIKE ? ESCAPE '\\'",
        'GetSecretValue',
        '%secret because it was marked for deletion%',
      ),
    ),
    'an action': exactly(rows('eventname IN (?, ?)', 'BatchGetSecretValue', 'GetSecretValue')),
    'failed reads': exactly(
      rows(`eventname IN (?, ?) AND (errorcode <> '' OR errormessage <> '')`, 'BatchGetSecretValue', 'GetSecretValue'),
    ),
    'refused calls': widely(rows(`(errorcode <> '' OR errormessage <> '')`), 'denied = true'),
    'not by rotation': exactly(
      rows('eventname = ? AND (useridentity.type IS NULL OR useridentity.type <> ?)', 'PutSecretValue', 'AWSService'),
    ),
    'a person': widely(
      rows(
        "(useridentity.username = ? OR useridentity.arn LIKE ? ESCAPE '\\' OR useridentity.principalid = ? OR useridentity.principalid LIKE ? ESCAPE '\\' OR useridentity.invokedby = ? OR useridentity.accountid = ? OR useridentity.onbehalfof.userid = ? OR ((useridentity.username IS NULL OR useridentity.username = '' OR useridentity.username = ?) AND (useridentity.principalid IS NULL OR useridentity.principalid NOT LIKE ? ESCAPE '\\' OR useridentity.principalid LIKE ? ESCAPE '\\' OR useridentity.type IN (?, ?, ?))) OR (useridentity.type = ? AND (useridentity.invokedby IS NULL OR useridentity.invokedby = '')) OR (useridentity.type = ? AND (useridentity.accountid IS NULL OR useridentity.accountid = '')))",
        'alice',
        '%/alice',
        'alice',
        '%:alice',
        'alice',
        'alice',
        'alice',
        'HIDDEN_DUE_TO_SECURITY_REASONS',
        '%:%',
        '%:',
        'WebIdentityUser',
        'SAMLUser',
        'IdentityCenterUser',
        'AWSService',
        'AWSAccount',
      ),
      'actor.name = "alice"',
    ),
    'workloads by prefix': exactly(rows("useragent LIKE ? ESCAPE '\\'", 'aws-cli/%')),
    'an access key': exactly(rows('useridentity.accesskeyid = ?', 'AKIAIOSFODNN7EXAMPLE')),
    'a secret': widely(
      rows(
        `(json_extract_scalar(requestparameters, '$.secretId') = ? OR any_match(TRY_CAST(json_extract(requestparameters, '$.secretIdList') AS array(varchar)), e -> e = ?) OR json_extract_scalar(requestparameters, '$.name') = ? OR json_extract_scalar(responseelements, '$.arn') = ? OR json_extract_scalar(responseelements, '$.aRN') = ? OR json_extract_scalar(responseelements, '$.ARN') = ? OR json_extract_scalar(additionaleventdata, '$.SecretId') = ? OR json_extract_scalar(additionaleventdata, '$.secretId') = ? OR json_extract_scalar(additionaleventdata, '$.ARN') = ? OR json_extract_scalar(serviceeventdetails, '$.secretId') = ? OR json_extract_scalar(serviceeventdetails, '$.SecretId') = ? OR any_match(resources, e -> e.arn = ?))`,
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
        'prod/db',
      ),
      'secret.id = "prod/db"',
    ),
    'an address': exactly(rows('sourceipaddress = ?', '192.0.2.1')),
    'either of two': exactly(rows('(eventname = ? OR errorcode = ?)', 'DeleteSecret', 'AccessDeniedException')),
    'neither of two': exactly(
      rows('eventname <> ? AND (errorcode IS NULL OR errorcode <> ?)', 'DeleteSecret', 'AccessDeniedException'),
    ),
    'writes only': widely(rows('(readonly IS NULL OR readonly = ?)', 'false'), 'readOnly = false'),
    'service events': exactly(rows('eventtype = ?', 'AwsServiceEvent')),
    'a window': exactly(rows('eventtime >= ? AND eventtime < ?', '2026-11-20T00:00:00', '2026-11-21T00:00:00')),
    'another cloud': exactly({
      query: 'SELECT * FROM "cloudtrail_logs" WHERE false ORDER BY eventtime DESC',
      parameters: [],
    }),
    'quotes and stars': exactly(rows('errorcode IN (?, ?, ?, ?, ?)', 'say "hi"', 'C:\\temp', `it's`, '50%', '*')),
  },
});

describe('toAthenaSql', () => {
  test('takes table, window, order and limit', () => {
    const { query, parameters } = toAthenaSql(
      { name: 'DeleteSecret' },
      {
        scope: 'all',
        table: 'aws."odd" name.trail',
        from: new Date('2026-11-20T10:00:00.900Z'),
        to: new Date('2026-11-20T11:00:00.100Z'),
        order: 'oldest-first',
        limit: 5,
      },
    );
    expect(query).toBe(
      'SELECT * FROM "aws"."""odd"" name"."trail" WHERE eventtime >= ? AND eventtime < ? AND eventname = ? ORDER BY eventtime ASC LIMIT 5',
    );
    expect(parameters).toEqual(['2026-11-20T10:00:00', '2026-11-20T11:00:01', 'DeleteSecret']);
  });

  test('has no condition where there is none', () => {
    expect(toAthenaSql({}, { scope: 'all' }).query).toBe('SELECT * FROM "cloudtrail_logs" ORDER BY eventtime DESC');
  });

  test('keeps every value out of the text, and quotes it for Athena', () => {
    const where = { 'error.code': "'; DROP TABLE t; --" } as const;
    const { query, parameters, executionParameters } = toAthenaSql(where, { scope: 'all' });
    expect(query).not.toContain('DROP');
    expect(parameters).toEqual(["'; DROP TABLE t; --"]);
    expect(executionParameters).toEqual(["'''; DROP TABLE t; --'"]);
  });

  test.each(['', '.', 'a..b', 'a.b.c.d', 'a\nb', 'a\u0000'])('refuses the table %j', (table) => {
    expect(() => toAthenaSql({}, { table })).toThrow(AuditError);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the limit %d', (limit) => {
    expect(() => toAthenaSql({}, { limit })).toThrow(AuditError);
  });

  test('refuses times that no text of a record compares with', () => {
    expect(() => toAthenaSql({}, { from: new Date(8.64e15) })).toThrow(/from must be a time/);
    expect(() => toAthenaSql({}, { to: new Date(Number.NaN) })).toThrow(/to must be a time/);
  });

  test.each([
    ['gte', true, [false, true, true, true]],
    ['gt', false, [false, true, true, true]],
    ['lt', true, [true, false, false, false]],
    ['lte', false, [true, true, true, false]],
    ['is', false, [false, true, true, false]],
  ] as const)('compares times as text, fractions of a second or not: %s', (op, exact, expected) => {
    const where = { time: { [op]: '2026-11-20T12:00:00Z' } } as Filter;
    const compiled = toAthenaSql(where, { scope: 'all' });
    const passes = readSql(compiled.query, compiled.parameters);
    const times = ['2026-11-20T11:59:59Z', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00.500Z', '2026-11-20T12:00:01Z'];
    expect(times.map((eventTime) => passes({ eventTime }))).toEqual(expected);
    expect(compiled.exact).toBe(exact);
  });
});
