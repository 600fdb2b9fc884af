/** IBM Cloud's identity service: tokens for keys. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { unknownKey } from './faults.ts';
import { ServiceError, TokenError } from './service-error.ts';

const GRANT = 'urn:ibm:params:oauth:grant-type:';

/** Who is let in, and for how long. @internal */
export interface TokenRules {
  readonly apiKey: string;
  /** A key that gives tokens with which nothing may be read. */
  readonly apiKeyWithoutRole: string | undefined;
  readonly seconds: number;
  /** Tells when a token is no longer good. */
  readonly clock: Clock;
}

interface Issued {
  readonly until: number;
  readonly reads: boolean;
}

/** @internal */
export class TokenService {
  readonly #rules: TokenRules;
  readonly #key = randomBytes(32);
  readonly #issued = new Map<string, Issued>();

  constructor(rules: TokenRules) {
    this.#rules = rules;
  }

  /** The answer to a form that asks for a token. */
  grant(form: URLSearchParams): Readonly<Record<string, unknown>> {
    const type = form.get('grant_type') ?? '';
    if (!type) throw new TokenError('BXNIM0109E', 'Property missing or empty: grant_type.');
    if (type === `${GRANT}apikey`) return this.#issue(this.#readsWith(required(form, 'apikey')));
    if (type === `${GRANT}cr-token`) {
      required(form, 'cr_token');
      profileIn(form);
      return this.#issue(true);
    }
    if (type !== `${GRANT}assume`) throw new TokenError('BXNIM0111E', 'The grant type is not supported.');
    const delegate = this.#valid(required(form, 'access_token'));
    profileIn(form);
    if (!delegate) throw new TokenError('BXNIM0408E', 'The provided token is not valid.');
    return this.#issue(delegate.reads);
  }

  /** Lets a request pass that brings a good token, with which it may read. */
  check(authorization: string | undefined): void {
    const token = bearerOf(authorization);
    if (token === undefined) throw new ServiceError(401, 'The request has no bearer token.');
    const issued = this.#valid(token);
    if (!issued) throw new ServiceError(401, 'The token is not valid or has expired.');
    if (!issued.reads) throw new ServiceError(403, 'The token has no role for this action.');
  }

  /** The token of a request is good for nothing from now on. */
  revoke(authorization: string | undefined): void {
    this.#issued.delete(bearerOf(authorization) ?? '');
  }

  #readsWith(apiKey: string): boolean {
    if (apiKey === this.#rules.apiKey) return true;
    if (apiKey === this.#rules.apiKeyWithoutRole) return false;
    throw unknownKey();
  }

  #valid(token: string): Issued | undefined {
    const issued = this.#issued.get(token);
    return issued && this.#rules.clock.now() < issued.until ? issued : undefined;
  }

  #issue(reads: boolean): Readonly<Record<string, unknown>> {
    const { seconds, clock } = this.#rules;
    // IBM's SDK compares these with the machine's clock, whatever the server's says.
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + seconds;
    const token = this.#sign({ iam_id: 'iam-ServiceId-loopback', jti: randomUUID(), iat, exp, scope: 'ibm openid' });
    this.#issued.set(token, { until: clock.now() + seconds * 1000, reads });
    return {
      access_token: token,
      refresh_token: 'not_supported',
      token_type: 'Bearer',
      expires_in: seconds,
      expiration: exp,
      scope: 'ibm openid',
    };
  }

  #sign(claims: Readonly<Record<string, unknown>>): string {
    const text = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${text({ kid: 'loopback', alg: 'HS256', typ: 'JWT' })}.${text(claims)}`;
    return `${signed}.${createHmac('sha256', this.#key).update(signed).digest('base64url')}`;
  }
}

function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new TokenError('BXNIM0109E', `Property missing or empty: ${name}.`);
  return value;
}

function profileIn(form: URLSearchParams): void {
  if (['profile_id', 'profile_crn', 'profile_name'].some((name) => form.get(name))) return;
  throw new TokenError('BXNIM0109E', 'Property missing or empty: profile_id.');
}
