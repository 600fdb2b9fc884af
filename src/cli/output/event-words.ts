/** What people call the parts of an event. */
import type { AuditEvent, SecretRef } from '../../model/event.ts';

/** A session says little without the role behind it: `orders-api/orders-api-7c9d5f64b`. */
export function actorText({ actor: { role, name, id } }: AuditEvent): string | undefined {
  if (role !== undefined && name !== undefined && role !== name) return `${role}/${name}`;
  return serviceText(name) ?? role ?? id;
}

/** Where it came from: an address, else what stands in its place. */
export function originText({ origin: { ip, service, vpcEndpoint } }: AuditEvent): string | undefined {
  return ip ?? serviceText(service) ?? vpcEndpoint;
}

/** The first secret, and how many there are besides. */
export function secretText({ secret, secrets }: AuditEvent): string | undefined {
  if (secret === undefined) return undefined;
  const others = (secrets?.length ?? 1) - 1;
  return others > 0 ? `${secretName(secret)} +${others}` : secretName(secret);
}

/** The name, or what is left of an ARN or CRN without the part that all secrets share. */
export function secretName({ id, name }: SecretRef): string {
  return name ?? (/:secret:([^:]+)$/.exec(id)?.[1] || id);
}

/** `secretsmanager` of `secretsmanager.amazonaws.com`. */
function serviceText(name: string | undefined): string | undefined {
  return name?.replace(/(?<=.)\.amazonaws\.com$/, '');
}
