/** How a server can be started, and fed. */
import type { JsonObject } from '../../model/record.ts';
import type { Clock } from '../clock.ts';
import type { IbmLogRow, IbmLogTier } from './log-row.ts';
import type { IbmLogOptions } from './log-rules.ts';
import type { IbmQuotas } from './query-quota.ts';
import type { IbmSecret } from './secrets-instance.ts';

/** An activity tracking event as services send it. It needs an `eventTime`; it is kept, not copied. */
export type ActivityEventRecord = JsonObject;

/** How to start a server. Everything can be left out. */
export interface IbmServerOptions extends IbmLogOptions {
  /** What happened: the rows of Cloud Logs. */
  readonly records?: readonly ActivityEventRecord[];
  /** Further rows of Cloud Logs, of any kind. */
  readonly rows?: readonly IbmLogRow[];
  /** What is in Secrets Manager. */
  readonly secrets?: readonly IbmSecret[];
  /** Tells the time by which rows arrive and quotas fill up. The machine's clock by default. */
  readonly clock?: Clock;
  /** Where they are not to be IBM's own; `false` for as many queries as come. */
  readonly quotas?: IbmQuotas | false;
  /** How long an answer takes, on `clock`; to be refused takes no time. */
  readonly latencyMs?: number;
  /** What chance is drawn from, so that a run repeats. */
  readonly seed?: number;
  /** The key that gives a token; `not-a-secret` by default. */
  readonly apiKey?: string;
  /** A key that gives a token with which nothing may be read. */
  readonly apiKeyWithoutRole?: string;
  /** How long a token is good; an hour by default. */
  readonly tokenSeconds?: number;
  /** By which clock tokens expire here. The machine's by default, as it is for IBM's SDK, which reads it off the token. */
  readonly tokenClock?: Clock;
}

/** When and where events arrive. */
export interface IbmAddOptions {
  /** From when on they can be found; from their own time when left out. */
  readonly deliveredAt?: Date | number;
  /** The time of the rows, by which they are searched; that of the delivery, else the event's own, when left out. */
  readonly timestamp?: Date | number;
  /** Both when left out. */
  readonly tiers?: readonly IbmLogTier[];
}
