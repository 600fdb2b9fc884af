/** The event history of CloudTrail: what LookupEvents finds, by account and Region. */
import { AuditError } from '../../model/error.ts';
import { flagOf, isObject, type JsonObject, listOf, member, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import { type Position, Timeline } from '../timeline.ts';

/** The outer event, in the words of the API. @internal */
export interface HistoryEvent {
  readonly EventId?: string;
  readonly EventName?: string;
  readonly ReadOnly?: string;
  readonly AccessKeyId?: string;
  /** Seconds. */
  readonly EventTime: number;
  readonly EventSource?: string;
  readonly Username?: string;
  readonly Resources: readonly { readonly ResourceType?: string; readonly ResourceName: string }[];
  readonly CloudTrailEvent: string;
}

/** @internal */
export interface HistoryEntry extends Position {
  readonly insight: boolean;
  readonly record: JsonObject;
}

/** A record with what every place that keeps it needs to know. @internal */
export interface ReceivedRecord extends Position {
  readonly record: JsonObject;
  readonly account: string;
  readonly region: string;
}

/** Reads when and where a record belongs. @internal */
export function receiveRecord(
  record: JsonObject,
  place: { readonly ordinal: number; readonly arrival: number | undefined; readonly account: string },
): ReceivedRecord {
  const time = isObject(record) ? parseTime(member(record, 'eventTime'))?.getTime() : undefined;
  if (time === undefined) {
    const seen = JSON.stringify(isObject(record) ? member(record, 'eventTime') : record);
    throw new AuditError('invalid-argument', `A record needs an eventTime such as 2026-11-20T14:30:00Z, not ${seen}.`);
  }
  return {
    record,
    time,
    // Nothing can be seen before it happened.
    arrival: Math.max(place.arrival ?? time, time),
    ordinal: place.ordinal,
    account:
      textOf(record, 'recipientAccountId') ?? textOf(objectOf(record, 'userIdentity'), 'accountId') ?? place.account,
    region: textOf(record, 'awsRegion') ?? 'us-east-1',
  };
}

/** @internal */
export class EventHistory {
  readonly #timelines = new Map<string, Timeline<HistoryEntry>>();
  /** Whether each account sees its own records only. */
  readonly #byAccount: boolean;

  constructor(byAccount: boolean) {
    this.#byAccount = byAccount;
  }

  /** Keeps management and Insights events, and nothing else, as the real one does. */
  add(received: ReceivedRecord): void {
    const { record, time, arrival, ordinal } = received;
    const category = textOf(record, 'eventCategory') ?? 'Management';
    const insight = category === 'Insight' || textOf(record, 'eventType') === 'AwsCloudTrailInsight';
    if (!insight && (category !== 'Management' || flagOf(record, 'managementEvent') === false)) return;
    this.timeline(received.account, received.region).add({ time, arrival, ordinal, insight, record });
  }

  timeline(account: string, region: string): Timeline<HistoryEntry> {
    const key = `${this.#byAccount ? account : ''}/${region}`;
    let timeline = this.#timelines.get(key);
    if (!timeline) {
      timeline = new Timeline();
      this.#timelines.set(key, timeline);
    }
    return timeline;
  }
}

/** @internal */
export function outerEvent({ record, time }: HistoryEntry): HistoryEvent {
  const identity = objectOf(record, 'userIdentity');
  const readOnly = flagOf(record, 'readOnly');
  const id = textOf(record, 'eventID');
  const name = textOf(record, 'eventName');
  const key = textOf(identity, 'accessKeyId');
  const source = textOf(record, 'eventSource');
  const user = userName(identity);
  return {
    ...(id !== undefined && { EventId: id }),
    ...(name !== undefined && { EventName: name }),
    ...(readOnly !== undefined && { ReadOnly: String(readOnly) }),
    ...(key !== undefined && { AccessKeyId: key }),
    EventTime: time / 1000,
    ...(source !== undefined && { EventSource: source }),
    ...(user !== undefined && { Username: user }),
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** The user's name, the session's name of an assumed role, `root`; a service that acts by itself has none. */
function userName(identity: JsonObject | undefined): string | undefined {
  const type = textOf(identity, 'type');
  if (type === 'Root') return 'root';
  const session = textOf(identity, 'arn')?.match(/:(?:assumed-role|federated-user)\/(?:.*\/)?([^/]+)$/)?.[1];
  return session ?? textOf(identity, 'userName');
}

function resourcesOf(record: JsonObject): HistoryEvent['Resources'] {
  const found = new Map<string, { ResourceType?: string; ResourceName: string }>();
  for (const resource of listOf(record, 'resources')) {
    const name = textOf(resource, 'ARN');
    const type = textOf(resource, 'type');
    if (name !== undefined) found.set(name, { ...(type !== undefined && { ResourceType: type }), ResourceName: name });
  }
  if (textOf(record, 'eventSource') === 'secretsmanager.amazonaws.com') {
    const request = objectOf(record, 'requestParameters');
    const response = objectOf(record, 'responseElements');
    const named = [textOf(request, 'secretId'), textOf(response, 'arn') ?? textOf(response, 'aRN')];
    if (textOf(record, 'eventName') === 'CreateSecret') named.push(textOf(request, 'name'));
    for (const name of named) {
      if (name !== undefined) found.set(name, { ResourceType: 'AWS::SecretsManager::Secret', ResourceName: name });
    }
  }
  return [...found.values()];
}
