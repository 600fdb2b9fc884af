/** Everything that touched one secret, as a filter: in the secrets managers' own records and in those of their neighbours. */
import { AuditError } from '../model/error.ts';
import type { FieldName } from '../model/field.ts';
import type { Filter } from './filter.ts';

/**
 * A filter for all events that have to do with one secret. It is compiled like any other, and needs `scope: 'all'`,
 * because most of them are other services'.
 *
 * AWS: the secret's own events, resource policies among them; the use of its KMS key (the encryption context names the
 * secret); policies of IAM and KMS that name it, alone or with a wildcard; parameters of Systems Manager that stand for
 * it; and the calls by which Secrets Manager starts rotation functions, of every secret in that account and Region, since
 * a record does not say for which. IBM Cloud: the secret's own events, and what Secrets Manager did with keys in the
 * account, again of every secret.
 *
 * Sources: Secrets Manager User Guide, `security-encryption`; Systems Manager User Guide, `integration-ps-secretsmanager`.
 *
 * @param secret - The full ARN of a secret, with the six characters at its end, or the CRN of a secret.
 * @throws AuditError `invalid-argument` for any other text.
 *
 * @example
 * ```ts
 * import { events, relatedTo } from 'secret-events';
 * import { cloudTrailLookup } from 'secret-events/aws';
 *
 * const where = relatedTo('arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/db-Zk3WqP');
 * const stream = events(cloudTrailLookup({ region: 'eu-central-1' }), { from: '7d', scope: 'all', where });
 * for await (const event of stream) console.log(event.time, event.service, event.name, event.actor.name);
 * ```
 */
export function relatedTo(secret: string): Filter {
  const related = typeof secret === 'string' ? (relatedToArn(secret) ?? relatedToCrn(secret)) : undefined;
  if (related !== undefined) return related;
  throw new AuditError(
    'invalid-argument',
    `${shown(secret)} is neither the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX) nor the CRN of one (crn:v1:bluemix:public:secrets-manager:REGION:a/ACCOUNT:INSTANCE:secret:ID)`,
  );
}

const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';
/** A full ARN ends in a hyphen and six characters that AWS adds to the name. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

function relatedToArn(arn: string): Filter | undefined {
  const [, region, account, full] = ARN.exec(arn) ?? [];
  if (!region || !account || !full) return undefined;
  const name = full.replace(SUFFIX, '');
  const here: Filter = { all: [orMissing('account', account), orMissing('region', region)] };
  return {
    provider: 'aws',
    any: [
      // What a caller wrote: the ARN, or the ARN without its end.
      { 'secret.id': [...new Set([arn, arn.replace(SUFFIX, '')])] },
      { 'secret.name': name, ...here },
      inPolicies(region, account, full, name),
      { mentions: `/aws/reference/secretsmanager/${name}`, ...here },
      { service: 'lambda.amazonaws.com', 'origin.service': SECRETS_MANAGER, ...here },
    ],
  };
}

const ARN = /^arn:[a-z-]+:secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.{1,519})$/;

/** Where a name has more parts than this, only its first ones are looked for with a wildcard behind them. */
const MAX_PREFIXES = 8;

/**
 * How policies write the ARN of this secret: in full, with a wildcard for what AWS added, or for all below a prefix, and
 * with or without a wildcard for Region and account. Asked by its two ends: all of them spelled out would be longer than
 * some query languages allow.
 */
function inPolicies(region: string, account: string, full: string, name: string): Filter {
  const parts = name.split('/').slice(0, -1);
  const prefixes = parts.slice(0, MAX_PREFIXES).map((_, index) => `${parts.slice(0, index + 1).join('/')}/*`);
  const ends = [...new Set([full, name, `${name}-??????`, `${name}-*`, `${name}*`, ...prefixes, '*'])];
  const places = [`${region}:${account}`, `*:${account}`, `${region}:*`, '*:*'];
  return {
    all: [
      { any: ends.map((end) => ({ mentions: { endsWith: `:secret:${end}` } })) },
      { any: places.map((place) => ({ mentions: { contains: `:secretsmanager:${place}:secret:` } })) },
    ],
  };
}

const CRN = /^(crn:v1:[^:]*:[^:]*:secrets-manager:[^:]*:a\/([^:]+):[^:]+:)secret:([^:]+)$/;

function relatedToCrn(crn: string): Filter | undefined {
  const [, instance, account, id] = crn.length > 2048 ? [] : (CRN.exec(crn) ?? []);
  if (!instance || !account || !id) return undefined;
  return {
    provider: 'ibm',
    any: [
      // Some records give the id alone.
      { 'secret.id': [crn, id] },
      { 'secret.id': { startsWith: `${instance}secret-version:${id}` } },
      { service: ['kms', 'hs-crypto'], 'origin.service': 'secrets-manager', all: [orMissing('account', account)] },
    ],
  };
}

/** A record that does not say where it happened may have happened here. */
function orMissing(field: FieldName & ('account' | 'region'), value: string): Filter {
  return { any: [{ [field]: value }, { [field]: { exists: false } }] };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : `a ${typeof value}`;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
