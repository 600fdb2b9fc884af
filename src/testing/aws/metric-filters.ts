/** CloudWatch Logs' metric filters: TestMetricFilter, PutMetricFilter, DescribeMetricFilters, DeleteMetricFilter. */
import { parseJson } from '../../model/json-text.ts';
import type { JsonObject } from '../../model/record.ts';
import type { Answer, Backend, Call } from './backend.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import { GROUP_NAME, STREAM_NAME } from './log-groups.ts';
import { readTransformation } from './metric-transformation.ts';
import {
  booleanParameter,
  integerParameter,
  missing,
  objectListParameter,
  requiredText,
  textListParameter,
  textParameter,
} from './parameters.ts';
import { invalidParameter, limitExceeded, resourceNotFound } from './service-error.ts';

const LARGEST_PAGE = 50;
const MOST_PER_GROUP = 100;
const MOST_REGEXES_PER_GROUP = 5;
const MOST_DIMENSIONS = 3;
const SYSTEM_FIELDS = ['@aws.account', '@aws.region'];
const TOKEN_LIVES = 86_400_000;
const METRIC_NAME = { max: 255, pattern: /^[^:*$]*$/ };

interface MetricFilter {
  /** Where it is. */
  readonly place: string;
  readonly regexes: number;
  readonly metricName: string;
  readonly metricNamespace: string;
  /** As it is described. */
  readonly described: { readonly filterName: string; readonly logGroupName: string; readonly [key: string]: unknown };
}

/** @internal */
export function testMetricFilter(call: Call, backend: Backend): Answer {
  const pattern = requiredText(call.input, 'filterPattern', { max: 1024 });
  const compiled = compileFilterPattern(pattern, backend.behaviour);
  const messages = textListParameter(call.input, 'logEventMessages', { min: 1, max: 50 }, { min: 1 });
  if (!messages) throw missing('logEventMessages');
  const matches = messages.flatMap((eventMessage, eventNumber) =>
    compiled.matches({ message: eventMessage, json: parseJson(eventMessage) })
      ? [{ eventNumber, eventMessage, extractedValues: compiled.extract(eventMessage) }]
      : [],
  );
  return { output: { matches } };
}

/** @internal */
export class MetricFilters {
  #filters: readonly MetricFilter[] = [];

  put(call: Call, backend: Backend): Answer {
    const { input } = call;
    const logGroupName = requiredText(input, 'logGroupName', GROUP_NAME);
    const filterName = requiredText(input, 'filterName', STREAM_NAME);
    const filterPattern = requiredText(input, 'filterPattern', { max: 1024 });
    const { regexes } = compileFilterPattern(filterPattern, backend.behaviour);
    const transformations = objectListParameter(input, 'metricTransformations');
    const [transformation] = transformations ?? [];
    if (!transformation || transformations?.length !== 1) {
      throw invalidParameter('metricTransformations must have exactly 1 item.');
    }
    const metric = readTransformation(transformation);
    const criteria = textParameter(input, 'fieldSelectionCriteria', { max: 2000 });
    const emitted = systemFields(input, metric.dimensions);
    backend.logGroups.find(logGroupName, call);

    const place = placeOf(call);
    const isOther = ({ place: where, described }: MetricFilter) =>
      where !== place || described.logGroupName !== logGroupName || described.filterName !== filterName;
    const others = this.#filters.filter(isOther);
    const beside = others.filter((other) => other.place === place && other.described.logGroupName === logGroupName);
    if (beside.length >= MOST_PER_GROUP) throw limitExceeded('Resource limit exceeded.');
    const patternsWithRegex = beside.filter((other) => other.regexes > 0).length + Number(regexes > 0);
    if (patternsWithRegex > MOST_REGEXES_PER_GROUP) throw limitExceeded('Too many filter patterns with a regex.');
    const described = {
      filterName,
      filterPattern,
      logGroupName,
      creationTime: backend.clock.now(),
      metricTransformations: [transformation],
      applyOnTransformedLogs: booleanParameter(input, 'applyOnTransformedLogs') ?? false,
      ...(criteria !== undefined && { fieldSelectionCriteria: criteria }),
      ...(emitted && { emitSystemFieldDimensions: emitted }),
    };
    const { metricName, metricNamespace } = metric;
    this.#filters = [...others, { place, regexes, metricName, metricNamespace, described }];
    return { output: {} };
  }

