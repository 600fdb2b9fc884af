/** The values of an event that people search for. */
import type { AuditEvent } from '../../model/event.ts';
import type { OcsfObservable } from './ocsf-event.ts';
import type { Parts } from './parts.ts';

/** Addresses, names, key ids and resources, each with the place where the event has it. */
export function observablesOf({ actor, origin }: AuditEvent, { actor: written, destination, resources }: Parts) {
  const found: OcsfObservable[] = [];
  const { ip, agent } = origin;
  if (ip !== undefined) found.push({ name: 'src_endpoint.ip', value: ip, type_id: 2, type: 'IP Address' });
  if (actor.name !== undefined) {
    found.push({ name: 'actor.user.name', value: actor.name, type_id: 4, type: 'User Name' });
  }
  const key = written.user?.credential_uid ?? written.user?.programmatic_credentials?.[0]?.uid;
  if (key !== undefined) {
    const name = written.user?.credential_uid === undefined ? 'programmatic_credentials[].uid' : 'credential_uid';
    found.push({ name: `actor.user.${name}`, value: key, type_id: 19, type: 'User Credential ID' });
  }
  for (const { uid } of resources) {
    if (uid !== undefined) found.push({ name: 'resources[].uid', value: uid, type_id: 10, type: 'Resource UID' });
  }
  if (agent !== undefined) {
    found.push({ name: 'http_request.user_agent', value: agent, type_id: 16, type: 'HTTP User-Agent' });
  }
  const host = destination?.hostname;
  if (host !== undefined) found.push({ name: 'dst_endpoint.hostname', value: host, type_id: 1, type: 'Hostname' });
  return found;
}
