/** The shape of a CloudTrail record, for people who write handlers. */

/**
 * Who made a request, as CloudTrail records it. Nothing is always there: events of a service itself have no `type`.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-user-identity`.
 */
export interface CloudTrailUserIdentity {
  /** `IAMUser`, `AssumedRole`, `Root`, `AWSService`, `IdentityCenterUser` and so on. */
  readonly type?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  /** May be empty. */
  readonly accessKeyId?: string;
  /** May be `HIDDEN_DUE_TO_SECURITY_REASONS`. */
  readonly userName?: string;
  /** The service that made the request on somebody's behalf, or of its own accord. */
  readonly invokedBy?: string;
  readonly identityProvider?: string;
  readonly credentialId?: string;
  readonly onBehalfOf?: { readonly userId?: string; readonly identityStoreArn?: string };
  readonly sessionContext?: {
    readonly sessionIssuer?: {
      readonly type?: string;
      readonly userName?: string;
      readonly principalId?: string;
      readonly arn?: string;
      readonly accountId?: string;
    };
    readonly attributes?: { readonly creationDate?: string; readonly mfaAuthenticated?: string };
    readonly sourceIdentity?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/**
 * One CloudTrail record, eventVersion 1.0 to 1.11: the detail of an EventBridge event, an element of `Records` in a log
 * file, the parsed `CloudTrailEvent` of LookupEvents. All fields are optional, since records of every age and of every
 * exporter are read; fields that are not listed pass.
 *
 * Source: CloudTrail User Guide, `cloudtrail-event-reference-record-contents`.
 */
export interface CloudTrailRecord {
  readonly eventVersion?: string;
  readonly userIdentity?: CloudTrailUserIdentity;
  /** UTC, in whole seconds; when the request completed. */
  readonly eventTime?: string;
  /** `secretsmanager.amazonaws.com`. */
  readonly eventSource?: string;
  /** `GetSecretValue`. */
  readonly eventName?: string;
  readonly awsRegion?: string;
  /** An address, the DNS name of a service, or `AWS Internal`. */
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Left out when larger than 100 KB. */
  readonly requestParameters?: Readonly<Record<string, unknown>> | null;
  /** `null` for requests that only read; left out when larger than 100 KB. */
  readonly responseElements?: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>> | null;
  readonly serviceEventDetails?: Readonly<Record<string, unknown>> | null;
  readonly requestID?: string;
  readonly eventID?: string;
  /** `AwsApiCall`, `AwsServiceEvent`, `AwsConsoleAction`, `AwsConsoleSignIn`, `AwsVpceEvents`. */
  readonly eventType?: string;
  /** `Management`, `Data`, `NetworkActivity`, `Insight`. */
  readonly eventCategory?: string;
  readonly apiVersion?: string;
  readonly managementEvent?: boolean;
  readonly readOnly?: boolean;
  readonly resources?: readonly { readonly ARN?: string; readonly accountId?: string; readonly type?: string }[] | null;
  /** The account in which it happened; differs from `userIdentity.accountId` when the caller belongs to another one. */
  readonly recipientAccountId?: string;
  readonly sharedEventID?: string;
  readonly vpcEndpointId?: string;
  readonly vpcEndpointAccountId?: string;
  readonly tlsDetails?: {
    readonly tlsVersion?: string;
    readonly cipherSuite?: string;
    readonly clientProvidedHostHeader?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}
