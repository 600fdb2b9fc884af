/** Records for tests of the command line, as the two clouds write them. */

/** A CloudTrail record; what is not given is that of an ordinary read. */
export function cloudTrail(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/robot',
      accountId: '111122223333',
      userName: 'robot',
    },
    eventTime: '2026-11-09T09:10:05Z',
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'GetSecretValue',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.17',
    userAgent: 'test',
    requestParameters: { secretId: 'prod/db' },
    responseElements: null,
    eventID: '00000000-0000-4000-8000-000000000001',
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...fields,
  };
}

/** An identity with a name of one's choice. */
export function named(userName: string): Record<string, unknown> {
  return { type: 'IAMUser', accountId: '111122223333', userName };
}

/** JSON lines of records, numbered so that none is a copy of another. */
export function lines(...records: readonly Record<string, unknown>[]): string {
  return records.map((record, i) => `${JSON.stringify({ ...record, eventID: `id-${i}` })}\n`).join('');
}

/** As many ordinary records, a second apart. */
export function many(count: number): string {
  const start = Date.UTC(2026, 10, 9);
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify(
      cloudTrail({ eventID: `id-${i}`, eventTime: `${new Date(start + i * 1000).toISOString().slice(0, 19)}Z` }),
    ),
  ).join('\n');
}
