import { describe, expect, test } from 'vitest';
import { readActivityTrackerSearch } from './activity-tracker.ts';
import { type Row, readDataPrime } from './dataprime.ts';
import { readLucene } from './lucene.ts';

// An evaluator that lets everything through would hide a broken compiler, so each is tried on what the documentation
// says of its language: the meaning of each form, and what is refused or left open.
const ROW: Row = {
  labels: { applicationname: 'ibm-audit-event', subsystemname: 'secrets-manager:5f7e' },
  user_data: {
    action: 'secrets-manager.secret.read',
    outcome: 'failure',
    logSourceCRN: 'crn:v1:x',
    reason: { reasonCode: 403, reasonType: 'Forbidden' },
    initiator: { name: 'a/b "c" \\', authnName: '', long: 'x'.repeat(257) },
    flag: true,
    gone: null,
  },
};

describe('DataPrime', () => {
  const matches = (condition: string) => readDataPrime(`source logs | filter ${condition}`).matches(ROW);

  test.each([
    ["$d.action == 'secrets-manager.secret.read'", true],
    ["$d.action == 'Secrets-Manager.secret.read'", false],
    ["$d.action != 'x'", true],
    ["$d.action:string.in('x', 'secrets-manager.secret.read')", true],
    ["!$d.action:string.in('x')", true],
    ["$d.action.startsWith('secrets-manager.')", true],
    ["$d.action.endsWith('.write')", false],
    ["!$d.action.contains('secret')", false],
    ["$l.applicationname == 'ibm-audit-event' && $l.subsystemname.startsWith('secrets-manager:')", true],
    ['$d.reason.reasonCode == 403', true],
    ['$d.reason.reasonCode >= 400 && $d.reason.reasonCode < 403', false],
    ['$d.missing == null', true],
    ['$d.gone == null', true],
    ['$d.action == null', false],
    ["$d.initiator.authnName != null && $d.initiator.authnName == ''", true],
    ['false', false],
    // && before ||, parentheses before both.
    ["$d.action == 'x' && false || $d.outcome == 'failure'", true],
    ["$d.action == 'x' && (false || $d.outcome == 'failure')", false],
    // What a comparison with nothing is, is not documented, but for that it lets nothing through.
    ["$d.missing == 'x'", false],
    ["$d.missing != 'x'", undefined],
    ["!$d.missing.contains('x')", undefined],
    ["!$d.missing:string.in('x')", undefined],
    ['$d.missing != 1', undefined],
    ["$d.missing == null || $d.missing != 'x'", true],
    // Nor what a text is that is compared with a number.
    ["$d.reason.reasonCode == '403'", undefined],
    ['$d.outcome == 403', undefined],
  ] as const)('%s', (condition, expected) => {
    expect(matches(condition)).toBe(expected);
  });

  test.each([
    "$d.action = 'x'",
    '$d.action == x',
    "$d.action == 'a\\'b'",
    '$d.action == "x"',
    "$d.action.in('x')",
    "$d.action.like('x')",
    "$d.action > 'x'",
    "($d.action == 'x'",
    "$d.action == 'x' | limit x",
    "$x.action == 'x'",
  ])('refuses %s', (condition) => {
    expect(() => matches(condition)).toThrow(SyntaxError);
  });

  test('takes 4,096 characters and no more', () => {
    const of = (length: number) => `source logs | filter $d.action == '${'x'.repeat(length - 36)}'`;
    expect(readDataPrime(of(4096)).matches(ROW)).toBe(false);
    expect(() => readDataPrime(of(4097))).toThrow(/4097 characters/);
  });
});

describe('Lucene', () => {
  test.each([
    ['action.keyword:"secrets-manager.secret.read"', true],
    ['action.keyword:"secrets-manager.secret"', false],
    ['action.keyword:/secrets-manager\\..*/', true],
    ['action.keyword:/secrets-manager/', false],
    ['initiator.name.keyword:"a/b \\"c\\" \\\\"', true],
    ['initiator.name.keyword:/a\\/b.*/', true],
    ['initiator.authnName.keyword:/.+/', false],
    ['initiator.authnName.keyword:/.*/', true],
    ['initiator.long.keyword:/.*/', false],
    ['missing.keyword:/.*/', false],
    ['NOT missing.keyword:"x"', true],
    ['reason.reasonCode.numeric:[400 TO 403]', true],
    ['reason.reasonCode.numeric:[400 TO 402]', false],
    ['coralogix.metadata.subsystemName:"secrets-manager:5f7e"', true],
    ['outcome.keyword:"x" OR outcome.keyword:"failure"', true],
    ['outcome.keyword:"failure" AND NOT outcome.keyword:"x" AND NOT action.keyword:"y"', true],
    ['outcome.keyword:"failure" AND (outcome.keyword:"x" OR (NOT action.keyword:"y"))', true],
    ['NOT outcome.keyword:"failure" AND action.keyword:/.*/', false],
    ['NOT (outcome.keyword:"x" OR outcome.keyword:"failure")', false],
  ] as const)('%s', (query, expected) => {
    expect(readLucene(query)(ROW)).toBe(expected);
  });

  test.each([
    'outcome.keyword:"x" OR NOT outcome.keyword:"y"',
    'NOT outcome.keyword:"x" OR outcome.keyword:"y"',
    'outcome.keyword:"x" AND outcome.keyword:"y" OR outcome.keyword:"z"',
    'outcome:"failure"',
    'outcome.keyword:failure',
    'outcome.keyword:/a#b/',
    'reason.reasonCode:[400 TO 403]',
    '(outcome.keyword:"x"',
  ])('refuses %s', (query) => {
    expect(() => readLucene(query)).toThrow();
  });
});

describe('Activity Tracker searches', () => {
  test.each([
    ['host:secrets-manager action:secrets-manager.secret.read', true],
    ['host:kms', false],
    ['action:[x,secrets-manager.secret.read]', true],
    ['reason.reasonCode:403 outcome:success', false],
    ['app:crn:v1:x', true],
    ['', true],
  ] as const)('%s', (search, expected) => {
    expect(readActivityTrackerSearch(search)(ROW)).toBe(expected);
  });

  test.each(['action', 'action:"x y"', 'action:[x', 'action:x,y', '-action:x', '(action:x)'])(
    'refuses %s',
    (search) => {
      expect(() => readActivityTrackerSearch(search)).toThrow(SyntaxError);
    },
  );
});
