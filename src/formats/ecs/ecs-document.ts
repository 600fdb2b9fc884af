/** The shape of an event in the Elastic Common Schema, as far as it is written here. */

/** What of a CloudTrail record has a field of its own in Elastic's integration. */
export interface EcsCloudTrail {
  readonly event_version?: string;
  readonly event_type?: string;
  readonly event_category?: string;
  readonly api_version?: string;
  readonly request_id?: string;
  readonly error_code?: string;
  readonly error_message?: string;
  readonly recipient_account_id?: string;
  readonly shared_event_id?: string;
  readonly vpc_endpoint_id?: string;
  readonly read_only?: boolean;
  readonly management_event?: boolean;
  readonly resources?: readonly { readonly arn?: string; readonly account_id?: string; readonly type?: string }[];
  readonly user_identity?: Readonly<Record<string, unknown>>;
  /** Request, response and the like as objects, under Elastic's names. */
  readonly flattened?: Readonly<Record<string, unknown>>;
}

/** What of an IBM activity tracking event ECS has no field for, named after CADF in snake case. */
export interface EcsActivityTracking {
  readonly correlation_id?: string;
  readonly log_source_crn?: string;
  readonly severity?: string;
  readonly data_event?: boolean;
  /** The outcome in the record's own word. */
  readonly outcome?: string;
  readonly reason?: { readonly code?: string; readonly type?: string; readonly message?: string };
  readonly initiator?: {
    readonly type?: string;
    readonly credential_type?: string;
    readonly authn_id?: string;
    readonly authn_name?: string;
  };
  readonly target?: { readonly id?: string; readonly name?: string; readonly type?: string };
  /** Request and response as objects. */
  readonly flattened?: Readonly<Record<string, unknown>>;
}

/**
 * An event in the Elastic Common Schema 8.11.
 *
 * Source: Elastic's ECS field reference; fields under `aws.cloudtrail` as in Elastic's integration for CloudTrail.
 */
export interface EcsDocument {
  /** ISO 8601, UTC. */
  readonly '@timestamp': string;
  readonly ecs: { readonly version: '8.11.0' };
  readonly event: {
    readonly kind: 'event';
    readonly type: readonly ['info'];
    readonly action: string;
    readonly id: string;
    readonly provider: string;
    /** ECS has no word for what is still going on: `unknown`. */
    readonly outcome: 'success' | 'failure' | 'unknown';
    /** The record as JSON text. */
    readonly original?: string;
  };
  readonly message?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly cloud: {
    readonly provider: 'aws' | 'ibm';
    readonly service: { readonly name: string };
    readonly account?: { readonly id: string };
    readonly region?: string;
  };
  readonly source?: { readonly address: string; readonly ip?: string };
  readonly user?: { readonly id?: string; readonly name?: string };
  readonly user_agent?: { readonly original: string };
  readonly tls?: {
    readonly cipher?: string;
    readonly version?: string;
    readonly version_protocol?: string;
    readonly client?: { readonly server_name: string };
  };
  readonly related?: {
    readonly user?: readonly string[];
    readonly ip?: readonly string[];
    readonly entity?: readonly string[];
  };
  readonly aws?: { readonly cloudtrail: EcsCloudTrail };
  readonly ibm?: { readonly activity_tracking: EcsActivityTracking };
  /** What this package says of the event and ECS has no field for. */
  readonly secret_event: {
    readonly action?: string;
    readonly kind: string;
    readonly outcome: string;
    readonly denied: boolean;
    readonly source: string;
    readonly derived?: true;
    readonly redacted?: readonly string[];
    readonly secrets?: readonly {
      readonly id: string;
      readonly name?: string;
      readonly version?: string;
      readonly group?: string;
    }[];
  };
}
