/** Where the services are. */
import { AuditError } from '../../../model/error.ts';

/** Names of services, as their addresses and signatures have them. @internal */
export type FetchService = 'cloudtrail' | 'logs';

/** Partitions that are not under amazonaws.com, by how the names of their Regions begin. `partitions.json` of the SDKs. */
const SUFFIXES: readonly (readonly [start: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
];

/** @internal */
export function addressOf(service: FetchService, region: string): string {
  const [, suffix = 'amazonaws.com'] = SUFFIXES.find(([start]) => region.startsWith(start)) ?? [];
  return `https://${service}.${region}.${suffix}/`;
}

/** An address of the caller's own, for both services. @internal */
export function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url.href;
  // What stands before an @ is a password.
  const named = String(endpoint).includes('@') ? 'what was given' : JSON.stringify(endpoint);
  throw new AuditError(
    'invalid-argument',
    `endpoint: ${named} is no address; write it like https://example.com, without a user`,
  );
}
