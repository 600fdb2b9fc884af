/** The operations that are simulated, by method and path. */

/** A service that the server answers for. */
export type IbmService = 'iam' | 'logs' | 'secrets-manager';

/** An operation that the server answers. */
export type IbmOperation =
  | 'getToken'
  | 'query'
  | 'listSecrets'
  | 'getSecretMetadata'
  | 'listSecretVersions'
  | 'listSecretsLocks'
  | 'listSecretLocks'
  | 'listSecretVersionLocks'
  | 'listSecretTasks';

interface Route {
  readonly service: IbmService;
  readonly operation: IbmOperation;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
}

const ROUTES: readonly Route[] = [
  { service: 'iam', operation: 'getToken', method: 'POST', path: /^\/identity\/token$/ },
  { service: 'logs', operation: 'query', method: 'POST', path: /^\/v1\/query$/ },
  ...(
    [
      ['listSecrets', /^\/api\/v2\/secrets$/],
      ['getSecretMetadata', /^\/api\/v2\/secrets\/(?<id>[^/]+)\/metadata$/],
      ['listSecretVersions', /^\/api\/v2\/secrets\/(?<id>[^/]+)\/versions$/],
      ['listSecretsLocks', /^\/api\/v2\/secrets_locks$/],
      ['listSecretLocks', /^\/api\/v2\/secrets\/(?<id>[^/]+)\/locks$/],
      ['listSecretVersionLocks', /^\/api\/v2\/secrets\/(?<id>[^/]+)\/versions\/(?<version>[^/]+)\/locks$/],
      ['listSecretTasks', /^\/api\/v2\/secrets\/(?<id>[^/]+)\/tasks$/],
    ] as const
  ).map(([operation, path]): Route => ({ service: 'secrets-manager', operation, method: 'GET', path })),
];

/** What a request asks for. @internal */
export interface Asked {
  readonly service: IbmService;
  readonly operation: IbmOperation;
  /** The parameters that are in the path. */
  readonly path: Readonly<Record<string, string>>;
}

/** @internal */
export function findOperation(method: string, pathname: string): Asked | undefined {
  for (const route of ROUTES) {
    const found = method === route.method ? route.path.exec(pathname) : null;
    if (!found) continue;
    const parameters = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decode(text)]);
    return { service: route.service, operation: route.operation, path: Object.fromEntries(parameters) };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The service that a path belongs to, even if nothing answers there. @internal */
export function serviceOf(pathname: string): IbmService {
  if (pathname.startsWith('/identity/')) return 'iam';
  return pathname.startsWith('/api/') ? 'secrets-manager' : 'logs';
}
