/**
 * IBM's client as its users know it, written again over the same core: `@ibm-cloud/secrets-manager` 2.x is in no registry
 * that these tests can reach. Names of methods and parameters, paths and the shape of answers are those of its version 2;
 * it takes no parameter that it does not know.
 */
import { BaseService, IamAuthenticator } from 'ibm-cloud-sdk-core';
import type { IbmServer } from '../../../../src/testing/index.ts';

interface Headers {
  headers?: Record<string, string>;
}
interface Paging extends Headers {
  offset?: number;
  limit?: number;
  sort?: string;
  search?: string;
}
interface ListSecretsParams extends Paging {
  groups?: string[];
  secretTypes?: string[];
  matchAllLabels?: string[];
}
interface Href {
  href: string;
}
interface PaginatedCollection {
  total_count: number;
  limit: number;
  offset: number;
  first: Href;
  next?: Href;
  previous?: Href;
  last: Href;
}
interface Metadata {
  id: string;
  created_at: string;
}
interface Response<T> {
  result: T;
  status: number;
  statusText: string;
  headers: object;
}

const QUERY: Readonly<Record<string, string>> = {
  offset: 'offset',
  limit: 'limit',
  sort: 'sort',
  search: 'search',
  groups: 'groups',
  secretTypes: 'secret_types',
  matchAllLabels: 'match_all_labels',
};

export class SecretsManagerV2 extends BaseService {
  static to(server: IbmServer, apikey = server.env.SECRETS_MANAGER_APIKEY): SecretsManagerV2 {
    return new SecretsManagerV2({
      authenticator: new IamAuthenticator({ apikey, url: server.url }),
      serviceUrl: server.url,
    });
  }

  listSecrets(params: ListSecretsParams = {}): Promise<Response<PaginatedCollection & { secrets: Metadata[] }>> {
    return this.#get('/api/v2/secrets', params, [], Object.keys(QUERY));
  }

  getSecretMetadata(params: Headers & { id: string }): Promise<Response<Metadata>> {
    return this.#get('/api/v2/secrets/{id}/metadata', params, ['id'], []);
  }

  listSecretVersions(
    params: Headers & { secretId: string },
  ): Promise<Response<{ versions: Metadata[]; total_count: number }>> {
    return this.#get('/api/v2/secrets/{secretId}/versions', params, ['secretId'], []);
  }

  listSecretsLocks(params: Paging = {}): Promise<Response<PaginatedCollection & { secrets_locks: object[] }>> {
    return this.#get('/api/v2/secrets_locks', params, [], ['offset', 'limit', 'search', 'groups']);
  }

  listSecretLocks(params: Paging & { id: string }): Promise<Response<PaginatedCollection & { locks: Metadata[] }>> {
    return this.#get('/api/v2/secrets/{id}/locks', params, ['id'], ['offset', 'limit', 'sort', 'search']);
  }

  listSecretVersionLocks(
    params: Paging & { secretId: string; id: string },
  ): Promise<Response<PaginatedCollection & { locks: Metadata[] }>> {
    const path = '/api/v2/secrets/{secretId}/versions/{id}/locks';
    return this.#get(path, params, ['secretId', 'id'], ['offset', 'limit', 'sort', 'search']);
  }

  listSecretTasks(params: Headers & { secretId: string }): Promise<Response<{ tasks: Metadata[] }>> {
    return this.#get('/api/v2/secrets/{secretId}/tasks', params, ['secretId'], []);
  }

  async #get<T>(
    url: string,
    given: object,
    required: readonly string[],
    optional: readonly string[],
  ): Promise<Response<T>> {
    const params = given as Readonly<Record<string, unknown>>;
    const missing = required.filter((name) => params[name] === undefined);
    if (missing.length > 0) throw new Error(`Missing required parameters: ${missing.join(', ')}`);
    const strange = Object.keys(params).filter((name) => ![...required, ...optional, 'headers'].includes(name));
    if (strange.length > 0) throw new Error(`Found invalid parameters: ${strange.join(', ')}`);
    const qs = Object.fromEntries(optional.map((name) => [QUERY[name], params[name]]));
    const path = Object.fromEntries(required.map((name) => [name, params[name]]));
    return this.createRequest({
      options: { url, method: 'GET', path, qs },
      defaultOptions: { ...this.baseOptions, headers: { Accept: 'application/json' } },
    }) as Promise<Response<T>>;
  }
}
