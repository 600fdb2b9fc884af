/** Records to write into files. Made up, in the shapes of the real ones. */

export interface RecordOptions {
  readonly id?: string;
  readonly source?: string;
  readonly name?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A CloudTrail record. */
export function trailRecord(time: string | Date, options: RecordOptions = {}): Record<string, unknown> {
  const stamp = typeof time === 'string' ? time : time.toISOString();
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      userName: 'Zoë',
      arn: 'arn:aws:iam::123456789012:user/zoe',
      accountId: '123456789012',
    },
    eventTime: stamp,
    eventSource: options.source ?? 'secretsmanager.amazonaws.com',
    eventName: options.name ?? 'GetSecretValue',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'made "up"\\ \t 日本',
    requestParameters: { secretId: 'prod/db' },
    responseElements: null,
    requestID: `request-${options.id ?? stamp}`,
    eventID: options.id ?? `id-${stamp}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    recipientAccountId: '123456789012',
    ...options.extra,
  };
}

/** `count` records, a second apart. */
export function trailRecords(count: number, from = '2026-05-01T10:00:00Z', prefix = 'e'): Record<string, unknown>[] {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, i) =>
    trailRecord(new Date(start + i * 1000).toISOString().replace('.000', ''), { id: `${prefix}${i}` }),
  );
}

/** An activity tracking event of IBM Cloud. */
export function activityEvent(time: string, id = 'c1'): Record<string, unknown> {
  return {
    action: 'secrets-manager.secret.read',
    outcome: 'success',
    eventTime: time,
    correlationId: id,
    severity: 'normal',
    initiator: { id: 'IBMid-1', name: 'zoe@example.com', typeURI: 'service/security/account/user' },
    target: {
      id: 'crn:v1:bluemix:public:secrets-manager:us-south:a/acc:inst:secret:s1',
      name: 'db',
      typeURI: 'secrets-manager/secret',
    },
    logSourceCRN: 'crn:v1:bluemix:public:secrets-manager:us-south:a/acc:inst::',
    message: 'Secrets Manager: read secret db',
    reason: { reasonCode: 200, reasonType: 'OK' },
    observer: { name: 'ActivityTracker' },
  };
}
