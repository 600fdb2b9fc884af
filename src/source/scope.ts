/** Which events are the secrets managers' own. */
import type { AuditEvent } from '../model/event.ts';
import type { Scope } from './source.ts';

/** The services whose events scope `secrets` lets through: a CloudTrail event source and an IBM service name. */
export const SECRETS_SERVICES: ReadonlySet<string> = new Set(['secretsmanager.amazonaws.com', 'secrets-manager']);

/** @internal */
export function inScope(event: AuditEvent, scope: Scope): boolean {
  return scope === 'all' || SECRETS_SERVICES.has(event.service);
}
