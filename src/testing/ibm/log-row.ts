/** One row of the logs. */
import { AuditError } from '../../model/error.ts';
import { isObject, type JsonObject, member, objectOf, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import type { Position } from '../timeline.ts';

/** Where Cloud Logs keeps a row: searched at once, in the archive, or both. */
export type IbmLogTier = 'frequent_search' | 'archive';

/** How the time of a row is written: `...123Z`, `...123`, `...123456789`. */
export type IbmTimestampForm = 'zone' | 'no-zone' | 'nanoseconds';

/** A row to feed, as it is to come out. */
export interface IbmLogRow {
  /** The record: JSON text as a rule, and anything else for a test of what comes otherwise. */
  readonly user_data: string;
  /** The time of the row, by which it is searched. */
  readonly timestamp: Date | number;
  /** From when on it can be found; from its own time when left out. */
  readonly deliveredAt?: Date | number;
  /** `ibm-audit-event` when left out. */
  readonly application?: string;
  /** `secrets-manager:` and an instance when left out. */
  readonly subsystem?: string;
  /** Made up when left out. */
  readonly logid?: string;
  /** 1 to 6; 3, which is information, when left out. */
  readonly severity?: number;
  /** Both when left out. */
  readonly tiers?: readonly IbmLogTier[];
}

interface LogRowFields extends Position {
  readonly application: string;
  readonly subsystem: string;
  readonly severity: number;
  readonly logid: string;
  readonly tiers: readonly IbmLogTier[];
}

const APPLICATION = 'ibm-audit-event';
const INSTANCE = '11111111-2222-4333-8444-555555555555';
const EVERYWHERE: readonly IbmLogTier[] = ['frequent_search', 'archive'];

/** @internal */
export class LogRow implements Position {
  readonly time: number;
  readonly arrival: number;
  readonly ordinal: number;
  readonly application: string;
  readonly subsystem: string;
  readonly severity: number;
  readonly logid: string;
  readonly tiers: readonly IbmLogTier[];
  #record: JsonObject | null | undefined;
  #text: string | undefined;

  constructor(fields: LogRowFields, content: JsonObject | string) {
    this.time = Math.floor(fields.time);
    this.arrival = fields.arrival;
    this.ordinal = fields.ordinal;
    this.application = fields.application;
    this.subsystem = fields.subsystem;
    this.severity = fields.severity;
    this.logid = fields.logid;
    this.tiers = fields.tiers;
    if (typeof content === 'string') this.#text = content;
    else this.#record = content;
  }

  get userData(): string {
    this.#text ??= JSON.stringify(this.#record);
    return this.#text;
  }

  /** What a query sees; nothing in a row that holds no JSON object. */
  get data(): JsonObject | undefined {
    if (this.#record === undefined) this.#record = parse(this.#text ?? '') ?? null;
    return this.#record ?? undefined;
  }
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** When and where an event goes. @internal */
export interface Delivery {
  readonly deliveredAt?: Date | number | undefined;
  readonly timestamp?: Date | number | undefined;
  readonly tiers?: readonly IbmLogTier[] | undefined;
}

/** The row that Activity Tracker makes of an event. @internal */
export function rowOfEvent(record: JsonObject, ordinal: number, delivery: Delivery): LogRow {
  const event = isObject(record) && member(record, 'action') === undefined ? objectOf(record, 'payload') : record;
  const happened = parseTime(member(event, 'eventTime'))?.getTime();
  const time = Number(delivery.timestamp ?? delivery.deliveredAt ?? happened ?? Number.NaN);
  if (Number.isNaN(time)) {
    const seen = JSON.stringify(member(event, 'eventTime'));
    throw new AuditError(
      'invalid-argument',
      `An event needs an eventTime such as 2026-11-20T14:30:00.00+0000, not ${seen}.`,
    );
  }
  const crn = textOf(record, 'logSourceCRN') ?? textOf(event, 'logSourceCRN') ?? '';
  const [, , , , service = 'secrets-manager', , , instance = INSTANCE] = crn.split(':');
  const fields = {
    time,
    arrival: Number(delivery.deliveredAt ?? time),
    ordinal,
    application: APPLICATION,
    subsystem: `${service}:${instance}`,
    severity: 3,
    logid: logIdOf(ordinal),
    tiers: delivery.tiers ?? EVERYWHERE,
  };
  return new LogRow(fields, record);
}

/** @internal */
export function rowAsGiven(row: IbmLogRow, ordinal: number): LogRow {
  const time = Number(row.timestamp);
  if (Number.isNaN(time)) throw new AuditError('invalid-argument', 'A row needs a timestamp that is a time.');
  const fields = {
    time,
    arrival: Number(row.deliveredAt ?? time),
    ordinal,
    application: row.application ?? APPLICATION,
    subsystem: row.subsystem ?? `secrets-manager:${INSTANCE}`,
    severity: row.severity ?? 3,
    logid: row.logid ?? logIdOf(ordinal),
    tiers: row.tiers ?? EVERYWHERE,
  };
  return new LogRow(fields, row.user_data);
}

function logIdOf(ordinal: number): string {
  return `77777777-0000-4000-8000-${ordinal.toString(16).padStart(12, '0')}`;
}
