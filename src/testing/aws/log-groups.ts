/** The log groups of CloudWatch Logs, and what is in them. */

import { parseJson } from '../../model/json-text.ts';
import { type Position, Timeline } from '../timeline.ts';
import type { ReceivedRecord } from './event-history.ts';
import { invalidParameter, resourceNotFound } from './service-error.ts';

/** How group names may look. @internal */
export const GROUP_NAME = { min: 1, max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ } as const;
/** How names and ARNs of groups may look; the asterisk is not in the documented pattern, but in its examples. @internal */
export const GROUP_IDENTIFIER = { min: 1, max: 2048, pattern: /^[\w#+=/:,.@*-]*$/ } as const;
/** How stream names, and names of metric filters, may look. @internal */
export const STREAM_NAME = { min: 1, max: 512, pattern: /^[^:*]*$/ } as const;

/** One event of a log group: a message, or the record that a trail makes a message of. @internal */
export class LogEvent implements Position {
  readonly time: number;
  readonly arrival: number;
  readonly ordinal: number;
  readonly logStreamName: string;
  readonly #eventId: string | undefined;
  #message: string | undefined;
  #json: { readonly value: unknown } | undefined;

  constructor(
    position: Position,
    content: { readonly message: string } | { readonly record: unknown },
    logStreamName: string,
    eventId?: string,
  ) {
    this.time = position.time;
    this.arrival = position.arrival;
    this.ordinal = position.ordinal;
    this.logStreamName = logStreamName;
    this.#eventId = eventId;
    if ('message' in content) this.#message = content.message;
    else this.#json = { value: content.record };
  }

  get message(): string {
    this.#message ??= JSON.stringify(this.#json?.value);
    return this.#message;
  }

  /** The message as JSON, read when it is first asked for; `undefined` when it is none. */
  get json(): unknown {
    this.#json ??= { value: parseJson(this.message) };
    return this.#json.value;
  }

  /** 56 digits, unique and rising. */
  get eventId(): string {
    return this.#eventId ?? `${Math.max(0, this.time)}`.padStart(16, '3') + `${this.ordinal}`.padStart(40, '0');
  }
}

/** @internal */
export interface LogGroup {
  readonly name: string;
  /** Without one, the group is in every Region. */
  readonly region: string | undefined;
  /** Whether a trail delivers every record to it. */
  readonly trail: boolean;
  readonly events: Timeline<LogEvent>;
}

/** @internal */
export class LogGroups {
  readonly #groups: LogGroup[] = [];

  create(group: Omit<LogGroup, 'events'>): LogGroup {
    const created = { ...group, events: new Timeline<LogEvent>() };
    this.#groups.push(created);
    return created;
  }

  named(name: string): LogGroup | undefined {
    return this.#groups.find((group) => group.name === name);
  }

  trails(): readonly LogGroup[] {
    return this.#groups.filter((group) => group.trail);
  }

  /** The group that a caller means by a name or an ARN. */
  find(identifier: string, caller: { readonly account: string; readonly region: string }): LogGroup {
    const arn = /^arn:[^:]*:logs:([^:]*):([^:]*):log-group:([^:]*)(?::\*)?$/.exec(identifier);
    if (!arn && identifier.startsWith('arn:')) throw invalidParameter(`${identifier} is not the ARN of a log group.`);
    const [, region, account, name] = arn ?? [undefined, caller.region, caller.account, identifier];
    const found = this.#groups.find((group) => group.name === name && (group.region ?? region) === region);
    if (!found || region !== caller.region || account !== caller.account)
      throw resourceNotFound('The specified log group does not exist.');
    return found;
  }
}

/** The log event that a trail makes of a record. @internal */
export function trailEvent(received: ReceivedRecord): LogEvent {
  const { record, account, region } = received;
  return new LogEvent(received, { record }, `${account}_CloudTrail_${region}`);
}

/** Whether an event is in the streams that were asked for. @internal */
export function streamTest(
  names: readonly string[] | undefined,
  prefixes: readonly string[] | undefined,
): (event: LogEvent) => boolean {
  if (names) {
    const wanted = new Set(names);
    return (event) => wanted.has(event.logStreamName);
  }
  if (prefixes) return (event) => prefixes.some((prefix) => event.logStreamName.startsWith(prefix));
  return () => true;
}
