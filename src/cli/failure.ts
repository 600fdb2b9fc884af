/** What went wrong, with what can be done about it. */
import { AuditError, type ErrorCode, messageOf } from '../model/error.ts';

/** The message for a person. */
export function failureText(error: unknown): string {
  const message = messageOf(error);
  if (!isRefusal(error)) return message;
  const remedy = remedyOf(error);
  const word = (error.cause as { name?: unknown } | undefined)?.name;
  const code = typeof word === 'string' && word !== 'Error' ? `${error.code}, ${word}` : error.code;
  return `${message.replace(/[.\s]+$/, '')} (${code})${remedy === undefined ? '' : `; ${remedy}`}`;
}

/**
 * Whether a cloud said no, whatever the code: it is no fault of the command line, even where the cloud calls the request
 * invalid.
 */
export function isRefusal(error: unknown): error is AuditError {
  return AuditError.is(error) && cloudOf(error) !== undefined && error.cause !== undefined && !isOwn(error);
}

function cloudOf({ source = '' }: AuditError): 'aws' | 'ibm' | undefined {
  return source.startsWith('aws.') ? 'aws' : source.startsWith('ibm.') ? 'ibm' : undefined;
}

/** Our own words, which have the remedy in them. */
function isOwn({ code, cause }: AuditError): boolean {
  return code === 'missing-dependency' || code === 'rate-limited' || AuditError.is(cause);
}

const PERMISSION: readonly (readonly [source: string, actions: string])[] = [
  ['aws.cloudtrail-lookup/', 'cloudtrail:LookupEvents'],
  ['aws.cloudwatch-logs/', 'logs:FilterLogEvents on the log group'],
  ['aws.logs-insights/', 'logs:StartQuery on the log group, logs:GetQueryResults and logs:StopQuery'],
  ['ibm.cloud-logs/', 'logs.logs-data-api-high.read and logs.logs-data-api-low.read, as role Reader has them'],
  ['ibm.secrets-manager/', 'role Reader on the Secrets Manager instance'],
];

function remedyOf(error: AuditError): string | undefined {
  const { code, source = '' } = error;
  if (code !== 'permission-denied') return REMEDIES[cloudOf(error) ?? 'aws'][code];
  const actions = PERMISSION.find(([start]) => source.startsWith(start))?.[1];
  return actions && `the caller needs ${actions}`;
}

const REMEDIES: Readonly<Record<'aws' | 'ibm', Readonly<Partial<Record<ErrorCode, string>>>>> = {
  aws: {
    unauthenticated:
      'log in again, or give credentials as for the AWS CLI: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    'not-found':
      'look for the name in this Region; a log group whose name begins with a slash takes two: cloudwatch-logs://us-east-1//aws/trail',
    unavailable: 'check the network, the Region and AWS_ENDPOINT_URL, or try again later',
  },
  ibm: {
    unauthenticated:
      'give an API key that is good: LOGS_APIKEY, SECRETS_MANAGER_APIKEY, or a credentials file that IBM_CREDENTIALS_FILE names',
    'not-found': 'look for the instance in this region; its id is the GUID in its CRN',
    unavailable: 'check the network, the region and LOGS_URL or SECRETS_MANAGER_URL, or try again later',
  },
};
