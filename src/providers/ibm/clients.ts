/** The way to one instance of an IBM Cloud service: its address, and credentials from whatever the caller has. */
import { AuditError } from '../../model/error.ts';
import { isObject, textOf } from '../../model/record.ts';
import { unlessAborted } from '../../source/unless-aborted.ts';
import { words } from '../../source/words.ts';
import { checkEndpoint } from './endpoint.ts';
import { IbmError, ibmErrorCode } from './errors.ts';
import type { FetchAnswer, FetchInit, IbmAuthenticator, IbmFetch } from './ports.ts';

/** How to reach a service of IBM Cloud. */
export interface IbmConnection {
  /**
   * Any authenticator of `ibm-cloud-sdk-core`, or an object that sets `headers.Authorization`. With it nothing is taken
   * from the environment.
   */
  readonly authenticator?: IbmAuthenticator;
  /** An IAM API key; `ibm-cloud-sdk-core` is loaded for it. What else there is to say comes from the environment. */
  readonly apiKey?: string;
  /** The address of the service in place of the one that region and instance make. Without a path at its end. */
  readonly endpoint?: string;
  /** By the private network of IBM Cloud. */
  readonly private?: boolean;
  /** In place of the global `fetch`: for a proxy, or to see what is asked. Tokens are still fetched by the authenticator. */
  readonly fetch?: IbmFetch;
}

/** A service as connections know it. @internal */
export interface Service {
  /** As in `LOGS_URL`, `LOGS_APIKEY`, in credential files and in VCAP_SERVICES. */
  readonly prefix: string;
  /** For messages. */
  readonly title: string;
  /** The address that region and instance make; `undefined` when they are not known. */
  readonly address: string | undefined;
  /** Whether an address from the environment is that of another instance of the same service. */
  readonly isOther: (host: string) => boolean;
}

/** @internal */
export interface Connection {
  readonly title: string;
  readonly baseUrl: string;
  /** Sends one request with credentials. Errors of the authenticator are {@link IbmError}s of the service `IAM`. */
  send(path: string, init: Omit<FetchInit, 'redirect'>): Promise<FetchAnswer>;
  /** Makes the next request ask for a new token. */
  renew(): void;
}

/**
 * The authenticator and the address, by what was said: an authenticator, an API key, or else all of the environment.
 *
 * @throws AuditError `missing-dependency` when `ibm-cloud-sdk-core` is needed and not installed; `unauthenticated`
 *   when nothing says how to log in; `invalid-argument` when nothing says where the service is.
 * @internal
 */
export async function connect(options: IbmConnection, service: Service): Promise<Connection> {
  const { authenticator, apiKey, endpoint } = options;
  const { fetch = globalThis.fetch as unknown as IbmFetch } = options;
  if (authenticator) return connection(authenticator, baseOf(endpoint ?? service.address, service), fetch, service);
  const sdk = await load();
  const said = environmentOf(sdk, service);
  const url = textOf(said, 'url');
  const own = url !== undefined && !service.isOther(hostOf(url)) ? url : undefined;
  const base = baseOf(endpoint ?? own ?? service.address, service);
  if (apiKey !== undefined) {
    const iam = textOf(said, 'authUrl');
    return connection(new sdk.IamAuthenticator({ apikey: apiKey, ...(iam && { url: iam }) }), base, fetch, service);
  }
  const found = Object.keys(said).some((key) => key !== 'url' && key !== 'disableSsl');
  if (!found) throw loggedOut(`${service.title}: nothing says how to log in; ${remedy(service.prefix)}`);
  return connection(fromEnvironment(sdk, service), base, fetch, service);
}

const refuse = (message: string) => new AuditError('invalid-argument', message);
const loggedOut = (message: string) => new AuditError('unauthenticated', message);

function remedy(prefix: string): string {
  const name = prefix.toUpperCase().replaceAll('-', '_');
  return `give an authenticator or an apiKey, or set ${name}_APIKEY (or ${name}_AUTH_TYPE and what it needs) in the environment or in a credentials file`;
}

type Sdk = typeof import('ibm-cloud-sdk-core');

