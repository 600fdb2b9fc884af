/**
 * The recipes that come with the package.
 *
 * Data only, in the order of `secret-events alarm list`: what the guides describe first of all comes first.
 */
import { nearest } from '../catalog/nearest.ts';
import { AuditError } from '../model/error.ts';
import type { AlarmRecipe } from './recipe.ts';

const GUIDE = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide';
const MONITORING = `${GUIDE}/monitoring.html`;
const ENTRIES = `${GUIDE}/cloudtrail_log_entries.html`;
const ROTATION = `${GUIDE}/rotating-secrets.html`;
const IBM_EVENTS = 'https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-at_events';
const IBM_NOTICES = 'https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-event-notifications';

/** Holds for every alarm that rests on a trail. */
const LATE = 'CloudTrail delivers about five minutes late on average, and promises nothing.';
const READ_IS_MANAGEMENT = 'Reads are recorded as management events: a trail that records only writes has none.';
const BATCH =
  'BatchGetSecretValue reports failures of single secrets inside a call that succeeds; whether an event of each tells of it is not documented.';
const IBM_ROUTED = 'IBM Cloud has audit events only where an account routes them to Cloud Logs.';

const DENIED_CODES = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'VpceAccessDenied'];

/**
 * Every recipe of the package. Its names are stable; texts, thresholds and filters may become better.
 */
