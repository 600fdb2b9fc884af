import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { cloudTrail, failure, lookupPages, NOW, record, start } from './clients.ts';

const DAY = 1440;

async function idsOf(records: readonly Record<string, unknown>[], input: LookupEventsCommandInput = {}) {
  const server = await start({ records });
  const pages = await lookupPages(cloudTrail(server), input);
  return pages.flat().map((event) => event.EventId);
}

describe('what LookupEvents gives', () => {
  it('has the outer event of an API call and the record in it', async () => {
    const call = record('a', 5, {
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/app/i-0123',
        accessKeyId: 'ASIAEXAMPLE',
        sessionContext: { sessionIssuer: { userName: 'app' } },
      },
      readOnly: true,
      requestParameters: { secretId: 'prod/db' },
      resources: [{ ARN: 'arn:aws:kms:us-east-1:111122223333:key/1', type: 'AWS::KMS::Key' }],
    });
    const server = await start({ records: [call] });
    const { Events } = await cloudTrail(server).send(new LookupEventsCommand({}));
    expect(Events).toEqual([
      {
        EventId: 'a',
        EventName: 'GetSecretValue',
        // A text, where the record has a boolean.
        ReadOnly: 'true',
        AccessKeyId: 'ASIAEXAMPLE',
        EventTime: new Date(NOW - 5 * 60_000),
        EventSource: 'secretsmanager.amazonaws.com',
        Username: 'i-0123',
        Resources: [
          { ResourceType: 'AWS::KMS::Key', ResourceName: 'arn:aws:kms:us-east-1:111122223333:key/1' },
          { ResourceType: 'AWS::SecretsManager::Secret', ResourceName: 'prod/db' },
        ],
        CloudTrailEvent: JSON.stringify(call),
      },
    ]);
  });

  it('has no user, no key and no resource for a service event', async () => {
    const rotation = record('a', 5, {
      eventName: 'RotationFailed',
      eventType: 'AwsServiceEvent',
      userIdentity: { accountId: '111122223333', invokedBy: 'secretsmanager.amazonaws.com' },
      additionalEventData: { SecretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-1' },
    });
    const server = await start({ records: [rotation] });
    const { Events = [] } = await cloudTrail(server).send(new LookupEventsCommand({}));
    expect(Object.keys(Events[0] ?? {}).sort()).toEqual([
      'CloudTrailEvent',
      'EventId',
      'EventName',
      'EventSource',
      'EventTime',
      'Resources',
    ]);
    expect(Events[0]?.Resources).toEqual([]);
  });

  it('names users and root', async () => {
    const server = await start({
      records: [
        record('user', 1, {
          userIdentity: { type: 'IAMUser', userName: 'deployer', arn: 'arn:aws:iam::1:user/deployer' },
        }),
        record('root', 2, { userIdentity: { type: 'Root', arn: 'arn:aws:iam::1:root', accessKeyId: '' } }),
      ],
    });
    const { Events = [] } = await cloudTrail(server).send(new LookupEventsCommand({}));
    expect(Events.map((event) => event.Username)).toEqual(['deployer', 'root']);
    expect(Events[1]).not.toHaveProperty('AccessKeyId');
  });

  it('is management events only', async () => {
    const records = [
      record('management', 1),
      record('said so', 2, { managementEvent: true, eventCategory: 'Management' }),
      record('data', 3, { managementEvent: false, eventCategory: 'Data' }),
      record('old data', 3, { managementEvent: false }),
      record('network', 4, { eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvents' }),
      record('insight', 5, { eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' }),
    ];
    expect(await idsOf(records)).toEqual(['management', 'said so']);
    expect(await idsOf(records, { EventCategory: 'insight' })).toEqual(['insight']);
  });

  it('is newest first, ties by arrival', async () => {
    const records = [record('old', 9), record('tie 1', 5), record('new', 1), record('tie 2', 5)];
    expect(await idsOf(records)).toEqual(['new', 'tie 2', 'tie 1', 'old']);
  });

  it('is of the last 90 days, and nothing of the future', async () => {
    const records = [record('old', 90 * DAY + 1), record('just', 90 * DAY), record('future', -5)];
    expect(await idsOf(records)).toEqual(['just']);
  });

  it('is of the Region of the signature', async () => {
    const server = await start({
      records: [
        record('east', 1),
        record('west', 2, { awsRegion: 'eu-west-1' }),
        record('unsaid', 3, { awsRegion: null }),
      ],
    });
    const inRegion = async (region: string) => (await lookupPages(cloudTrail(server, { region }))).flat();
    expect((await inRegion('eu-west-1')).map((event) => event.EventId)).toEqual(['west']);
    expect((await inRegion('us-east-1')).map((event) => event.EventId)).toEqual(['east', 'unsaid']);
    expect(await inRegion('ap-south-1')).toEqual([]);
  });

  it('is of the account of the access key, when accounts are told apart', async () => {
    const server = await start({
      accounts: { AKIAONE: '111111111111', AKIATWO: '222222222222' },
      records: [
        record('one', 1, { recipientAccountId: '111111111111' }),
        record('two', 2, { recipientAccountId: '222222222222' }),
      ],
    });
    const [page] = await lookupPages(cloudTrail(server, { accessKeyId: 'AKIATWO' }));
    expect(page?.map((event) => event.EventId)).toEqual(['two']);
    const error = await failure(lookupPages(cloudTrail(server, { accessKeyId: 'AKIATHREE' })));
    expect(error.name).toBe('UnrecognizedClientException');
  });

  it('has both ends of the time range in it', async () => {
    const records = [
      record('before', 12),
      record('start', 10),
      record('between', 8),
      record('end', 5),
      record('after', 4),
    ];
    const range = { StartTime: new Date(NOW - 10 * 60_000), EndTime: new Date(NOW - 5 * 60_000) };
    expect(await idsOf(records, range)).toEqual(['end', 'between', 'start']);
  });
});

describe('lookup attributes', () => {
  const records = [
    record('a', 1, {
      readOnly: true,
      userIdentity: { type: 'IAMUser', userName: 'deployer', accessKeyId: 'AKIADEPLOYER' },
    }),
    record('b', 2, { eventName: 'DeleteSecret', readOnly: false, requestParameters: { secretId: 'prod/db' } }),
    record('c', 3, { eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' }),
    record('d', 4, {
      eventName: 'CreateSecret',
      requestParameters: { name: 'new' },
      responseElements: { arn: 'arn:aws:secretsmanager:us-east-1:1:secret:new-a1b2c3' },
    }),
  ];
  const cases: Record<string, [string, string[]][]> = {
    EventId: [
      ['b', ['b']],
      ['zz', []],
    ],
    EventName: [
      ['Decrypt', ['c']],
      ['decrypt', []],
      ['Decryp', []],
      ['NoSuchName', []],
    ],
    ReadOnly: [
      ['true', ['a']],
      ['false', ['b']],
    ],
    Username: [
      ['deployer', ['a']],
      ['reporter', []],
    ],
    ResourceType: [['AWS::SecretsManager::Secret', ['b', 'd']]],
    ResourceName: [
      ['prod/db', ['b']],
      ['prod', []],
      ['arn:aws:secretsmanager:us-east-1:1:secret:new-a1b2c3', ['d']],
      ['new', ['d']],
    ],
    EventSource: [['kms.amazonaws.com', ['c']]],
    AccessKeyId: [['AKIADEPLOYER', ['a']]],
  };
  for (const [AttributeKey, values] of Object.entries(cases)) {
    for (const [AttributeValue, expected] of values) {
      it(`${AttributeKey} = ${AttributeValue}`, async () => {
        const LookupAttributes = [{ AttributeKey, AttributeValue }] as LookupEventsCommandInput['LookupAttributes'];
        expect(await idsOf(records, { LookupAttributes })).toEqual(expected);
      });
    }
  }
});
