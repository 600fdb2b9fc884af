import { describe, expect, test } from 'vitest';
import { type Crn, parseCrn } from '../../../src/providers/ibm/crn.ts';

describe('parseCrn', () => {
  const cases: readonly (readonly [text: string, crn: Crn | undefined])[] = [
    [
      'crn:v1:bluemix:public:secrets-manager:us-south:a/acc:inst:secret:id',
      {
        cname: 'bluemix',
        ctype: 'public',
        service: 'secrets-manager',
        region: 'us-south',
        account: 'acc',
        instance: 'inst',
        resourceType: 'secret',
        resource: 'id',
      },
    ],
    [
      'crn:v1:bluemix:public:secrets-manager:eu-de:a/acc:inst::',
      {
        cname: 'bluemix',
        ctype: 'public',
        service: 'secrets-manager',
        region: 'eu-de',
        account: 'acc',
        instance: 'inst',
      },
    ],
    // VPC leaves parts out that others have.
    [
      'crn:v1::public:is::a/acc::snapshot:id',
      { ctype: 'public', service: 'is', account: 'acc', resourceType: 'snapshot', resource: 'id' },
    ],
    // A resource may hold colons, and a scope may be an organisation.
    [
      'crn:v1:bluemix:public:svc:global:o/org:i:object:bucket:a:b',
      {
        cname: 'bluemix',
        ctype: 'public',
        service: 'svc',
        region: 'global',
        instance: 'i',
        resourceType: 'object',
        resource: 'bucket:a:b',
      },
    ],
    ['crn:v1:bluemix:public:svc', { cname: 'bluemix', ctype: 'public', service: 'svc' }],
    ['crn:v1:bluemix:public', undefined],
    ['arn:aws:secretsmanager:us-east-1:1:secret:x', undefined],
    ['9d3a', undefined],
    ['', undefined],
    [`crn:v1:${'x:'.repeat(2000)}`, undefined],
  ];
  test.each(cases)('%s', (text, crn) => {
    expect(parseCrn(text)).toEqual(crn);
  });
});
