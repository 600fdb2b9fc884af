/** What can be read of an instance of Secrets Manager: metadata, versions, locks and tasks, and never a value. */
import { type JsonObject, listOf, member, textOf } from '../../model/record.ts';
import type { IbmOperation } from './operations.ts';
import { readPage, writePage } from './secrets-paging.ts';
import { ServiceError } from './service-error.ts';

/** A secret with all that belongs to it, each in the members of the API. */
export interface IbmSecret {
  /** Metadata: `id`, `name`, `secret_group_id`, `secret_type`, `created_at` ... */
  readonly secret: JsonObject;
  readonly versions?: readonly JsonObject[];
  /** Locks of its versions; `secret_version_id` says of which. */
  readonly locks?: readonly JsonObject[];
  readonly tasks?: readonly JsonObject[];
}

/** @internal */
export interface SecretsCall {
  readonly operation: IbmOperation;
  readonly path: Readonly<Record<string, string>>;
  readonly url: URL;
}

/** Members that hold a value; none of them is in an answer. */
const VALUES = [
  'payload',
  'data',
  'username',
  'password',
  'api_key',
  'private_key',
  'certificate',
  'intermediate',
  'credentials',
  'credentials_content',
];

const SECRET_ORDERS = ['id', 'created_at', 'updated_at', 'retrieved_at', 'expiration_date', 'secret_type', 'name'];
const LOCK_ORDERS = ['created_at', 'updated_at', 'name'];
const LARGEST_PAGE = 1000;

/** @internal */
export class SecretsInstance {
  readonly #secrets: readonly IbmSecret[];

  constructor(secrets: readonly IbmSecret[]) {
    this.#secrets = secrets;
  }

  answer({ operation, path, url }: SecretsCall, origin: string): Readonly<Record<string, unknown>> {
    const { searchParams } = url;
    const list = (name: string, items: readonly JsonObject[], size: number, orders: readonly string[]) =>
      writePage(name, items.map(withoutValues), readPage(searchParams, { size, largest: LARGEST_PAGE, orders }), {
        address: `${origin}${url.pathname}`,
        searchParams,
      });
    if (operation === 'listSecrets')
      return list(
        'secrets',
        this.#found(searchParams).map(({ secret }) => secret),
        200,
        SECRET_ORDERS,
      );
    if (operation === 'listSecretsLocks') {
      return list('secrets_locks', this.#found(searchParams).filter(isLocked).map(locksOf), 200, []);
    }
    const found = this.#named(path['id'] ?? '');
    switch (operation) {
      case 'getSecretMetadata':
        return withoutValues(found.secret);
      case 'listSecretVersions': {
        const versions = (found.versions ?? []).map(withoutValues);
        return { versions, total_count: versions.length };
      }
      case 'listSecretTasks':
        return { tasks: (found.tasks ?? []).map(withoutValues) };
      case 'listSecretVersionLocks':
        return list('locks', matching(locksOfVersion(found, path['version'] ?? ''), searchParams), 25, LOCK_ORDERS);
      default:
        return list('locks', matching(found.locks ?? [], searchParams), 25, LOCK_ORDERS);
    }
  }

  #named(id: string): IbmSecret {
    const found = this.#secrets.find(({ secret }) => textOf(secret, 'id') === id);
    if (!found) throw new ServiceError(404, `A secret with the id ${id.slice(0, 100)} was not found.`);
    return found;
  }

  #found(query: URLSearchParams): readonly IbmSecret[] {
    const groups = query.get('groups')?.split(',');
    const types = query.get('secret_types')?.split(',');
    const labels = query.get('match_all_labels')?.split(',') ?? [];
    const kept = this.#secrets.filter(
      ({ secret }) =>
        (groups?.includes(textOf(secret, 'secret_group_id') ?? 'default') ?? true) &&
        (types?.includes(textOf(secret, 'secret_type') ?? '') ?? true) &&
        labels.every((label) => listOf(secret, 'labels').includes(label)),
    );
    const all = new Set(
      matching(
        kept.map(({ secret }) => secret),
        query,
      ),
    );
    return kept.filter(({ secret }) => all.has(secret));
  }
}

/** What has the text of a search in its name, its id, its description or a label. */
function matching(items: readonly JsonObject[], query: URLSearchParams): readonly JsonObject[] {
  const search = query.get('search')?.toLowerCase();
  if (!search) return items;
  return items.filter((item) => {
    const texts = [textOf(item, 'name'), textOf(item, 'id'), textOf(item, 'description'), ...listOf(item, 'labels')];
    return texts.some((text) => typeof text === 'string' && text.toLowerCase().includes(search));
  });
}

function isLocked({ locks }: IbmSecret): boolean {
  return (locks ?? []).length > 0;
}

/** Which of a secret's versions have which locks: names only. */
function locksOf({ secret, versions, locks }: IbmSecret): JsonObject {
  const ids = [...new Set((locks ?? []).map((lock) => textOf(lock, 'secret_version_id') ?? ''))];
  return {
    secret_id: member(secret, 'id'),
    secret_group_id: member(secret, 'secret_group_id') ?? 'default',
    secret_type: member(secret, 'secret_type'),
    secret_name: member(secret, 'name'),
    versions: ids.map((id) => {
      const version = versions?.find((one) => textOf(one, 'id') === id);
      const names = (locks ?? []).filter((lock) => (textOf(lock, 'secret_version_id') ?? '') === id);
      return {
        version_id: id,
        version_alias: member(version, 'alias') ?? 'current',
        locks: names.map((lock) => member(lock, 'name')),
        payload_available: member(version, 'payload_available') ?? true,
      };
    }),
  };
}

function locksOfVersion({ versions, locks }: IbmSecret, id: string): readonly JsonObject[] {
  const version = versions?.find((one) => textOf(one, 'id') === id || textOf(one, 'alias') === id);
  const wanted = textOf(version, 'id') ?? id;
  const found = (locks ?? []).filter((lock) => textOf(lock, 'secret_version_id') === wanted);
  if (!version && found.length === 0) {
    throw new ServiceError(404, `A version with the id ${id.slice(0, 100)} was not found.`);
  }
  return found;
}

function withoutValues(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !VALUES.includes(name)));
}
