/** The lists of one Secrets Manager instance, by the caller's client or by requests of our own. */
import { AuditError } from '../../model/error.ts';
import { isObject, type JsonObject, listOf, member } from '../../model/record.ts';
import { type Pace, paceOf } from '../../source/pace.ts';
import { type RetryContext, withRetries } from '../../source/retry.ts';
import type { SourceRequest } from '../../source/source.ts';
import { callClient } from './client-call.ts';
import { type Connection, connect } from './clients.ts';
import { clockOf, contextOf, getJson } from './requests.ts';
import type { SecretsManagerClient } from './secrets-manager-client.ts';
import { nameOf, type SecretsManagerOptions } from './secrets-manager-options.ts';

/** What a request told of a part of a list. @internal */
export interface ListPart {
  readonly items: readonly JsonObject[];
  readonly total: number | undefined;
  readonly more: boolean;
}

/** @internal */
export interface SecretsReader {
  secrets(offset: number, limit: number): Promise<ListPart>;
  versions(secretId: string): Promise<ListPart>;
  locks(secretId: string, offset: number, limit: number): Promise<ListPart>;
  versionLocks(secretId: string, versionId: string, offset: number, limit: number): Promise<ListPart>;
  tasks(secretId: string): Promise<ListPart>;
}

const TITLE = 'Secrets Manager';
/** IBM advises to stay below 20 requests a second. `secrets-manager` / `best-practices-using`. */
const PER_MINUTE = 600;
/** New secrets come last, so that they do not move the others to the next page. */
const SORT = 'created_at';

const HOST = 'secrets-manager.appdomain.cloud';

/** Gives the way to the instance, found when it is first asked for. @internal */
export function connectorOf(options: SecretsManagerOptions): () => Promise<Connection> {
  const { region, instanceId } = options;
  const network = options.private ? '.private' : '';
  const known = region !== undefined && instanceId !== undefined;
  let connection: Promise<Connection> | undefined;
  return () => {
    connection ??= connect(options, {
      prefix: 'secrets-manager',
      title: TITLE,
      address: known ? `https://${instanceId}${network}.${region}.${HOST}` : undefined,
      isOther: (host) => instanceId !== undefined && host.endsWith(`.${HOST}`) && !host.startsWith(`${instanceId}.`),
    });
    // What failed once may be put right: a credentials file, a package.
    connection.catch(() => {
      connection = undefined;
    });
    return connection;
  };
}

/** @internal */
export async function readerOf(
  options: SecretsManagerOptions,
  connection: () => Promise<Connection>,
  request: Pick<SourceRequest, 'sink' | 'signal'>,
): Promise<SecretsReader> {
  const { client } = options;
  return client
    ? overClient(client, contextOf(nameOf(options), options, request, paceFor(client, options)))
    : overHttp(await connection(), options, request);
}

/** What IBM advises counts by the second. */
function paceFor(owner: object, options: SecretsManagerOptions, address = ''): Pace {
  const perSecond = (options.pace?.perMinute ?? PER_MINUTE) / 60;
  return paceOf(owner, `${TITLE} ${address}`, perSecond, clockOf(options));
}

function overHttp(
  connection: Connection,
  options: SecretsManagerOptions,
  request: Pick<SourceRequest, 'sink' | 'signal'>,
): SecretsReader {
  const pace = paceFor(clockOf(options), options, connection.baseUrl);
  const context = contextOf(nameOf(options), options, request, pace);
  const get = async (list: string, path: readonly string[], query: Readonly<Record<string, number | string>> = {}) => {
    const words = Object.entries(query).map(([key, value]) => `${key}=${value}`);
    const where = `/api/v2/${path.map(encodeURIComponent).join('/')}${words.length > 0 ? `?${words.join('&')}` : ''}`;
    return partOf(await getJson(connection, where, context), list);
  };
  return {
    secrets: (offset, limit) => get('secrets', ['secrets'], { offset, limit, sort: SORT }),
    versions: (id) => get('versions', ['secrets', id, 'versions']),
    locks: (id, offset, limit) => get('locks', ['secrets', id, 'locks'], { offset, limit }),
    versionLocks: (id, version, offset, limit) =>
      get('locks', ['secrets', id, 'versions', version, 'locks'], { offset, limit }),
    tasks: (id) => get('tasks', ['secrets', id, 'tasks']),
  };
}

function overClient(client: SecretsManagerClient, context: RetryContext): SecretsReader {
  const { signal } = context;
  const call = async (list: string, run: () => Promise<{ readonly result: object }>) =>
    partOf(member(await withRetries(() => callClient(run, TITLE, signal), context), 'result'), list);
  return {
    secrets: (offset, limit) => call('secrets', () => client.listSecrets({ offset, limit, sort: SORT }, { signal })),
    versions: (secretId) => call('versions', () => client.listSecretVersions({ secretId }, { signal })),
    locks: (id, offset, limit) => call('locks', () => client.listSecretLocks({ id, offset, limit }, { signal })),
    versionLocks: (secretId, id, offset, limit) =>
      call('locks', () => client.listSecretVersionLocks({ secretId, id, offset, limit }, { signal })),
    tasks: async (secretId) =>
      client.listSecretTasks === undefined
        ? { items: [], total: undefined, more: false }
        : call('tasks', () => client.listSecretTasks?.({ secretId }, { signal }) as Promise<{ result: object }>),
  };
}

function partOf(answer: unknown, list: string): ListPart {
  const total = member(answer, 'total_count');
  // A proxy's friendly page must not pass for an instance without secrets.
  if (!Array.isArray(member(answer, list)) && total !== 0) {
    throw new AuditError(
      'malformed',
      `${TITLE}: the answer has no list of ${list}; is that the address of an instance?`,
    );
  }
  return {
    items: listOf(answer, list).filter(isObject),
    total: typeof total === 'number' && total >= 0 ? total : undefined,
    more: isObject(member(answer, 'next')),
  };
}
