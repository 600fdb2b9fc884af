/** What the sources need of a client, written down as types: the vendor's clients fit, and so does anything that answers like them. */

// The vendor's types are not named here: they would be needed to compile against this package, and the SDK is optional.

/** What a call may carry beside its input. */
export interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

/** The members of a LookupEvents request that are used. */
export interface LookupEventsInput {
  LookupAttributes?: { AttributeKey: LookupAttributeKey; AttributeValue: string }[];
  StartTime?: Date;
  EndTime?: Date;
  MaxResults?: number;
  NextToken?: string;
}

/** What LookupEvents can look up by. */
export type LookupAttributeKey =
  | 'EventId'
  | 'EventName'
  | 'ReadOnly'
  | 'Username'
  | 'ResourceType'
  | 'ResourceName'
  | 'EventSource'
  | 'AccessKeyId';

/** The members of its answer that are read; the events themselves are JSON text. */
export interface LookupEventsOutput {
  Events?: { CloudTrailEvent?: string | undefined; EventId?: string | undefined }[] | undefined;
  NextToken?: string | undefined;
}

/** A client with the one method that LookupEvents takes: the SDK's `CloudTrail`, or anything that answers like it. */
export interface LookupEventsClient {
  /** One page. */
  lookupEvents(input: LookupEventsInput, options?: CallOptions): Promise<LookupEventsOutput>;
}

/** The members of a FilterLogEvents request that are used; times in milliseconds, both inclusive. */
export interface FilterLogEventsInput {
  logGroupName?: string;
  logGroupIdentifier?: string;
  logStreamNamePrefix?: string;
  logStreamNames?: string[];
  startTime?: number;
  endTime?: number;
  filterPattern?: string;
  startFromHead?: boolean;
  limit?: number;
  nextToken?: string;
}

/** The members of its answer that are read. */
export interface FilterLogEventsOutput {
  events?: { timestamp?: number | undefined; message?: string | undefined; eventId?: string | undefined }[] | undefined;
  nextToken?: string | undefined;
}

/** A client with the one method that FilterLogEvents takes: the SDK's `CloudWatchLogs`, or anything that answers like it. */
export interface FilterLogEventsClient {
  /** One page. */
  filterLogEvents(input: FilterLogEventsInput, options?: CallOptions): Promise<FilterLogEventsOutput>;
}

/** The members of a StartLiveTail request that are used. */
export interface LiveTailInput {
  /** ARNs, without an asterisk at the end. */
  logGroupIdentifiers: string[];
  logStreamNamePrefixes?: string[];
  logEventFilterPattern?: string;
}

/** What came in one second. */
export interface LiveTailUpdate {
  /** `sampled`: there was more than an update holds. */
  sessionMetadata?: { sampled?: boolean | undefined } | undefined;
  sessionResults?: { timestamp?: number | undefined; message?: string | undefined }[] | undefined;
}

/** The member of its answer that is read: a stream whose first piece is no update, and which ends in an error. */
export interface LiveTailOutput {
  responseStream?: AsyncIterable<{ sessionUpdate?: LiveTailUpdate | undefined }> | undefined;
}

/** A client with the one method that StartLiveTail takes: the SDK's `CloudWatchLogs`, or anything that answers like it. */
export interface LiveTailClient {
  /** Opens a session. */
  startLiveTail(input: LiveTailInput, options?: CallOptions): Promise<LiveTailOutput>;
}

/** The members of a StartQuery request that are used; times in **seconds**, both inclusive. */
export interface StartQueryInput {
  logGroupNames?: string[];
  logGroupIdentifiers?: string[];
  startTime: number;
  endTime: number;
  queryString: string;
  limit?: number;
}

/** The members of GetQueryResults' answer that are read. */
export interface QueryResults {
  status?: string | undefined;
  results?: { field?: string | undefined; value?: string | undefined }[][] | undefined;
  statistics?: { bytesScanned?: number | undefined; recordsMatched?: number | undefined } | undefined;
}

/** A client with the three methods of a Logs Insights query: the SDK's `CloudWatchLogs`, or anything that answers like it. */
export interface LogsInsightsClient {
  /** Starts a query and gives its id. */
  startQuery(input: StartQueryInput, options?: CallOptions): Promise<{ queryId?: string | undefined }>;
  /** How far a query is, and its rows once it is complete. */
  getQueryResults(input: { queryId: string }, options?: CallOptions): Promise<QueryResults>;
  /** Ends a query that nobody waits for. */
  stopQuery(input: { queryId: string }, options?: CallOptions): Promise<unknown>;
}

/** An SDK client that takes commands: `CloudTrailClient`, `CloudWatchLogsClient`. */
export interface SendClient {
  /**
   * Sends a command of the vendor's SDK. `never`, because the SDK's own `send` is generic over commands that are not
   * named here: a client of any version fits.
   */
  send(command: never, options?: never): Promise<unknown>;
}
