/** Names and groups for events that know a secret by its id alone. */
import { AuditError } from '../../model/error.ts';
import type { AuditEvent, SecretRef } from '../../model/event.ts';
import { type JsonObject, textOf } from '../../model/record.ts';
import type { SourceSink } from '../../source/source.ts';
import { parseCrn } from './crn.ts';
import { ibmErrorCode } from './errors.ts';
import { clockOf } from './requests.ts';
import { type Listing, listAllSecrets } from './secret-list.ts';
import { checkOptions, connectorOf, nameOf, readerOf, type SecretsManagerOptions } from './secrets-reader.ts';

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

const REFRESH = 5 * 60_000;
/** Secrets that are remembered. The rest of a larger instance stays without names. */
const MOST = 100_000;

const NO_BOOKS: SourceSink = { notice: () => {}, count: () => {} };

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
  const directory = new Directory(options);
  const describe = async (event: AuditEvent): Promise<AuditEvent> => {
    if (event.provider !== 'ibm' || event.service !== 'secrets-manager') return event;
    const secret = event.secret && (await directory.complete(event.secret));
    return secret === undefined || secret === event.secret ? event : { ...event, secret };
  };
  return Object.assign(describe, {
    async *all(events: AsyncIterable<AuditEvent>): AsyncGenerator<AuditEvent, void, undefined> {
      for await (const event of events) yield await describe(event);
    },
    secret: (id: string) => directory.find(id),
  });
}

/** The secrets of the instance by id, as they were when they were last listed. */
class Directory {
  readonly #options: DescribeSecretsOptions;
  readonly #connect: ReturnType<typeof connectorOf>;
  readonly #signal: AbortSignal;
  #secrets: ReadonlyMap<string, SecretDescription> = new Map();
  #listedAt = Number.NEGATIVE_INFINITY;
  #listing: Promise<void> | undefined;

  constructor(options: DescribeSecretsOptions) {
    this.#options = options;
    this.#connect = connectorOf(options);
    this.#signal = options.signal ?? new AbortController().signal;
  }

  async complete(secret: SecretRef): Promise<SecretRef> {
    if (secret.name !== undefined && secret.group !== undefined) return secret;
    const found = await this.find(secret.id);
    if (found === undefined) return secret;
    const { name, group } = { ...found, ...secret };
    return { ...secret, ...(name !== undefined && { name }), ...(group !== undefined && { group }) };
  }

  async find(text: string): Promise<SecretDescription | undefined> {
    const id = this.#idOf(text);
    if (id === undefined) return undefined;
    const known = this.#secrets.get(id);
    const { refreshInterval = REFRESH } = this.#options;
    if (known !== undefined || clockOf(this.#options).now() - this.#listedAt < refreshInterval) return known;
    // One listing for all that wait for it; a failed one is tried again by whoever asks next.
    this.#listing ??= this.#list()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#listing = undefined;
      });
    await this.#listing;
    return this.#secrets.get(id);
  }

  /** The id in a CRN of this instance; a version's CRN holds the secret's id too. */
  #idOf(text: string): string | undefined {
    const crn = parseCrn(text);
    if (crn === undefined) return text;
    const { instanceId } = this.#options;
    if (crn.resourceType === undefined || (instanceId !== undefined && crn.instance !== instanceId)) return undefined;
    return crn.resource?.split(/[:/]/, 1)[0];
  }

  async #list(): Promise<void> {
    const began = clockOf(this.#options).now();
    const reader = await readerOf(this.#options, this.#connect, { sink: NO_BOOKS, signal: this.#signal });
    const secrets = new Map<string, SecretDescription>();
    const listing: Listing = { missed: false };
    for await (const page of listAllSecrets(reader, listing)) {
      for (const secret of page) {
        const id = textOf(secret, 'id');
        if (id !== undefined) secrets.set(id, descriptionOf(secret));
      }
      if (secrets.size >= MOST) break;
    }
    this.#secrets = secrets;
    this.#listedAt = began;
  }

  #fail(error: unknown): never {
    if (this.#signal.aborted || AuditError.is(error)) throw error;
    const source = nameOf(this.#options);
    const message = error instanceof Error ? error.message : String(error);
    throw new AuditError(ibmErrorCode(error), `${source}: ${message}`, { source, cause: error });
  }
}

function descriptionOf(secret: JsonObject): SecretDescription {
  const name = textOf(secret, 'name');
  const group = textOf(secret, 'secret_group_id');
  const type = textOf(secret, 'secret_type');
  return {
    ...(name !== undefined && { name }),
    ...(group !== undefined && { group }),
    ...(type !== undefined && { type }),
  };
}
