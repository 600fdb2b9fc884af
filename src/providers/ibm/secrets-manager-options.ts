/** Which Secrets Manager instance is meant, and whether it can be. */
import { AuditError } from '../../model/error.ts';
import { checkEndpoint } from './endpoint.ts';
import { checkInstance, checkRegion } from './instance.ts';
import type { IbmSourceOptions } from './requests.ts';
import type { SecretsManagerClient } from './secrets-manager-client.ts';

/** How to reach a Secrets Manager instance: a client, or region and instance, or all of it from the environment. */
export interface SecretsManagerOptions extends IbmSourceOptions {
  /** IBM's `SecretsManagerV2`, or any object with its list methods. Region and instance then only make the name. */
  readonly client?: SecretsManagerClient;
  /** `us-south`. */
  readonly region?: string;
  /** The GUID of the instance. */
  readonly instanceId?: string;
}

/** @internal */
export function nameOf({ region, instanceId, name }: SecretsManagerOptions): string {
  if (name !== undefined) return name;
  return ['ibm.secrets-manager', region, instanceId].filter((part) => part !== undefined).join('/');
}

/** Refuses options that cannot be meant. @internal */
export function checkOptions({ region, instanceId, endpoint, client }: SecretsManagerOptions): void {
  if (region !== undefined) checkRegion(region);
  if (instanceId !== undefined) checkInstance('instanceId', instanceId);
  if (endpoint !== undefined) checkEndpoint(endpoint);
  if (client === undefined && (region === undefined) !== (instanceId === undefined)) {
    const missing = region === undefined ? 'region' : 'instanceId';
    throw new AuditError('invalid-argument', `${missing} is missing: the address of the instance takes both`);
  }
}
