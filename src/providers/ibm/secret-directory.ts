/** The secrets of an instance by id: loaded when the first event needs a name. */
import { AuditError, messageOf } from '../../model/error.ts';
import type { SecretRef } from '../../model/event.ts';
import { type JsonObject, textOf } from '../../model/record.ts';
import type { SourceSink } from '../../source/source.ts';
import { parseCrn } from './crn.ts';
import type { DescribeSecretsOptions, SecretDescription } from './describe-secrets.ts';
import { ibmErrorCode } from './errors.ts';
import { clockOf } from './requests.ts';
import { type Listing, listAllSecrets } from './secret-list.ts';
import { nameOf } from './secrets-manager-options.ts';
import { connectorOf, readerOf } from './secrets-reader.ts';

const REFRESH = 5 * 60_000;
/** Secrets that are remembered. The rest of a larger instance stays without names. */
const MOST = 100_000;

const NO_BOOKS: SourceSink = { notice: () => {}, count: () => {} };

/** The secrets of the instance by id, as they were when they were last listed. @internal */
export class Directory {
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
    throw new AuditError(ibmErrorCode(error), `${source}: ${messageOf(error)}`, { source, cause: error });
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
