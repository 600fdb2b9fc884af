/** The variables by which IBM's SDK finds a service. */

/** Where Cloud Logs and Secrets Manager are, and the key for both. */
export type IbmEnvironment = Readonly<
  Record<`${'LOGS' | 'SECRETS_MANAGER'}_${'URL' | 'AUTH_TYPE' | 'APIKEY' | 'AUTH_URL'}`, string>
>;

/** @internal */
export function environmentOf(url: string, apiKey: string): IbmEnvironment {
  return {
    LOGS_URL: url,
    LOGS_AUTH_TYPE: 'iam',
    LOGS_APIKEY: apiKey,
    LOGS_AUTH_URL: url,
    SECRETS_MANAGER_URL: url,
    SECRETS_MANAGER_AUTH_TYPE: 'iam',
    SECRETS_MANAGER_APIKEY: apiKey,
    SECRETS_MANAGER_AUTH_URL: url,
  };
}
