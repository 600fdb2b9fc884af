import { describe, expect, it } from 'vitest';
import { ask, ids, query, record, start } from './clients.ts';

const CRN = 'crn:v1:bluemix:public:secrets-manager:us-south:a/0a11:11111111-2222-4333-8444-555555555555:secret:s/1';
const LONG = 'x'.repeat(257);

const RECORDS = [
  record('a', 50, {
    reason: { reasonCode: 200, reasonType: 'OK' },
    initiator: { name: 'Maria@example.com' },
    target: { id: CRN, name: 'payments-db' },
    tags: ['one', 'two'],
  }),
  record('b', 40, {
    action: 'secrets-manager.secret.delete',
    outcome: 'failure',
    reason: { reasonCode: 403, reasonType: 'Forbidden' },
    initiator: { name: 'a "b" \\c*' },
  }),
  record('c', 30, {
    action: 'secrets-manager.secret-version.read',
    outcome: 'failure',
    reason: { reasonCode: '401' },
    message: 'Secrets Manager: read secret',
    note: LONG,
  }),
  record('d', 20, {
    logSourceCRN: 'crn:v1:bluemix:public:kms:us-south:a/0a11:22222222-2222-4333-8444-555555555555::',
    action: 'kms.secrets.unwrap',
    initiator: null,
  }),
];

async function found(text: string): Promise<string> {
  const server = await start({ records: RECORDS, unordered: 'oldest-first' });
  return ids(await query(server, text, { syntax: 'lucene' })).join('');
}

describe('a query in Lucene', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['*:*', 'abcd'],
    ['*', 'abcd'],
    // Whole texts.
    ['action.keyword:secrets-manager.secret.read', 'a'],
    ['action.keyword:"secrets-manager.secret.read"', 'a'],
    ['action.keyword:"secrets-manager.secret"', ''],
    ['initiator.name.keyword:"maria@example.com"', ''],
    ['initiator.name.keyword:Maria@example.com', 'a'],
    ['initiator.name.keyword:"a \\"b\\" \\\\c*"', 'b'],
    ['initiator.name.keyword:a\\ \\"b\\"\\ \\\\c\\*', 'b'],
    [`target.id.keyword:"${CRN}"`, 'a'],
    [`target.id.keyword:${CRN.replaceAll(':', '\\:').replaceAll('/', '\\/')}`, 'a'],
    ['tags.keyword:two', 'a'],
    [`note.keyword:${LONG}`, ''],
    ['_exists_:note.keyword', ''],
    ['_exists_:note', 'c'],
    // Wildcards and regular expressions match the whole.
    ['action.keyword:secrets-manager.*', 'abc'],
    ['action.keyword:*read', 'ac'],
    ['action.keyword:secrets?manager.secret.r*d', 'a'],
    ['action.keyword:/secrets-manager\\.secret\\..*/', 'ab'],
    ['action.keyword:/secret/', ''],
    ['action.keyword:/[^k].*/', 'abc'],
    ['reason.reasonCode.keyword:/403.*/', 'b'],
    [`target.id.keyword:/crn.*secret:s\\/1/`, 'a'],
    ['initiator.name.keyword:/Maria\\@example\\.com/', 'a'],
    // An @ of its own stands for anything there.
    ['initiator.name.keyword:/Maria@/', 'a'],
    // Words of a text.
    ['action:delete', 'b'],
    ['action:"delete"', 'b'],
    ['action:DELETE', 'b'],
    ['action:"secret.read"', 'a'],
    ['action:"secret read"', 'a'],
    ['action:"read secret"', ''],
    ['action:del', ''],
    ['action:del*', 'b'],
    ['action:/un[a-z]+/', 'd'],
    ['reason.reasonType:forbidden', 'b'],
    ['Forbidden', 'b'],
    ['"read secret"', 'c'],
    ['action:""', ''],
    // Numbers, written as numbers or as texts.
    ['reason.reasonCode.numeric:[400 TO 499]', 'bc'],
    ['reason.reasonCode.numeric:[401 TO 403]', 'bc'],
    ['reason.reasonCode.numeric:{401 TO 403]', 'b'],
    ['reason.reasonCode.numeric:[401 TO 403}', 'c'],
    ['reason.reasonCode.numeric:{200 TO *}', 'bc'],
    ['reason.reasonCode.numeric:[* TO 200]', 'a'],
    ['reason.reasonCode.numeric:[-5 TO "200"]', 'a'],
    ['reason.reasonCode.numeric:(401 OR 403)', 'bc'],
    ['id.keyword:["b" TO c]', 'bc'],
    // Presence.
    ['_exists_:initiator', 'ab'],
    ['NOT _exists_:reason.reasonCode', 'd'],
    ['reason.reasonCode:*', 'abc'],
    ['reason.reasonType:[* TO *]', 'ab'],
    ['reason.reasonCode.numeric:[* TO *]', 'abc'],
    // Labels.
    ['coralogix.metadata.applicationName:"ibm-audit-event"', 'abcd'],
    ['coralogix.metadata.subsystemName.keyword:"kms:22222222-2222-4333-8444-555555555555"', 'd'],
    ['coralogix.metadata.subsystemName.keyword:secrets\\-manager\\:*', 'abc'],
    // Logic.
    ['outcome:failure AND reason.reasonCode.numeric:403', 'b'],
    ['outcome:failure && id:c', 'c'],
    ['id:a OR id:b', 'ab'],
    ['id:a || id:b', 'ab'],
    ['id:(a OR c)', 'ac'],
    ['id:(a OR c) AND NOT outcome:failure', 'a'],
    ['outcome:failure NOT id:b', 'c'],
    ['+outcome:failure -id:b', 'c'],
    ['outcome:failure !id:b', 'c'],
    ['NOT outcome:failure', 'ad'],
    ['id:a OR (NOT outcome:success)', 'abc'],
    ['outcome:failure AND (NOT id:b)', 'c'],
    // As Lucene's own parser has it, no operator binds more closely: NOT is of the whole, and AND makes OR a wish.
    ['id:a OR NOT outcome:success', ''],
    ['id:a OR id:b AND id:b', 'b'],
    ['(id:a) OR (id:b AND id:b)', 'ab'],
    // Prototypes are no fields.
    ['_exists_:constructor OR _exists_:__proto__', ''],
  ];
  for (const [text, wanted] of cases) {
    it(`${text.slice(0, 90)} finds ${wanted === '' ? 'nothing' : wanted}`, async () => {
      expect(await found(text)).toBe(wanted);
    });
  }

  const refused = [
    'action:',
    'action:"x',
    'action:(a OR b',
    'a)',
    '()',
    'AND a',
    'a AND',
    'a AND OR b',
    'NOT',
    'a:b:c',
    'target.id:crn/x',
    'id:[a TO',
    'id:[a b]',
    '[1 TO 2]',
    'reason.reasonCode.numeric:abc',
    'reason.reasonCode.numeric:[a TO 2]',
    'id:a~2',
    'id:a^2',
    'id.keyword:/(/',
    'id.keyword:/a&b/',
    'a{b',
    `${'('.repeat(300)}a${')'.repeat(300)}`,
  ];
  for (const text of refused) {
    it(`${text.slice(0, 40)} is refused`, async () => {
      const answer = await ask(await start({ records: RECORDS }), { query: text, metadata: { syntax: 'lucene' } });
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { errors: [{ code: 'bad_request_or_unspecified' }] },
      ]);
    });
  }
});
