/** What applying an alarm needs of clients, written down as types: the vendor's clients fit, and so does anything that answers like them. */

/** The members of a metric filter that are used. */
export interface MetricFilterFacts {
  filterName?: string | undefined;
  filterPattern?: string | undefined;
  metricTransformations?: MetricTransformationFacts[] | undefined;
}

/** What a metric filter makes of a match. */
export interface MetricTransformationFacts {
  metricName: string | undefined;
  metricNamespace: string | undefined;
  metricValue: string | undefined;
}

/** The methods of CloudWatch Logs that metric filters take: the SDK's `CloudWatchLogs`, or anything that answers like it. */
export interface MetricFilterClient {
  /** One page of the filters of a log group. */
  describeMetricFilters(input: {
    logGroupName: string;
    filterNamePrefix: string;
    nextToken?: string;
  }): Promise<{ metricFilters?: MetricFilterFacts[] | undefined; nextToken?: string | undefined }>;
  /** Makes or replaces a filter. */
  putMetricFilter(input: {
    logGroupName: string;
    filterName: string;
    filterPattern: string;
    metricTransformations: MetricTransformationFacts[];
  }): Promise<unknown>;
  /** Takes a filter away. */
  deleteMetricFilter(input: { logGroupName: string; filterName: string }): Promise<unknown>;
}

/** The members of an alarm that are used. */
export interface AlarmFacts {
  AlarmName?: string | undefined;
  AlarmDescription?: string | undefined;
  Namespace?: string | undefined;
  MetricName?: string | undefined;
  Dimensions?: { Name: string | undefined; Value: string | undefined }[] | undefined;
  Statistic?: 'Sum' | 'Maximum' | 'Average' | 'Minimum' | 'SampleCount' | undefined;
  Period?: number | undefined;
  EvaluationPeriods?: number | undefined;
  Threshold?: number | undefined;
  TreatMissingData?: string | undefined;
  AlarmActions?: string[] | undefined;
  /** One of CloudWatch's words, such as `GreaterThanOrEqualToThreshold`. */
  ComparisonOperator?: string | undefined;
}

/** What PutMetricAlarm is told. */
export interface PutAlarmInput extends AlarmFacts {
  AlarmName: string;
  EvaluationPeriods: number;
  ComparisonOperator: 'GreaterThanOrEqualToThreshold' | 'GreaterThanThreshold';
}

/** The methods of CloudWatch that alarms take: the SDK's `CloudWatch`, or anything that answers like it. */
export interface AlarmClient {
  /** The alarms of these names, as far as there are any. */
  describeAlarms(input: { AlarmNames: string[] }): Promise<{ MetricAlarms?: AlarmFacts[] | undefined }>;
  /** Makes or replaces an alarm. */
  putMetricAlarm(input: PutAlarmInput): Promise<unknown>;
  /** Takes alarms away. */
  deleteAlarms(input: { AlarmNames: string[] }): Promise<unknown>;
}

/** The methods of SNS that a topic takes: the SDK's `SNS`, or anything that answers like it. */
export interface TopicClient {
  /** One page of the topics of the account. */
  listTopics(input: { NextToken?: string }): Promise<{
    Topics?: { TopicArn?: string | undefined }[] | undefined;
    NextToken?: string | undefined;
  }>;
  /** Makes a topic, or gives the one of that name. */
  createTopic(input: { Name: string; Attributes?: Record<string, string> }): Promise<{ TopicArn?: string | undefined }>;
  /** What is set of a topic. */
  getTopicAttributes(input: { TopicArn: string }): Promise<{ Attributes?: Record<string, string> | undefined }>;
  /** Sets one thing of a topic. */
  setTopicAttributes(input: { TopicArn: string; AttributeName: string; AttributeValue: string }): Promise<unknown>;
  /** One page of who is told. */
  listSubscriptionsByTopic(input: { TopicArn: string; NextToken?: string }): Promise<{
    Subscriptions?: { Protocol?: string | undefined; Endpoint?: string | undefined }[] | undefined;
    NextToken?: string | undefined;
  }>;
  /** Sends a message that has to be confirmed. */
  subscribe(input: { TopicArn: string; Protocol: string; Endpoint: string }): Promise<unknown>;
  /** Takes a topic away, and its subscriptions. */
  deleteTopic(input: { TopicArn: string }): Promise<unknown>;
}

/** A client with the one method that trying a pattern takes: the SDK's `CloudWatchLogs`, or anything that answers like it. */
export interface TestFilterClient {
  /** Which of at most 50 messages fit. */
  testMetricFilter(input: {
    filterPattern: string;
    logEventMessages: string[];
  }): Promise<{ matches?: { eventMessage?: string | undefined }[] | undefined }>;
}
