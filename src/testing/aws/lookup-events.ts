/** CloudTrail's LookupEvents. */
import { type JsonObject, member } from '../../model/record.ts';
import type { Answer, Backend, Call } from './backend.ts';
import { type HistoryEntry, type HistoryEvent, outerEvent } from './event-history.ts';
import { integerParameter, objectListParameter, textParameter, timestampParameter } from './parameters.ts';
import { ServiceError } from './service-error.ts';

const DAY = 86_400_000;
const KEPT_FOR = 90 * DAY;
const LARGEST_PAGE = 50;
const LONGEST_VALUE = 2000;

/** What an attribute looks at. */
const ATTRIBUTES: Readonly<Record<string, (event: HistoryEvent) => readonly (string | undefined)[]>> = {
  EventId: (event) => [event.EventId],
  EventName: (event) => [event.EventName],
  ReadOnly: (event) => [event.ReadOnly],
  Username: (event) => [event.Username],
  ResourceType: (event) => event.Resources.map((resource) => resource.ResourceType),
  ResourceName: (event) => event.Resources.map((resource) => resource.ResourceName),
  EventSource: (event) => [event.EventSource],
  AccessKeyId: (event) => [event.AccessKeyId],
};
const INSIGHT_ATTRIBUTES = ['EventId', 'EventName', 'EventSource'];

/** @internal */
export function lookupEvents(call: Call, backend: Backend): Answer {
  const { input } = call;
  const insight = insightOnly(input);
  const matches = attributeTest(input, insight);
  const size = pageSize(input);
  const now = backend.clock.now();
  const from = timestampParameter(input, 'StartTime');
  const to = timestampParameter(input, 'EndTime');
  if (from !== undefined && to !== undefined && from > to) {
    throw new ServiceError('InvalidTimeRangeException', 'The start time must be before the end time.');
  }
  const state = pageState(call, backend);
  const range = {
    from: Math.max(from ?? 0, now - KEPT_FOR),
    to: Math.min(to ?? now, now),
    newestFirst: true,
    snapshot: state.snapshot,
    after: state.after,
  };
  const page: HistoryEntry[] = [];
  let more = false;
  for (const entry of backend.history.timeline(call.account, call.region).walk(range)) {
    if (entry.insight !== insight || !matches(entry)) continue;
    more = page.length === size;
    if (more) break;
    page.push(entry);
  }
  const token = (after: HistoryEntry | undefined) => {
    const position = after && { time: after.time, arrival: after.arrival, ordinal: after.ordinal };
    return backend.tokens.issue({ ...state, after: position ?? state.after, issuedAt: now });
  };
  return {
    output: { Events: page.map(outerEvent), ...(more && { NextToken: token(page.at(-1)) }) },
    page: { list: 'Events', token: 'NextToken', record: 'CloudTrailEvent', again: () => token(undefined) },
  };
}

function pageState(call: Call, backend: Backend) {
  const { NextToken: _, ...parameters } = call.input;
  const bound = JSON.stringify([call.account, call.region, Object.entries(parameters).toSorted()]);
  const token = textParameter(call.input, 'NextToken');
  if (token === undefined) {
    const issuedAt = backend.clock.now();
    return { operation: call.operation, parameters: bound, snapshot: backend.snapshot(), newestFirst: true, issuedAt };
  }
  const state = backend.tokens.read(token, call.operation, bound);
  if (!state) {
    throw new ServiceError(
      'InvalidNextTokenException',
      'The token is not valid, or the parameters are not those of the request it came from.',
    );
  }
  return { ...state, parameters: bound };
}

function insightOnly(input: JsonObject): boolean {
  const category = textParameter(input, 'EventCategory');
  if (category !== undefined && category !== 'insight') {
    throw new ServiceError('InvalidEventCategoryException', `${category} is no event category; insight is.`);
  }
  return category === 'insight';
}

function pageSize(input: JsonObject): number {
  const size = integerParameter(input, 'MaxResults') ?? LARGEST_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw new ServiceError('InvalidMaxResultsException', `MaxResults must be 1 to ${LARGEST_PAGE}, not ${size}.`);
  }
  return size;
}

function attributeTest(input: JsonObject, insight: boolean): (entry: HistoryEntry) => boolean {
  const attributes = objectListParameter(input, 'LookupAttributes') ?? [];
  const [attribute] = attributes;
  if (!attribute) return () => true;
  const refuse = (why: string) => new ServiceError('InvalidLookupAttributesException', why);
  if (attributes.length > 1) throw refuse('LookupAttributes can contain only one item.');
  const key = member(attribute, 'AttributeKey');
  const value = member(attribute, 'AttributeValue');
  if (typeof key !== 'string' || !Object.hasOwn(ATTRIBUTES, key)) throw refuse(`${key} is no attribute key.`);
  if (insight && !INSIGHT_ATTRIBUTES.includes(key)) throw refuse(`Insights events can not be looked up by ${key}.`);
  if (typeof value !== 'string' || value === '') throw refuse('AttributeValue must be a text of 1 or more characters.');
  // These characters count twice.
  const length = value.length + (value.match(/[_ ,\n]/g)?.length ?? 0);
  if (length > LONGEST_VALUE) throw refuse(`AttributeValue must be at most ${LONGEST_VALUE} characters long.`);
  const read = ATTRIBUTES[key] as (event: HistoryEvent) => readonly (string | undefined)[];
  return (entry) => read(outerEvent(entry)).includes(value);
}
