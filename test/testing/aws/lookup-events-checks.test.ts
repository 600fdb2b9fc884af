import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { cloudTrail, failure, NOW, start } from './clients.ts';

describe('what LookupEvents refuses', () => {
  const attribute = (AttributeKey: string, AttributeValue: string) =>
    ({ AttributeKey, AttributeValue }) as NonNullable<LookupEventsCommandInput['LookupAttributes']>[number];
  const cases: Record<string, [LookupEventsCommandInput, string]> = {
    'two attributes': [
      { LookupAttributes: [attribute('EventName', 'a'), attribute('EventId', 'b')] },
      'InvalidLookupAttributesException',
    ],
    'an unknown attribute': [{ LookupAttributes: [attribute('eventName', 'a')] }, 'InvalidLookupAttributesException'],
    'the name of an inherited property': [
      { LookupAttributes: [attribute('constructor', 'a')] },
      'InvalidLookupAttributesException',
    ],
    'an empty value': [{ LookupAttributes: [attribute('EventName', '')] }, 'InvalidLookupAttributesException'],
    'a value that is too long': [
      { LookupAttributes: [attribute('EventName', 'a'.repeat(2001))] },
      'InvalidLookupAttributesException',
    ],
    'a value that is too long because underscores count twice': [
      { LookupAttributes: [attribute('EventName', '_'.repeat(1001))] },
      'InvalidLookupAttributesException',
    ],
    'an attribute that Insights events do not have': [
      { EventCategory: 'insight', LookupAttributes: [attribute('Username', 'a')] },
      'InvalidLookupAttributesException',
    ],
    'a page of nothing': [{ MaxResults: 0 }, 'InvalidMaxResultsException'],
    'a page of 51': [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    'an end before the start': [{ StartTime: new Date(NOW), EndTime: new Date(NOW - 1) }, 'InvalidTimeRangeException'],
    'another category': [{ EventCategory: 'management' as 'insight' }, 'InvalidEventCategoryException'],
    'a token that was never given out': [{ NextToken: 'abc.def' }, 'InvalidNextTokenException'],
  };
  for (const [name, [input, code]] of Object.entries(cases)) {
    it(name, async () => {
      const server = await start();
      const error = await failure(cloudTrail(server).send(new LookupEventsCommand(input)));
      expect(error.name).toBe(code);
      expect(error).toMatchObject({ $metadata: { httpStatusCode: 400 } });
      expect(server.requests).toMatchObject([{ operation: 'LookupEvents', status: 400, error: code }]);
    });
  }

  it('takes the longest value and the smallest range', async () => {
    const server = await start();
    const input = {
      LookupAttributes: [attribute('EventName', '_'.repeat(1000))],
      StartTime: new Date(NOW),
      EndTime: new Date(NOW),
    };
    expect((await cloudTrail(server).send(new LookupEventsCommand(input))).Events).toEqual([]);
  });
});
