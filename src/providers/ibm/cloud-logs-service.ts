/** Where an instance of IBM Cloud Logs is. */
import { AuditError } from '../../model/error.ts';
import type { Service } from './clients.ts';

// `<instance>.api.<region>.logs.cloud.ibm.com`, with `.private` behind `.api` on the private network.
const HOST = /^([\w-]+)\.api(?:\.private)?\.([\w-]+)\.logs\.cloud\.ibm\.com$/i;
/** The private network's port; ca-mon is reached by virtual private endpoints only. IBM Cloud docs, `endpoints_api`. */
const PRIVATE_PORT = 3443;

/** @internal */
export function cloudLogsService(region: string, instanceId: string, isPrivate: boolean): Service {
  const host = `${instanceId}.api${isPrivate ? '.private' : ''}.${region}.logs.cloud.ibm.com`;
  return {
    prefix: 'logs',
    title: 'Cloud Logs',
    address: `https://${host}${isPrivate && region !== 'ca-mon' ? `:${PRIVATE_PORT}` : ''}`,
    isOther(found) {
      const parts = HOST.exec(found);
      return parts !== null && (parts[1]?.toLowerCase() !== instanceId.toLowerCase() || parts[2] !== region);
    },
  };
}

/** What makes a host name must be fit for one: a token goes to whatever host comes out of it. @internal */
export function checkRegion(region: unknown): void {
  if (typeof region === 'string' && /^[a-z]{2}-[a-z]{2,12}\d?$/.test(region)) return;
  throw new AuditError(
    'invalid-argument',
    `region: ${JSON.stringify(region)} is no region of IBM Cloud; write it like us-south`,
  );
}

/** @internal */
export function checkInstance(field: string, id: unknown): void {
  if (typeof id === 'string' && /^[\da-z][\da-z-]{0,62}$/i.test(id)) return;
  throw new AuditError(
    'invalid-argument',
    `${field}: ${JSON.stringify(id)} is no id of a service instance; write the GUID that stands in its CRN behind the account`,
  );
}
