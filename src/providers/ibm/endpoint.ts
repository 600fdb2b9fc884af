/** Where requests go, if somebody says so. */
import { AuditError } from '../../model/error.ts';

/** Refuses an address that no request can be sent to. @internal */
export function checkEndpoint(endpoint: unknown): void {
  const url = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash) return;
  throw new AuditError(
    'invalid-argument',
    // Not quoted: an address may hold a password.
    'endpoint: that is no address; write it like https://my-instance.api.us-south.logs.cloud.ibm.com',
  );
}
