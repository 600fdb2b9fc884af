/** What a source of Cloud Logs can be told, and what cannot be meant. */
import { AuditError } from '../../model/error.ts';
import type { CloudLogsTier } from './cloud-logs-query.ts';
import { checkEndpoint } from './endpoint.ts';
import { checkInstance, checkRegion } from './instance.ts';
import type { IbmSourceOptions } from './requests.ts';

/** How far the clocks and the rounding of an event and of its row may be apart, in milliseconds. @internal */
export const SKEW = 1000;

/** Options of `ibmCloudLogs`. */
export interface IbmCloudLogsOptions extends IbmSourceOptions {
  /** Region of the Cloud Logs instance: `us-south`. */
  readonly region: string;
  /** Its id, a GUID. */
  readonly instanceId: string;
  /**
   * Where to look. The TCO policies of the instance put each log into a pipeline: those of high priority are found in
   * `frequent_search` (and in the archive, if the instance has a bucket), all others in `archive` only. `both` asks both,
   * at twice the requests, and gives what is in both once; it is the default, because only it does not depend on policies
   * that others may change.
   */
  readonly tier?: CloudLogsTier | 'both';
  /**
   * The language to ask in. `dataprime`, the default, gives rows in order, so a full answer is gone on from where it ends.
   * `lucene` has no order: a full answer is thrown away and asked again in halves.
   */
  readonly syntax?: 'dataprime' | 'lucene';
  /** Ids of the Secrets Manager instances whose events are wanted; all by default. Scope `all` takes no notice of it. */
  readonly secretsManagerInstance?: string | readonly string[];
  /** How long after an act its row may come, in milliseconds; 15 minutes by default. Younger events may be missing, and a notice says so. */
  readonly deliveryDelay?: number;
  /** Rows of one answer; by default as many as the tier gives, 12,000 or 50,000. Fewer need less memory and more requests. */
  readonly pageRows?: number;
  /** Days of one query; 8 by default, which is the most that an instance takes. */
  readonly maxRangeDays?: number;
}

/** @throws AuditError `invalid-argument` that names the option. @internal */
export function checkOptions(options: IbmCloudLogsOptions): void {
  const { region, instanceId, endpoint, tier = 'both', syntax = 'dataprime' } = options;
  checkRegion(region);
  checkInstance('instanceId', instanceId);
  for (const id of instancesOf(options)) checkInstance('secretsManagerInstance', id);
  if (endpoint !== undefined) checkEndpoint(endpoint);
  oneOf('tier', tier, ['frequent_search', 'archive', 'both']);
  oneOf('syntax', syntax, ['dataprime', 'lucene']);
  const { pageRows = 1, maxRangeDays = 1, deliveryDelay = 0, pace } = options;
  if (!Number.isInteger(pageRows) || pageRows < 1) throw refuse(`pageRows: ${pageRows} is no number of rows`);
  if (!(maxRangeDays > 0)) throw refuse(`maxRangeDays: ${maxRangeDays} is no number of days`);
  if (!(deliveryDelay >= 0)) throw refuse(`deliveryDelay: ${deliveryDelay} is no time in milliseconds`);
  if (pace?.perMinute !== undefined && !(pace.perMinute > 0))
    throw refuse(`pace.perMinute: ${pace.perMinute} is no number of requests`);
}

const refuse = (message: string) => new AuditError('invalid-argument', message);

function oneOf(field: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw refuse(`${field}: ${JSON.stringify(value)} is none of ${allowed.join(', ')}`);
}

/** @internal */
export function instancesOf({ secretsManagerInstance: ids = [] }: IbmCloudLogsOptions): readonly string[] {
  return typeof ids === 'string' ? [ids] : ids;
}
