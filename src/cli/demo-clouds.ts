/** Two clouds on the loopback interface, which hold the sample logs as if they were of the last week. */
import { join } from 'node:path';
import type { AuditEvent } from '../model/event.ts';
import { isObject, type JsonObject } from '../model/record.ts';
import { cloudTrailLookup } from '../providers/aws/cloudtrail-lookup.ts';
import { logFiles } from '../providers/files/log-files.ts';
import { ibmCloudLogs } from '../providers/ibm/cloud-logs.ts';
import { events } from '../reader/events.ts';
import type { AuditSource } from '../source/source.ts';
import { startAwsServer, startIbmServer, virtualClock } from '../testing/index.ts';
import { loginAt } from './demo-clients.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** The day after the last of the samples. */
const SAMPLES_END = Date.UTC(2026, 10, 16);
/** What is younger may not have been delivered yet, and the demo is to be complete. */
const SETTLED = 3_600_000;

/** The clouds while they run. */
export interface DemoClouds {
  readonly sources: readonly AuditSource[];
  /** The seven days that the samples were moved to, by whole days: what happened at night still does. */
  readonly from: Date;
  readonly to: Date;
  stop(): Promise<void>;
}

/**
 * Starts both servers, fills them, and gives sources that ask them through the vendors' own clients. No other host is
 * asked, and the credentials are good nowhere. The servers' quotas count on a clock that jumps, so nobody waits for them.
 *
 * @param folder - Of the sample logs.
 */
export async function startDemoClouds(folder: string, now: number): Promise<DemoClouds> {
  const to = Math.floor((now - SETTLED) / DAY) * DAY;
  const moved = async (cloud: string) => {
    const all = await events(logFiles([join(folder, cloud)]), { scope: 'all', order: 'oldest-first' }).toArray();
    return all.map((event) => inTime(event, to - SAMPLES_END)).filter(isObject);
  };
  const clock = virtualClock(now);
  const aws = await startAwsServer({ records: await moved('aws'), clock });
  const ibm = await startIbmServer({ records: await moved('ibm'), clock });
  const stop = async () => {
    await Promise.all([aws.stop(), ibm.stop()]);
  };
  try {
    const credentials = { accessKeyId: aws.env.AWS_ACCESS_KEY_ID, secretAccessKey: aws.env.AWS_SECRET_ACCESS_KEY };
    const trail = (region: string) =>
      cloudTrailLookup({ region, credentials, endpoint: aws.url, pace: { clock, inFlight: 1 } });
    const logs = ibmCloudLogs({
      region: 'us-south',
      instanceId: 'demo',
      tier: 'frequent_search',
      endpoint: ibm.url,
      authenticator: await loginAt(ibm.url, ibm.env.LOGS_APIKEY),
      pace: { clock },
    });
    const sources = [trail('us-east-1'), trail('eu-west-1'), logs];
    return { sources, from: new Date(to - WEEK), to: new Date(to), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The record as the provider would have written it so many milliseconds later. */
function inTime({ raw, time, provider }: AuditEvent, shift: number): JsonObject | undefined {
  if (!isObject(raw)) return undefined;
  const stamp = new Date(time.getTime() + shift).toISOString();
  const eventTime = provider === 'aws' ? stamp.replace(/\.\d+/, '') : `${stamp.slice(0, 22)}+0000`;
  return { ...raw, eventTime };
}
