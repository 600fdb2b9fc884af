/** What every decoder makes of a provider's record. */
import type { Action, EntryKind, Provider } from '../catalog/entry.ts';
import type { AnyEventName } from '../catalog/lookup.ts';

/** How an act ended. `pending`: it was accepted and goes on. `unknown`: the record does not say. */
export type Outcome = 'success' | 'failure' | 'pending' | 'unknown';

/**
 * Who makes the record: {@link EntryKind}, and the kinds that only services beside the secrets managers have
 * (`console` sign-in and clicks, `network` activity at a VPC endpoint, `insight`).
 */
export type EventKind = EntryKind | 'console' | 'network' | 'insight';

/** Who did it. Every field may be missing: an event of the service itself has no person. */
export interface Actor {
  /** The provider's stable id: an ARN or principal id; `IBMid-...`, `iam-ServiceId-...`. */
  readonly id?: string;
  /** The person or workload as people know it: a user name, the session name of an assumed role, an e-mail. */
  readonly name?: string;
  /** The provider's own word: `AssumedRole`, `IAMUser`, `service/security/account/user`. */
  readonly type?: string;
  /** The account the actor belongs to; not always the account it acted in. */
  readonly account?: string;
  /** AWS access key id, or the kind of IBM credential (`apikey`, `token`). Never a secret. */
  readonly credential?: string;
  /** The role behind a session, where there is one. */
  readonly role?: string;
}

/** The secret it was done to. */
export interface SecretRef {
  /** As the record gives it: an ARN, a partial ARN, a plain name, a CRN or an id. */
  readonly id: string;
  readonly name?: string;
  readonly version?: string;
  /** IBM secret group. */
  readonly group?: string;
}

/** Where it came from. */
export interface Origin {
  /** An IPv4 or IPv6 address, and nothing else. */
  readonly ip?: string;
  /** User agent. */
  readonly agent?: string;
  /** The service that acted or called on somebody's behalf: `lambda.amazonaws.com`, `AWS Internal`. */
  readonly service?: string;
  readonly vpcEndpoint?: string;
}

/** One act on one or more secrets (or, with scope `all`, on anything), in words that hold for every cloud. */
export interface AuditEvent {
  readonly provider: Provider;
  /**
   * Unique within the provider as far as the provider makes it so: CloudTrail `eventID`, the log id of IBM Cloud Logs,
   * else `sha256:` and a hash of the record's content.
   */
  readonly id: string;
  /** CloudTrail event source (`secretsmanager.amazonaws.com`) or IBM service name (`secrets-manager`). */
  readonly service: string;
  /** The provider's own name of the event; may be one that no catalog lists yet. */
  readonly name: AnyEventName;
  /** The neutral word for it; missing for names outside the catalog. */
  readonly action?: Action;
  readonly kind: EventKind;
  /** When it happened as the provider says; for CloudTrail when the request completed, in whole seconds. */
  readonly time: Date;
  readonly outcome: Outcome;
  /** Refused for want of permission. Always a failure too. */
  readonly denied: boolean;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly readOnly?: boolean;
  /** IBM only: `normal`, `warning`, `critical`. */
  readonly severity?: string;
  readonly actor: Actor;
  readonly secret?: SecretRef;
  /** All of them, in the record's order, where one act touches more than one; `secret` is the first. */
  readonly secrets?: readonly SecretRef[];
  /**
   * Secrets that the request of another service names without touching them, as written there: ARNs in the policy of an
   * AWS call, wildcards included, and parameters of Systems Manager that stand for a secret.
   */
  readonly mentions?: readonly string[];
  readonly origin: Origin;
  /** The account in which it happened. */
  readonly account?: string;
  readonly region?: string;
  /** The source that gave it, by {@link AuditSource.name}; a decoder called by hand says `decoded`. */
  readonly source: string;
  /** Rebuilt from metadata, not recorded when it happened: it says less than an audit event. */
  readonly derived?: true;
  /** Paths in `raw` at which a value was taken out because it may be a secret. */
  readonly redacted?: readonly string[];
  /** The provider's record, untouched apart from `redacted`. */
  readonly raw: unknown;
}
