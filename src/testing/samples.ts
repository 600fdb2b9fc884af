/** CloudTrail records that look like those of an account that uses Secrets Manager. */
import type { JsonObject } from '../model/record.ts';
import { pick, type Random, randomGuid, seededRandom } from './random.ts';

/** What records to make. Everything can be left out. */
export interface SampleOptions {
  /** How many; 100 by default. */
  readonly count?: number;
  /** The same seed, and the same times, give the same records. */
  readonly seed?: number;
  /** The oldest and the newest possible time; the last 24 hours by default. */
  readonly from?: Date | number;
  readonly to?: Date | number;
  readonly account?: string;
  readonly regions?: readonly [string, ...string[]];
}

interface Scene {
  readonly random: Random;
  readonly account: string;
  readonly region: string;
  readonly eventTime: string;
}

const SECRETS = ['prod/db/orders', 'prod/api/payments', 'staging/db/orders', 'ci/deploy-token'] as const;
const USERS = ['deployer', 'reporter'] as const;
const ROLES = ['app-server', 'ci-deploy'] as const;
const DAY = 86_400_000;

/** A call of the API, with what its request names, and how often it is made. */
const CALLS = [
  { name: 'GetSecretValue', readOnly: true, weight: 12 },
  { name: 'DescribeSecret', readOnly: true, weight: 4 },
  { name: 'ListSecrets', readOnly: true, weight: 2 },
  { name: 'PutSecretValue', readOnly: false, weight: 2 },
  { name: 'UpdateSecret', readOnly: false, weight: 1 },
  { name: 'RotateSecret', readOnly: false, weight: 1 },
  { name: 'DeleteSecret', readOnly: false, weight: 1 },
] as const;
const DRAWN = CALLS.flatMap((call) => Array.from({ length: call.weight }, () => call)) as [
  (typeof CALLS)[number],
  ...(typeof CALLS)[number][],
];

/**
 * Makes plausible records, oldest first: calls by users and roles, calls that were denied, rotations by the service
 * itself, and some of another service.
 *
 * @example
 * ```ts
 * import { sampleCloudTrailRecords } from 'secret-events/testing';
 *
 * const records = sampleCloudTrailRecords({ count: 1000, seed: 7, to: new Date('2026-11-20T00:00:00Z') });
 * console.log(records.length);
 * ```
 */
export function sampleCloudTrailRecords(options: SampleOptions = {}): readonly JsonObject[] {
  const { count = 100, seed = 1, account = '111122223333', regions = ['us-east-1'] } = options;
  const to = Number(options.to ?? Date.now());
  const from = Number(options.from ?? to - DAY);
  const random = seededRandom(seed);
  const times = Array.from({ length: count }, () => Math.ceil((from + random() * (to - from)) / 1000) * 1000);
  times.sort((a, b) => a - b);
  return times.map((time) => {
    const eventTime = new Date(Math.min(time, Math.floor(to / 1000) * 1000)).toISOString().replace('.000Z', 'Z');
    const scene: Scene = { random, account, region: pick(random, regions), eventTime };
    const chance = random();
    if (chance < 0.06) return rotation(scene);
    return chance < 0.16 ? decryption(scene) : secretCall(scene);
  });
}

function secretCall(scene: Scene): JsonObject {
  const { random } = scene;
  const { name, readOnly } = pick(random, DRAWN);
  const secret = pick(random, SECRETS);
  const requestParameters =
    name === 'ListSecrets' ? null : { secretId: random() < 0.5 ? secret : arnOf(scene, secret) };
  const denied = random() < 0.08;
  const failure = denied && {
    errorCode: 'AccessDenied',
    errorMessage: `User is not authorized to perform: secretsmanager:${name}`,
  };
  const responseElements = readOnly || denied ? null : { arn: arnOf(scene, secret), name: secret };
  return record(scene, {
    userIdentity: identity(scene),
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: name,
    sourceIPAddress: `198.51.100.${Math.floor(random() * 254) + 1}`,
    userAgent: pick(random, ['aws-cli/2.17.0', 'aws-sdk-js/3.1169.0', 'Boto3/1.40.0']),
    ...failure,
    requestParameters,
    responseElements,
    requestID: randomGuid(random),
    readOnly,
    eventType: 'AwsApiCall',
  });
}

/** What the service does by itself: no type of identity, and the secret in another place. */
function rotation(scene: Scene): JsonObject {
  const { random, account } = scene;
  const arn = arnOf(scene, pick(random, SECRETS));
  const failed = random() < 0.2;
  return record(scene, {
    userIdentity: { accountId: account, invokedBy: 'secretsmanager.amazonaws.com' },
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: failed ? 'RotationFailed' : 'RotationSucceeded',
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    ...(failed && { errorMessage: 'An error occurred during rotation.' }),
    requestParameters: null,
    responseElements: null,
    additionalEventData: { SecretId: arn },
    requestID: `Rotation-${arn}-${randomGuid(random)}`,
    readOnly: false,
    eventType: 'AwsServiceEvent',
  });
}

function decryption(scene: Scene): JsonObject {
  const { random, account, region } = scene;
  const ARN = `arn:aws:kms:${region}:${account}:key/${randomGuid(random)}`;
  return record(scene, {
    userIdentity: { ...identity(scene), invokedBy: 'secretsmanager.amazonaws.com' },
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    requestParameters: { encryptionContext: { SecretARN: arnOf(scene, pick(random, SECRETS)) } },
    responseElements: null,
    requestID: randomGuid(random),
    readOnly: true,
    resources: [{ ARN, accountId: account, type: 'AWS::KMS::Key' }],
    eventType: 'AwsApiCall',
  });
}

function record({ random, account, region, eventTime }: Scene, fields: JsonObject): JsonObject {
  return {
    eventVersion: '1.11',
    eventTime,
    awsRegion: region,
    ...fields,
    eventID: randomGuid(random),
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}

function identity({ random, account }: Scene): JsonObject {
  if (random() < 0.4) {
    const userName = pick(random, USERS);
    const arn = `arn:aws:iam::${account}:user/${userName}`;
    return { type: 'IAMUser', principalId: `AIDA${userName.toUpperCase()}`, arn, accountId: account, userName };
  }
  const role = pick(random, ROLES);
  const session = `i-${randomGuid(random).slice(0, 8)}`;
  const principalId = `AROA${role.toUpperCase()}`;
  const sessionIssuer = {
    type: 'Role',
    principalId,
    arn: `arn:aws:iam::${account}:role/${role}`,
    accountId: account,
    userName: role,
  };
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${principalId.slice(4)}EXAMPLE`,
    sessionContext: { sessionIssuer },
  };
}

function arnOf({ account, region }: Scene, secret: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${secret}-a1B2c3`;
}
