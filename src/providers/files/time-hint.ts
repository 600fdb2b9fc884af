/** What the name of a file says about the times of the events in it. */

const MINUTE = 60_000;

// <account>_CloudTrail_<region>_20260131T2355Z_<unique>.json.gz; AWS writes it in steps of five minutes, rounded up.
const CLOUDTRAIL = /_CloudTrail(?:-[A-Za-z]+)?_[a-z0-9-]+[_-](\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(Z?)(?=[_.])/;
// <region>/2026-01-31T21/2026-01-31T21:02+01_<uuid>.log; the colon may have been replaced on the way to a disk.
const ACTIVITY = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)[^\d+]{0,3}(\d\d)\+\d+(?:_[0-9a-fA-F-]+)?\.log/;

/**
 * Events may be this much newer than the name of their file says: clocks differ, and names have no seconds. Of 3,911
 * files from real trails none held an event newer than its name. In milliseconds.
 */
const SLACK_MS = 2 * MINUTE;
/** Events are expected to be delivered within this time; CloudTrail says about 5 minutes on average. In milliseconds. */
const LATENESS_MS = 60 * MINUTE;

/** Times between which the events of a file lie, in milliseconds; `latest` is sure, `earliest` is what is usual. */
export interface TimeRange {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * What a name says, `undefined` when it says nothing. CloudTrail's stamp is the time of delivery, so nothing in the file
 * is newer. Other names may stand for the whole hour that they name.
 *
 * @internal
 */
export function rangeByName(path: string): TimeRange | undefined {
  const name = path.slice(path.search(/[^\\/]*$/));
  const trail = CLOUDTRAIL.exec(name);
  const match = trail ?? ACTIVITY.exec(name);
  if (!match) return undefined;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return undefined;
  const start = Date.UTC(year, month - 1, day, hour, trail ? minute : 0);
  return { earliest: start - LATENESS_MS, latest: start + SLACK_MS + (trail?.[6] === 'Z' ? 0 : 60 * MINUTE) };
}
