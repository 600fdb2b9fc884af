/** Secrets that look like those of an instance that is in use. */
import type { JsonObject } from '../../model/record.ts';
import { pick, type Random, randomGuid, seededRandom } from '../random.ts';
import type { IbmSecret } from './secrets-instance.ts';

/** What secrets to make. Everything can be left out. */
export interface SecretSampleOptions {
  /** How many; 20 by default. */
  readonly count?: number;
  /** The same seed, and the same times, give the same secrets. */
  readonly seed?: number;
  /** When the first could have been made, and when the last thing could have happened; the last 90 days by default. */
  readonly from?: Date | number;
  readonly to?: Date | number;
  readonly account?: string;
  readonly region?: string;
  /** The instance of Secrets Manager. */
  readonly instance?: string;
}

interface Scene {
  readonly random: Random;
  readonly crn: string;
  readonly to: number;
}

const DAY = 86_400_000;
const TYPES = ['arbitrary', 'kv', 'username_password', 'iam_credentials', 'public_cert', 'custom_credentials'] as const;
const PEOPLE = ['IBMid-000000EXMP', 'iam-ServiceId-00000000-0000-4000-8000-000000000004'] as const;
const NEVER = '1970-01-01T00:00:00Z';

/**
 * Makes plausible secrets with their versions, locks and tasks, in the members of the API of Secrets Manager.
 *
 * @example
 * ```ts
 * import { sampleSecrets, startIbmServer } from 'secret-events/testing';
 *
 * const server = await startIbmServer({ secrets: sampleSecrets({ count: 300 }) });
 * await server.stop();
 * ```
 */
export function sampleSecrets(options: SecretSampleOptions = {}): readonly IbmSecret[] {
  const { count = 20, seed = 1, account = '00000000000000000000000000000a11', region = 'us-south' } = options;
  const { instance = '11111111-2222-4333-8444-555555555555' } = options;
  const to = Number(options.to ?? Date.now());
  const from = Number(options.from ?? to - 90 * DAY);
  const random = seededRandom(seed);
  const crn = `crn:v1:bluemix:public:secrets-manager:${region}:a/${account}:${instance}`;
  return Array.from({ length: count }, (_, index) => {
    // Oldest first, spread evenly over the time.
    const created = from + Math.floor(((to - from) * (index + random())) / count);
    return sampleSecret({ random, crn, to }, index, created);
  });
}

function sampleSecret(scene: Scene, index: number, created: number): IbmSecret {
  const { random, crn, to } = scene;
  const id = randomGuid(random);
  const type = pick(random, TYPES);
  const owner = pick(random, PEOPLE);
  const shared = { secret_group_id: random() < 0.7 ? 'default' : 'bbbbbbbb-0000-4000-8000-000000000001' };
  const name = `${type.replaceAll('_', '-')}-${index + 1}`;
  const made = momentsAfter(random, created, to, Math.floor(random() * 3));
  const versions = [created, ...made].map(
    (time, place, all): JsonObject => ({
      id: randomGuid(random),
      secret_id: id,
      secret_name: name,
      secret_type: type,
      ...shared,
      created_at: stamp(time),
      created_by: owner,
      auto_rotated: place > 0 && random() < 0.5,
      payload_available: place >= all.length - 2,
      downloaded: random() < 0.5,
      ...(place === all.length - 1 && { alias: 'current' }),
      ...(place === all.length - 2 && { alias: 'previous' }),
    }),
  );
  const locks = random() < 0.3 ? [lockOf(scene, versions.at(-1) ?? {}, made.at(-1) ?? created)] : [];
  const updated = random() < 0.4 ? momentsAfter(random, made.at(-1) ?? created, to, 1)[0] : made.at(-1);
  return {
    secret: {
      id,
      name,
      crn: `${crn}:secret:${id}`,
      ...shared,
      secret_type: type,
      created_at: stamp(created),
      created_by: owner,
      updated_at: stamp(updated ?? created),
      retrieved_at: random() < 0.5 ? NEVER : stamp(momentsAfter(random, created, to, 1)[0] ?? created),
      versions_total: versions.length,
      locks_total: locks.length,
      state: 1,
      state_description: 'active',
      downloaded: random() < 0.5,
      labels: random() < 0.3 ? ['production'] : [],
      custom_metadata: {},
    },
    versions,
    locks,
    tasks: type === 'custom_credentials' ? [taskOf(scene, id, versions.at(-1) ?? {}, made.at(-1) ?? created)] : [],
  };
}

function lockOf({ random, to }: Scene, version: JsonObject, after: number): JsonObject {
  const time = stamp(momentsAfter(random, after, to, 1)[0] ?? after);
  return {
    name: `lock-${Math.floor(random() * 1000)}`,
    description: 'in use',
    attributes: {},
    created_at: time,
    updated_at: time,
    created_by: pick(random, PEOPLE),
    secret_group_id: version['secret_group_id'],
    secret_id: version['secret_id'],
    secret_version_id: version['id'],
    secret_version_alias: 'current',
  };
}

function taskOf({ random, to }: Scene, secret: string, version: JsonObject, after: number): JsonObject {
  const failed = random() < 0.3;
  return {
    id: randomGuid(random),
    secret_id: secret,
    secret_version_id: version['id'],
    creation_date: stamp(after),
    last_update_date: stamp(momentsAfter(random, after, to, 1)[0] ?? after),
    created_by: pick(random, PEOPLE),
    updated_by: pick(random, PEOPLE),
    type: 'create_credentials',
    status: failed ? 'failed' : 'credentials_created',
    trigger: pick(random, ['secret_creation', 'manual_secret_rotation', 'automatic_secret_rotation']),
    ...(failed && { errors: [{ code: 'provider_error', description: 'The credentials could not be made.' }] }),
  };
}

/** So many moments between two, in their order. */
function momentsAfter(random: Random, from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count }, () => from + Math.floor(random() * Math.max(0, to - from))).sort(
    (a, b) => a - b,
  );
}

/** In whole seconds, as the API writes them. */
function stamp(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