export const ALARM_RECIPES = [
  {
    name: 'pending-deletion-access',
    title: 'Somebody tries to read a secret that is scheduled for deletion.',
    why: 'A person or program still uses the secret. Until the recovery window ends, deletion can be cancelled.',
    severity: 'high',
    events: {
      aws: [
        { name: 'GetSecretValue', 'error.message': { contains: 'secret because it was marked for deletion' } },
        // The wording of before July 2020, which some clients and old records still have.
        { name: 'GetSecretValue', 'error.message': { contains: 'secret because it was deleted' } },
      ],
    },
    metric: {
      namespace: 'CloudTrailLogMetrics',
      name: 'AttemptsToAccessDeletedSecrets',
      alarm: 'AttemptsToAccessDeletedSecretsAlarm',
    },
    misses: [
      'Other operations on the secret do not set it off.',
      BATCH,
      'It goes by the wording of the error message; AWS may change it.',
      READ_IS_MANAGEMENT,
      LATE,
    ],
    sources: [`${GUIDE}/monitoring_cloudwatch_deleted-secrets.html`],
  },
  {
    name: 'access-denied',
    title: 'An access to a secret was refused for want of permission.',
    why: 'Either something is configured wrong, or somebody is trying what they may not do.',
    severity: 'high',
    events: {
      aws: [{ 'error.code': DENIED_CODES }],
      ibm: [{ outcome: 'failure', 'error.code': ['401', '403'] }],
    },
    misses: [
      'A refusal by KMS is recorded with the code of KMS only where Secrets Manager passes it on.',
      'VpceAccessDenied is in a trail only when it records network activity events.',
      'A key or token that IBM IAM does not accept never reaches Secrets Manager.',
      READ_IS_MANAGEMENT,
      IBM_ROUTED,
      LATE,
    ],
    sources: [MONITORING, IBM_EVENTS],
  },
  {
    name: 'secret-created',
    title: 'A secret was created.',
    why: 'New secrets belong to an owner, a rotation and a policy; a stranger in the list is worth a question.',
    severity: 'low',
    events: {
      aws: [{ name: 'CreateSecret', outcome: 'success' }],
      ibm: [{ name: 'secrets-manager.secret.create', outcome: 'success' }],
    },
    notices: ['com.ibm.cloud.secrets-manager.secret_created'],
    misses: ['Replicas of a secret in other Regions are no new secrets.', IBM_ROUTED, LATE],
    sources: [MONITORING, ENTRIES, IBM_EVENTS, IBM_NOTICES],
  },
  {
    name: 'secret-deleted',
    title: 'A secret was deleted, or scheduled for deletion.',
    why: 'What depends on it stops working. In AWS it can be restored until its recovery window ends, in IBM Cloud not.',
    severity: 'high',
    events: {
      aws: [{ name: 'DeleteSecret', outcome: 'success' }],
      ibm: [{ name: 'secrets-manager.secret.delete', outcome: 'success' }],
    },
    notices: ['com.ibm.cloud.secrets-manager.secret_deleted'],
    misses: [
      'It does not tell a deletion with a recovery window from one without.',
      'A replica that is removed is a RemoveRegionsFromReplication, not a deletion.',
      IBM_ROUTED,
      LATE,
    ],
    sources: [MONITORING, ENTRIES, IBM_EVENTS, IBM_NOTICES],
  },
  {
    name: 'version-deleted',
    title: 'The value of a version is gone.',
    why: 'From here on the value cannot be restored.',
    severity: 'medium',
    events: {
      aws: [{ name: ['EndSecretVersionDelete', 'SecretVersionDeletion'] }],
      ibm: [{ name: 'secrets-manager.secret-version-data.delete', outcome: 'success' }],
    },
    notices: ['com.ibm.cloud.secrets-manager.secret_version_data_deleted'],
    misses: [
      'SecretVersionDeletion also comes when the service tidies up versions that nobody uses.',
      'The start of a deletion (StartSecretVersionDelete) is left out: it can still be cancelled.',
      IBM_ROUTED,
      LATE,
    ],
    sources: [ENTRIES, IBM_EVENTS, IBM_NOTICES],
  },
  {
    name: 'rotation-failed',
    title: 'A rotation failed.',
    why: 'The old value stays in use beyond its time, and the next rotation may fail as well.',
    severity: 'high',
    events: {
      aws: [{ name: 'RotationFailed' }],
      ibm: [{ name: 'secrets-manager.secret-version.create', outcome: 'failure' }],
    },
    notices: [
      'com.ibm.cloud.secrets-manager.secret_rotation_failed',
      'com.ibm.cloud.secrets-manager.secret_rotation_blocked',
    ],
    misses: [
      'RotationAbandoned and tests of a rotation do not set it off.',
      'A rotation that never starts leaves no event; the AWS Config rules see it.',
      'The audit events of IBM tell of versions that somebody asked for; an automatic rotation that fails is told by Event Notifications alone.',
      IBM_ROUTED,
      LATE,
    ],
    sources: [ROTATION, ENTRIES, IBM_EVENTS, IBM_NOTICES],
  },
  {
    name: 'rotation-succeeded',
    title: 'A rotation succeeded.',
    why: 'Programs that keep the old value will fail from now on; and it shows that rotation works.',
    severity: 'low',
    events: {
      aws: [{ name: 'RotationSucceeded' }],
      ibm: [{ name: 'secrets-manager.secret-version.create', outcome: 'success' }],
    },
    notices: ['com.ibm.cloud.secrets-manager.secret_rotated'],
    misses: [
      'In AWS a value that somebody put by hand is a PutSecretValue, not a rotation.',
      'In IBM Cloud every new version sets it off, also one that was no rotation; automatic rotations are told by Event Notifications alone.',
      IBM_ROUTED,
      LATE,
    ],
    sources: [MONITORING, ENTRIES, IBM_EVENTS, IBM_NOTICES],
  },
  {
    name: 'deprecated-version-used',
    title: 'Somebody reads an old version of a secret.',
    why: 'A client still uses a deprecated version instead of the current one, and will stop working when it goes.',
    severity: 'medium',
    events: {
      aws: [{ name: 'GetSecretValue', outcome: 'success', 'secret.version': 'AWSPREVIOUS' }],
      ibm: [{ name: 'secrets-manager.secret-version.read', outcome: 'success' }],
    },
    misses: [
      'In AWS it sees requests for AWSPREVIOUS; ids of old versions have to be named (`versions`, --version-id).',
      'A client that keeps an old value in memory asks for nothing.',
      'In IBM Cloud every read of a single version sets it off, also of the current one: the event does not say which one it was.',
      READ_IS_MANAGEMENT,
      IBM_ROUTED,
      LATE,
    ],
    sources: [MONITORING, IBM_EVENTS],
  },
  {
    name: 'policy-changed',
    title: 'The resource policy of a secret was changed or removed.',
    why: 'The policy says who may read the secret, other accounts included.',
    severity: 'high',
    events: { aws: [{ name: ['PutResourcePolicy', 'DeleteResourcePolicy'], outcome: 'success' }] },
    misses: [
      'Policies of roles and users in IAM, and of the KMS key, decide as well; their changes are events of IAM and KMS.',
      'Secrets of IBM Cloud have no policies: access is a matter of IAM there.',
      LATE,
    ],
    sources: [MONITORING, ENTRIES],
  },
  {
    name: 'replication-failed',
    title: 'A secret could not be copied to another Region.',
    why: 'Programs in that Region go on with the old value, or have none.',
    severity: 'high',
    events: { aws: [{ name: 'ReplicationFailed' }] },
    misses: [
      'Which Region records the event is not documented; a trail of all Regions has it in any case.',
      'IBM Cloud has no such replication.',
      LATE,
    ],
    sources: [ENTRIES],
  },
  {
    name: 'bulk-read',
    title: 'Very many secrets are read within minutes.',
    why: 'Whoever has stolen a credential reads what it opens, all at once.',
    severity: 'high',
    threshold: { count: 100, minutes: 5 },
    events: {
      // One BatchGetSecretValue brings a GetSecretValue for each secret: counting both would count twice.
      aws: [{ name: 'GetSecretValue', outcome: 'success' }],
      ibm: [{ name: ['secrets-manager.secret.read', 'secrets-manager.secret-version.read'], outcome: 'success' }],
    },
    misses: [
      'All callers are counted together: a slow reader hides among many, and a busy hour may set it off. Choose the threshold by what is usual.',
      'Programs that cache leave few events, however many values they hold.',
      'EventBridge does not count; there is no such rule.',
      READ_IS_MANAGEMENT,
      IBM_ROUTED,
      LATE,
    ],
    sources: [
      MONITORING,
      'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html',
      IBM_EVENTS,
    ],
  },
  {
    name: 'root-or-unusual-actor',
    title: 'The root user works with secrets, or somebody who usually does not.',
    why: 'Nobody should need the root user for a secret. Who else is usual, only you can say (`usual`, --usual).',
    severity: 'critical',
    events: { aws: [{ 'actor.type': 'Root' }] },
    misses: [
      'Without a list of usual actors it sees the root user alone, and nobody in IBM Cloud.',
      'A stolen credential of a usual actor is usual.',
      READ_IS_MANAGEMENT,
      LATE,
    ],
    sources: [MONITORING, IBM_EVENTS],
  },
  {
    name: 'estimated-charges',
    title: 'Secrets Manager is expected to cost more than planned this month.',
    why: 'Secrets that nobody deletes, and programs that ask for each value anew, are paid for.',
    severity: 'low',
    charges: { service: 'AWSSecretsManager', currency: 'USD', above: 50 },
    misses: [
      'The metric is in us-east-1 only, counts all Regions, and exists only where billing alerts were turned on.',
      'It is a sum for the month so far, not a forecast.',
      'That the dimension ServiceName says AWSSecretsManager is the custom of such metrics; look it up in your account.',
    ],
    sources: [
      MONITORING,
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html',
    ],
  },
] as const satisfies readonly AlarmRecipe[];

/** The name of a recipe of the package. */
export type AlarmName = (typeof ALARM_RECIPES)[number]['name'];

/**
 * A recipe by its name.
 *
 * @throws AuditError `invalid-argument` for a name that no recipe has, with the nearest one.
 * @example
 * ```ts
 * import { findRecipe } from 'secret-events/alarms';
 *
 * console.log(findRecipe('pending-deletion-access').title);
 * ```
 */
export function findRecipe(name: AlarmName | (string & Record<never, never>)): AlarmRecipe {
  const found = ALARM_RECIPES.find((recipe) => recipe.name === name);
  if (found !== undefined) return found;
  const names = ALARM_RECIPES.map((recipe) => recipe.name);
  throw new AuditError(
    'invalid-argument',
    `there is no recipe ${JSON.stringify(String(name).slice(0, 80))}; ${remedy(String(name), names)}`,
  );
}

function remedy(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  if (near !== undefined) return `did you mean ${near}?`;
  const words = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 3);
  const alike = names.filter((one) => words.some((word) => one.includes(word)));
  return alike.length > 0 ? `did you mean ${alike.join(' or ')}?` : `it takes ${names.join(', ')}`;
}
