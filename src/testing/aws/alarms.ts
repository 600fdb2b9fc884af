/** The alarms of CloudWatch: PutMetricAlarm, DescribeAlarms, DeleteAlarms. They never go off here: there are no metrics. */
import type { JsonObject } from '../../model/record.ts';
import type { Answer, Call } from './backend.ts';
import { integerParameter, requiredText, textListParameter, textParameter } from './parameters.ts';
import { ServiceError } from './service-error.ts';

const NAME = { min: 1, max: 255 };
const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const MOST_NAMES = 100;
const MOST_ACTIONS = 5;

interface Alarm {
  readonly place: string;
  readonly name: string;
  readonly described: JsonObject;
}

/** @internal */
export class MetricAlarms {
  #alarms: readonly Alarm[] = [];

  put(call: Call): Answer {
    const { input, account, region } = call;
    const name = requiredText(input, 'AlarmName', NAME);
    requiredText(input, 'Namespace', { min: 1, max: 255 });
    requiredText(input, 'MetricName', { min: 1, max: 255 });
    oneOf('ComparisonOperator', requiredText(input, 'ComparisonOperator'), COMPARISONS);
    oneOf('Statistic', requiredText(input, 'Statistic'), STATISTICS);
    textParameter(input, 'AlarmDescription', { max: 1024 });
    const periods = integerParameter(input, 'EvaluationPeriods', { min: 1 });
    const period = integerParameter(input, 'Period', { min: 10 });
    if (periods === undefined || period === undefined) throw invalid('EvaluationPeriods and Period are needed.');
    if (period > 30 && period % 60 !== 0) throw invalid('Period must be 10, 20, 30 or a multiple of 60.');
    if (period * periods > 7 * 86_400 || (period * periods > 86_400 && period < 3600)) {
      throw invalid('Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).');
    }
    const actions = textListParameter(input, 'AlarmActions', { max: MOST_ACTIONS }, { min: 1, max: 1024 }) ?? [];
    const wrong = actions.find((action) => !action.startsWith('arn:'));
    if (wrong !== undefined) throw invalid(`Invalid arn syntax: ${wrong}`);
    const place = placeOf(call);
    const others = this.#alarms.filter((alarm) => alarm.place !== place || alarm.name !== name);
    const AlarmArn = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
    const described = { Dimensions: [], ...input, AlarmArn, StateValue: 'INSUFFICIENT_DATA' };
    this.#alarms = [...others, { place, name, described }];
    return { output: {} };
  }

  describe(call: Call): Answer {
    const names = textListParameter(call.input, 'AlarmNames', { max: MOST_NAMES }, NAME);
    const found = this.#alarms
      .filter(({ place }) => place === placeOf(call))
      .filter(({ name }) => names === undefined || names.length === 0 || names.includes(name));
    return { output: { MetricAlarms: found.map(({ described }) => described), CompositeAlarms: [] } };
  }

  delete(call: Call): Answer {
    const names = textListParameter(call.input, 'AlarmNames', { min: 1, max: MOST_NAMES }, NAME) ?? [];
    const place = placeOf(call);
    const isHere = (wanted: string) => this.#alarms.some((alarm) => alarm.place === place && alarm.name === wanted);
    if (!names.every(isHere)) throw new ServiceError('ResourceNotFound', 'An alarm does not exist.', 404);
    this.#alarms = this.#alarms.filter((alarm) => alarm.place !== place || !names.includes(alarm.name));
    return { output: {} };
  }
}

function placeOf({ account, region }: Call): string {
  return `${account}/${region}`;
}

function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw invalid(`${name} must be one of ${allowed.join(', ')}.`);
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
