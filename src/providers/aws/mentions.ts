/** Secrets that a record of another service names without touching them. */

import { objectAt } from '../../model/json-text.ts';
import { type JsonObject, textOf } from '../../model/record.ts';
import { SECRETS_MANAGER } from './secret-ids.ts';

/** What the name of a parameter begins with that stands for a secret. Source: Systems Manager User Guide, `integration-ps-secretsmanager`. */
export const PARAMETER_OF_SECRET = '/aws/reference/secretsmanager/';

/** An ARN of Secrets Manager up to where a JSON text ends it; bounded, since a policy may be anything. */
const SECRET_ARN = /arn:[a-z*-]{1,24}:secretsmanager:[^\s"'\\]{1,640}/g;
/** More than the policies of IAM have room for. */
const MAX_MENTIONS = 100;
const NONE: readonly string[] = [];

/**
 * The ARNs of secrets in `requestParameters.policyDocument` (IAM) and `.policy` (KMS, session policies of STS), each once
 * and as written there, and `requestParameters.name` where it is a parameter that stands for a secret. Secrets Manager's
 * own records have none: what they name, they touch.
 */
export function mentionsOf(record: JsonObject, service: string): readonly string[] {
  if (service === SECRETS_MANAGER) return NONE;
  const request = objectAt(record, 'requestParameters');
  if (request === undefined) return NONE;
  const name = textOf(request, 'name');
  if (name?.startsWith(PARAMETER_OF_SECRET)) return [name];
  const policies = [textOf(request, 'policyDocument'), textOf(request, 'policy')];
  const seen = new Set<string>();
  for (const policy of policies) {
    if (policy === undefined || !policy.includes(':secretsmanager:')) continue;
    for (const [arn] of policy.matchAll(SECRET_ARN)) {
      if (seen.size === MAX_MENTIONS) break;
      seen.add(arn);
    }
  }
  return seen.size === 0 ? NONE : [...seen];
}
