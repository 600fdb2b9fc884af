/** What is needed of a Secrets Manager client, written down as types: IBM's own SDK fits, and so does anything that answers like it. */

/** What a call may carry beside its parameters. IBM's SDK takes no such thing and leaves it unread. */
export interface SecretsManagerCallOptions {
  readonly signal?: AbortSignal;
}

/** An answer; what else the SDK puts into it is not read. */
export interface SecretsManagerAnswer<Result> {
  readonly result: Result;
}

/** One page of a list; objects as the API writes them, in snake_case. */
export interface SecretsManagerPage {
  readonly total_count?: number;
  /** Missing on the last page. */
  readonly next?: object;
}

/** Which part of a list: `limit` objects after the first `offset`. */
export interface SecretsManagerPaging {
  offset?: number;
  limit?: number;
}

/**
 * The read methods of a Secrets Manager client that are used: `SecretsManagerV2` of `@ibm-cloud/secrets-manager` 2.x, or
 * anything that answers like it. None of them gives the value of a secret.
 *
 * Source: IBM Cloud API docs, `secrets-manager-v2`.
 */
export interface SecretsManagerClient {
  /** `GET /api/v2/secrets`. */
  listSecrets(
    params: SecretsManagerPaging & { sort?: string },
    options?: SecretsManagerCallOptions,
  ): Promise<SecretsManagerAnswer<SecretsManagerPage & { readonly secrets?: readonly object[] }>>;
  /** `GET /api/v2/secrets/{id}/versions`. */
  listSecretVersions(
    params: { secretId: string },
    options?: SecretsManagerCallOptions,
  ): Promise<SecretsManagerAnswer<{ readonly versions?: readonly object[] }>>;
  /** `GET /api/v2/secrets/{id}/locks`. */
  listSecretLocks(
    params: SecretsManagerPaging & { id: string },
    options?: SecretsManagerCallOptions,
  ): Promise<SecretsManagerAnswer<SecretsManagerPage & { readonly locks?: readonly object[] }>>;
  /** `GET /api/v2/secrets/{id}/versions/{id}/locks`. */
  listSecretVersionLocks(
    params: SecretsManagerPaging & { secretId: string; id: string },
    options?: SecretsManagerCallOptions,
  ): Promise<SecretsManagerAnswer<SecretsManagerPage & { readonly locks?: readonly object[] }>>;
  /** `GET /api/v2/secrets/{id}/tasks`. Versions of the SDK from before custom credentials have none. */
  listSecretTasks?(
    params: { secretId: string },
    options?: SecretsManagerCallOptions,
  ): Promise<SecretsManagerAnswer<{ readonly tasks?: readonly object[] }>>;
}
