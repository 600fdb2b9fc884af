/** What the demo needs of IBM's SDK: a login at the demo's own token service. */
import { AuditError } from '../model/error.ts';
import type { IbmAuthenticator } from '../providers/ibm/ports.ts';

/**
 * IBM's own authenticator, told where to go: the environment, which may lead to real accounts, is not asked.
 *
 * @throws AuditError `missing-dependency` when `ibm-cloud-sdk-core` is not installed.
 */
export async function loginAt(url: string, apikey: string): Promise<IbmAuthenticator> {
  const options = { apikey, url, proxy: false };
  try {
    const { IamAuthenticator } = await import('ibm-cloud-sdk-core');
    return new IamAuthenticator(options);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new AuditError(
      'missing-dependency',
      'IBM Cloud is asked through ibm-cloud-sdk-core, which is not installed (npm install ibm-cloud-sdk-core)',
      { cause },
    );
  }
}