function environmentOf(sdk: Sdk, { prefix, title }: Service): object {
  try {
    return sdk.readExternalSources(prefix) ?? {};
  } catch {
    // Of a path that leads nowhere the SDK says what one of its arguments was; of bad JSON it may quote the credentials.
    throw loggedOut(
      `${title}: the environment's credentials cannot be read; IBM_CREDENTIALS_FILE must name a file and VCAP_SERVICES hold JSON, where they are set`,
    );
  }
}

function fromEnvironment(sdk: Sdk, { prefix, title }: Service): IbmAuthenticator {
  try {
    return sdk.getAuthenticatorFromEnvironment(prefix) as IbmAuthenticator;
  } catch (error) {
    // The SDK's message names what is missing; the error itself may hold the credentials that it read.
    const text = error instanceof Error ? words(error.message, 200) : 'no reason given';
    throw loggedOut(`${title}: the environment's credentials cannot be used: ${text}; ${remedy(prefix)}`);
  }
}

async function load(): Promise<Sdk> {
  try {
    return await import('ibm-cloud-sdk-core');
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new AuditError(
      'missing-dependency',
      'this source needs ibm-cloud-sdk-core to log in; install it with: npm install ibm-cloud-sdk-core',
      { cause },
    );
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function baseOf(address: string | undefined, { title, prefix }: Service): string {
  if (address === undefined) {
    throw refuse(
      `${title}: nothing says where it is; give region and instanceId, an endpoint, or set ${prefix.toUpperCase().replaceAll('-', '_')}_URL`,
    );
  }
  checkEndpoint(address);
  return address.replace(/\/+$/, '');
}

function connection(authenticator: IbmAuthenticator, baseUrl: string, fetch: IbmFetch, { title }: Service): Connection {
  return {
    title,
    baseUrl,
    async send(path, init) {
      const headers = { ...init.headers, Authorization: await authorization(authenticator, init.signal) };
      return fetch(`${baseUrl}${path}`, { ...init, headers, redirect: 'manual' });
    },
    renew: () => forget(authenticator),
  };
}

/** The header that the authenticator sets, or the abort at once: it takes no signal itself. */
async function authorization(authenticator: IbmAuthenticator, signal: AbortSignal): Promise<string> {
  const request: { headers: Record<string, string> } = { headers: {} };
  signal.throwIfAborted();
  await unlessAborted(Promise.resolve(authenticator.authenticate(request)).catch(iamError), signal);
  const header = request.headers['Authorization'] ?? '';
  // A token with a line end in it (a file read as it is) would come back in the text of fetch's own error.
  if (/^[\x20-\x7e]*$/.test(header)) return header;
  throw new IbmError('unauthenticated', 'the authenticator gave a token that cannot stand in a header', {
    service: 'IAM',
  });
}

/** The token service's refusal in its own words; the SDK's error may hold the request, and with it the key. */
function iamError(error: unknown): never {
  const { status, result, message } = isObject(error) ? error : {};
  const body = isObject(result) ? result : undefined;
  const text = textOf(body, 'errorMessage') ?? (typeof message === 'string' && message !== '' ? message : 'no token');
  const context = isObject(body?.['context']) ? body['context'] : undefined;
  throw new IbmError(codeOfLogin(error, status), text, {
    service: 'IAM',
    ...(typeof status === 'number' && { status }),
    word: textOf(body, 'errorCode'),
    trace: textOf(context, 'requestId'),
  });
}

function codeOfLogin(error: unknown, status: unknown) {
  if (status === 429) return 'rate-limited';
  if (typeof status === 'number') return status >= 500 ? 'unavailable' : 'unauthenticated';
  // Without a status nothing answered: axios says why in `statusText`, and puts it nowhere else.
  const why = textOf(error, 'statusText');
  const known = ibmErrorCode(why === undefined ? error : { code: why });
  return known === 'unknown' ? 'unauthenticated' : known;
}

/** The authenticators of ibm-cloud-sdk-core have no public way to drop a token that was refused before it ran out. */
function forget(authenticator: object): void {
  const { tokenManager } = authenticator as { tokenManager?: unknown };
  if (typeof tokenManager === 'object' && tokenManager !== null && 'expireTime' in tokenManager) {
    tokenManager.expireTime = 0;
  }
}
