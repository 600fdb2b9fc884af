/** The shape of an event of OCSF class 6003, as far as it is written here. */
import type { OcsfActivityId } from './activity.ts';
import type { OcsfVersion } from './version.ts';

/** An object with an id or a name. */
export interface OcsfEntity {
  readonly name?: string;
  readonly uid?: string;
}

/** An account of a cloud. `type_id`: 10 AWS Account, 99 Other. */
export interface OcsfAccount extends OcsfEntity {
  readonly type_id?: 10 | 99;
  readonly type?: string;
}

/** Who did it. `type_id`: 0 Unknown, 1 User, 2 Admin, 3 System, 4 Service (from 1.6.0 on), 99 Other. */
export interface OcsfUser extends OcsfEntity {
  readonly type_id?: 0 | 1 | 2 | 3 | 4 | 99;
  /** The provider's own word. */
  readonly type?: string;
  readonly uid_alt?: string;
  readonly account?: OcsfAccount;
  /** 1.5.0 only. */
  readonly credential_uid?: string;
  /** 1.8.0 only. */
  readonly programmatic_credentials?: readonly { readonly uid: string }[];
}

/** The session of an assumed role. Times in milliseconds. */
export interface OcsfSession {
  readonly created_time?: number;
  readonly created_time_dt?: string;
  readonly is_mfa?: boolean;
  readonly issuer?: string;
}

/** Who did it, by what means. */
export interface OcsfActor {
  readonly user?: OcsfUser;
  readonly session?: OcsfSession;
  readonly idp?: OcsfEntity;
  /** A service that acted or called. */
  readonly app_name?: string;
}

/** The call. */
export interface OcsfApi {
  readonly operation: string;
  readonly service: OcsfEntity;
  readonly version?: string;
  readonly request?: { readonly uid: string; readonly data?: unknown };
  readonly response?: {
    /** An HTTP status. */
    readonly code?: number;
    readonly error?: string;
    readonly message?: string;
    readonly data?: unknown;
  };
}

/** One end of a connection. */
export interface OcsfEndpoint extends OcsfEntity {
  readonly ip?: string;
  readonly hostname?: string;
  readonly domain?: string;
  readonly svc_name?: string;
}

/** What it was done to. */
export interface OcsfResource extends OcsfEntity {
  readonly type?: string;
  readonly version?: string;
  readonly group?: OcsfEntity;
  readonly owner?: { readonly account: OcsfAccount };
  /** 1.8.0 only; 1 Target. */
  readonly role_id?: 1;
  /** 1.8.0 only. */
  readonly role?: 'Target';
}

/** A value to search for, and where in the event it stands. */
export interface OcsfObservable {
  readonly name: string;
  readonly value: string;
  /** 1 Hostname, 2 IP Address, 4 User Name, 10 Resource UID, 16 HTTP User-Agent, 19 User Credential ID. */
  readonly type_id: 1 | 2 | 4 | 10 | 16 | 19;
  readonly type: string;
}

/** Where the event comes from. */
export interface OcsfMetadata {
  readonly version: OcsfVersion;
  readonly product: OcsfEntity & { readonly vendor_name: string; readonly version?: string };
  readonly profiles: readonly string[];
  readonly uid: string;
  readonly event_code: string;
  readonly log_name: string;
  readonly original_time?: string;
  readonly correlation_uid?: string;
}

/**
 * An event of OCSF class 6003, API Activity, with the profiles `cloud` and `datetime`. Times are milliseconds since
 * 1970; `timezone_offset` is in minutes.
 *
 * Source: ocsf/ocsf-schema, `events/application/api_activity.json`.
 */
export interface OcsfApiActivity {
  readonly activity_id: OcsfActivityId;
  readonly activity_name: string;
  readonly category_uid: 6;
  readonly category_name: 'Application Activity';
  readonly class_uid: 6003;
  readonly class_name: 'API Activity';
  readonly type_uid: number;
  readonly type_name: string;
  /** 0 Unknown, 1 Informational, 2 Low, 3 Medium, 4 High, 5 Critical, 99 Other. */
  readonly severity_id: 0 | 1 | 2 | 3 | 4 | 5 | 99;
  readonly severity: string;
  /** 0 Unknown, 1 Success, 2 Failure, 99 Other: it was accepted and goes on. */
  readonly status_id: 0 | 1 | 2 | 99;
  readonly status: string;
  readonly status_code?: string;
  readonly status_detail?: string;
  readonly message?: string;
  readonly time: number;
  readonly time_dt: string;
  readonly timezone_offset?: number;
  readonly metadata: OcsfMetadata;
  readonly actor: OcsfActor;
  readonly api: OcsfApi;
  readonly cloud: { readonly provider: string; readonly region?: string; readonly account?: OcsfAccount };
  readonly src_endpoint: OcsfEndpoint;
  readonly dst_endpoint?: OcsfEndpoint;
  readonly http_request?: { readonly user_agent: string };
  readonly resources?: readonly OcsfResource[];
  readonly observables?: readonly OcsfObservable[];
  /** What the event says in words of its own, and what of the record has no place above. */
  readonly unmapped: Readonly<Record<string, unknown>>;
  /** The record as JSON text. */
  readonly raw_data?: string;
}
