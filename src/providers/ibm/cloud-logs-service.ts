/** Where an instance of IBM Cloud Logs is. */
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
