/** What a metric filter makes of a match. */
import { isObject, type JsonObject, member } from '../../model/record.ts';
import { requiredText, textParameter } from './parameters.ts';
import { invalidParameter } from './service-error.ts';

const MOST_DIMENSIONS = 3;
const METRIC_NAME = { max: 255, pattern: /^[^:*$]*$/ };
const SIZES = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'];
const SMALL_SIZES = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'];
const RATES = [...SIZES, ...SMALL_SIZES, 'Count'].map((unit) => `${unit}/Second`);
const TIMES = ['Seconds', 'Microseconds', 'Milliseconds'];
const UNITS = new Set([...TIMES, ...SIZES, ...SMALL_SIZES, ...RATES, 'Percent', 'Count', 'None']);

interface Transformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  /** How many dimensions it has. */
  readonly dimensions: number;
}

/** Checks the members of a metric transformation. @internal */
export function readTransformation(input: JsonObject): Transformation {
  const metricName = requiredText(input, 'metricName', METRIC_NAME);
  const metricNamespace = requiredText(input, 'metricNamespace', METRIC_NAME);
  requiredText(input, 'metricValue', { max: 100 });
  const unit = textParameter(input, 'unit');
  if (unit !== undefined && !UNITS.has(unit)) throw invalidParameter(`${unit} is no unit of a metric.`);
  const fallback = member(input, 'defaultValue');
  if (fallback !== undefined && typeof fallback !== 'number') throw invalidParameter('defaultValue must be a number.');
  const dimensions = member(input, 'dimensions') ?? {};
  if (!isObject(dimensions)) throw invalidParameter('dimensions must be a map.');
  const count = Object.keys(dimensions).length;
  if (count > MOST_DIMENSIONS) throw invalidParameter(`There can be at most ${MOST_DIMENSIONS} dimensions.`);
  if (count > 0 && fallback !== undefined) {
    throw invalidParameter('A metric with dimensions can not have a defaultValue.');
  }
  return { metricName, metricNamespace, dimensions: count };
}
