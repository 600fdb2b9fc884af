/** What names an instance of a service. It makes a host name, and a token goes to whatever host comes out of it. */
import { AuditError } from '../../model/error.ts';

/** @internal */
export function isRegion(region: unknown): boolean {
  return typeof region === 'string' && /^[a-z]{2}-[a-z]{2,12}\d?$/.test(region);
}

/** @internal */
export function checkRegion(region: unknown): void {
  if (isRegion(region)) return;
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
