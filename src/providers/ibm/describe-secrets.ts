/** Names and groups for events that know a secret by its id alone. */
import type { AuditEvent } from '../../model/event.ts';
import type { Directory } from './secret-directory.ts';
import { checkOptions, type SecretsManagerOptions } from './secrets-manager-options.ts';

/** Options of {@link describeSecrets}. */
export interface DescribeSecretsOptions extends SecretsManagerOptions {
  /** How long a listing is good for ids that it does not have, in milliseconds; five minutes by default. */
  readonly refreshInterval?: number;
  /** Ends the requests of the description, and with them every call that waits for one. */
  readonly signal?: AbortSignal;
}

/** What the listing says of a secret. */
export interface SecretDescription {
  readonly name?: string;
  /** The id of its secret group. */
  readonly group?: string;
  /** `arbitrary`, `kv`, `iam_credentials` ... */
  readonly type?: string;
}

/** What {@link describeSecrets} gives: call it with an event, or give it a stream. */
export interface SecretDescriber {
  /** The event, with name and group of its secret where the event lacks them and the instance knows them. */
  (event: AuditEvent): Promise<AuditEvent>;
  /** The same for each event of a stream, in order. */
  all(events: AsyncIterable<AuditEvent>): AsyncGenerator<AuditEvent, void, undefined>;
  /** What is known of a secret, by its id or CRN; `undefined` when it is not there (any more). */
  secret(id: string): Promise<SecretDescription | undefined>;
}

/**
 * Looks up names and groups of secrets for events that only have an id or a CRN. The instance is listed once, when the
 * first event needs it, and again when an id is not in the list, at most every `refreshInterval`. An event about a secret
 * that is deleted or of another instance, and every event of another service, is given back as it is. What an event says
 * itself is never replaced: the listing knows the name of today.
 *
 * @throws AuditError `invalid-argument` for options that cannot be meant. The calls reject when the list cannot be read:
 *   `permission-denied`, `unauthenticated`, `unavailable`.
 * @example
 * ```ts
 * import { events } from 'secret-events';
 * import { logFiles } from 'secret-events/files';
 * import { describeSecrets } from 'secret-events/ibm';
 *
 * const describe = describeSecrets({ region: 'us-south', instanceId: '7f3c2a10-5b6d-4e8f-9a01-23456789abcd' });
 * for await (const event of describe.all(events(logFiles(['activity/'])))) {
 *   console.log(event.name, event.secret?.name);
 * }
 * ```
 */
export function describeSecrets(options: DescribeSecretsOptions): SecretDescriber {
  checkOptions(options);
  let loaded: Promise<Directory> | undefined;
  const directory = () => {
    loaded ??= import('./secret-directory.ts').then((module) => new module.Directory(options));
    return loaded;
  };
  const describe = async (event: AuditEvent): Promise<AuditEvent> => {
    if (event.provider !== 'ibm' || event.service !== 'secrets-manager') return event;
    const secret = event.secret && (await (await directory()).complete(event.secret));
    return secret === undefined || secret === event.secret ? event : { ...event, secret };
  };
  return Object.assign(describe, {
    async *all(events: AsyncIterable<AuditEvent>): AsyncGenerator<AuditEvent, void, undefined> {
      for await (const event of events) yield await describe(event);
    },
    secret: async (id: string) => (await directory()).find(id),
  });
}
