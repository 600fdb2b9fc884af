/** Credentials: as they are given, or asked for again before they run out. */
import { AuditError } from '../../../model/error.ts';
import { FetchFailure } from './failure.ts';

/** Keys of an IAM user, or of a role for some time; what the SDK's own providers give fits. */
export interface FetchCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When they end; a provider is asked again five minutes before. Without it, only after the service has refused them. */
  readonly expiration?: Date | undefined;
}

/** Credentials with the keys that were derived of them for signing; these end with a day, or with the credentials. @internal */
export interface Signing {
  readonly credentials: FetchCredentials;
  readonly keys: Map<string, ArrayBuffer>;
}

/** As long before the end of credentials new ones are asked for, in milliseconds; the SDK does the same. */
const BEFORE_END = 5 * 60_000;

/** @internal */
export class KeptCredentials {
  readonly #provider: (() => Promise<FetchCredentials>) | undefined;
  #kept: Signing | undefined;
  #asking: Promise<Signing> | undefined;

  constructor(given: FetchCredentials | (() => Promise<FetchCredentials>)) {
    if (typeof given === 'function') {
      this.#provider = given;
      return;
    }
    const wrong = faultOf(given);
    if (wrong) throw new AuditError('invalid-argument', `credentials: ${wrong}`);
    this.#kept = signing(given);
  }

  /** However many ask at once, the provider is asked once. */
  get(): Promise<Signing> {
    const { expiration } = this.#kept?.credentials ?? {};
    const ends = this.#provider && expiration ? expiration.getTime() - BEFORE_END : Number.POSITIVE_INFINITY;
    if (this.#kept && Date.now() < ends) return Promise.resolve(this.#kept);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** The service refused them; a provider may have better ones. */
  refused(what: Signing): void {
    if (this.#provider && this.#kept === what) this.#kept = undefined;
  }

  async #ask(): Promise<Signing> {
    let given: FetchCredentials | undefined;
    try {
      given = await this.#provider?.();
    } catch (cause) {
      throw new FetchFailure('CredentialsProviderError', 'the credentials provider failed; see the cause', { cause });
    }
    const wrong = faultOf(given);
    if (wrong) throw new FetchFailure('CredentialsProviderError', `the credentials provider gave ${wrong}`);
    this.#kept = signing(given as FetchCredentials);
    return this.#kept;
  }
}

const signing = (credentials: FetchCredentials): Signing => ({ credentials, keys: new Map() });

/** A key with a line end in it (a file read as it is) would come back in the text of fetch's own error. */
const WORD = /^[\x21-\x7e]+$/;

/** What is wrong with credentials, without a word of them. */
function faultOf(given: unknown): string | undefined {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = (given ?? {}) as Record<string, unknown>;
  const isWord = (value: unknown) => typeof value === 'string' && WORD.test(value);
  if (!isWord(accessKeyId)) return 'an accessKeyId that is missing, or has spaces or line ends in it';
  if (!isWord(secretAccessKey)) return 'a secretAccessKey that is missing, or has spaces or line ends in it';
  if (sessionToken !== undefined && !isWord(sessionToken)) return 'a sessionToken with spaces or line ends in it';
  if (expiration !== undefined && !(expiration instanceof Date)) return 'an expiration that is no Date';
  return undefined;
}
