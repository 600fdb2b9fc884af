/** Amazon Resource Names, taken apart without a regular expression: it is done for every record. */

/** The parts of an ARN that events are made of. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon: `user/alice`, `secret:prod/db-a1B2c3`. */
  readonly resource: string;
}

/**
 * Reads `arn:partition:service:region:account:resource`, whatever the partition; `undefined` for any other text.
 *
 * Source: AWS General Reference, `aws-arns-and-namespaces`.
 */
export function parseArn(text: string | undefined): Arn | undefined {
  if (text === undefined || !text.startsWith('arn:')) return undefined;
  const service = text.indexOf(':', 4) + 1;
  const region = service === 0 ? 0 : text.indexOf(':', service) + 1;
  const account = region === 0 ? 0 : text.indexOf(':', region) + 1;
  const resource = account === 0 ? 0 : text.indexOf(':', account) + 1;
  if (resource === 0 || resource === text.length) return undefined;
  return {
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  };
}