  delete(call: Call, backend: Backend): Answer {
    const logGroupName = requiredText(call.input, 'logGroupName', GROUP_NAME);
    const filterName = requiredText(call.input, 'filterName', STREAM_NAME);
    backend.logGroups.find(logGroupName, call);
    const place = placeOf(call);
    const isOther = ({ place: where, described }: MetricFilter) =>
      where !== place || described.logGroupName !== logGroupName || described.filterName !== filterName;
    if (this.#filters.every(isOther)) throw resourceNotFound('The specified metric filter does not exist.');
    this.#filters = this.#filters.filter(isOther);
    return { output: {} };
  }

  describe(call: Call, backend: Backend): Answer {
    const { input } = call;
    const logGroupName = textParameter(input, 'logGroupName', GROUP_NAME);
    const prefix = textParameter(input, 'filterNamePrefix', STREAM_NAME);
    const name = textParameter(input, 'metricName', METRIC_NAME);
    const namespace = textParameter(input, 'metricNamespace', METRIC_NAME);
    if ((name === undefined) !== (namespace === undefined)) {
      throw invalidParameter('metricName and metricNamespace can only be given together.');
    }
    const limit = integerParameter(input, 'limit', { min: 1, max: LARGEST_PAGE }) ?? LARGEST_PAGE;
    if (logGroupName !== undefined) backend.logGroups.find(logGroupName, call);
    const place = placeOf(call);
    const found = this.#filters
      .filter((filter) => filter.place === place)
      .filter(({ described }) => logGroupName === undefined || described.logGroupName === logGroupName)
      // Without a log group, the prefix is not looked at.
      .filter(({ described }) => logGroupName === undefined || described.filterName.startsWith(prefix ?? ''))
      .filter((filter) => name === undefined || filter.metricName === name)
      .filter((filter) => namespace === undefined || filter.metricNamespace === namespace)
      .map((filter) => filter.described)
      .sort((a, b) => (a.filterName < b.filterName ? -1 : Number(a.filterName > b.filterName)));

    const { nextToken: _, limit: __, ...parameters } = input;
    const bound = JSON.stringify([place, Object.entries(parameters).toSorted()]);
    const issuedAt = backend.clock.now();
    const state = { operation: call.operation, parameters: bound, snapshot: backend.snapshot(), newestFirst: false };
    const issue = (offset: number) => backend.tokens.issue({ ...state, issuedAt, offset });
    const token = textParameter(input, 'nextToken', { min: 1 });
    const from = token === undefined ? undefined : backend.tokens.read(token, call.operation, bound);
    if (token !== undefined && (!from || issuedAt - from.issuedAt > TOKEN_LIVES)) {
      throw invalidParameter('The specified nextToken is invalid.');
    }
    const offset = from?.offset ?? 0;
    const end = offset + limit;
    return {
      output: { metricFilters: found.slice(offset, end), ...(end < found.length && { nextToken: issue(end) }) },
      page: { list: 'metricFilters', token: 'nextToken', again: () => issue(offset) },
    };
  }
}

function placeOf(call: Call): string {
  return `${call.account}/${call.region}`;
}

function systemFields(input: JsonObject, dimensions: number): readonly string[] | undefined {
  const emitted = textListParameter(input, 'emitSystemFieldDimensions', { max: MOST_DIMENSIONS });
  const unknown = emitted?.find((field) => !SYSTEM_FIELDS.includes(field));
  if (unknown !== undefined) throw invalidParameter(`${unknown} is not one of ${SYSTEM_FIELDS.join(', ')}.`);
  if ((emitted?.length ?? 0) + dimensions > MOST_DIMENSIONS) {
    throw invalidParameter(`There can be at most ${MOST_DIMENSIONS} dimensions.`);
  }
  return emitted;
}
