/** Which part of a log group is asked, and by which patterns. */
import type { SourcePlan, SourceRequest } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';
import { arrivalWindow } from './delivery.ts';
import { nothingToAsk } from './plan.ts';
import { toFilterPatterns } from './queries/filter-pattern.ts';

/** Before this the API does not go backwards. API Reference, `API_FilterLogEvents`. @internal */
export const BACKWARDS_SINCE = Date.UTC(2024, 0, 1);

/** @internal */
export function explainWindow(source: string, request: SourceRequest, delay: number): SourcePlan {
  const { queries, nothing, widened } = planOf(request);
  if (nothing) return nothingToAsk(source);
  const { start, end } = windowOf(request, delay);
  const window = `${new Date(start).toISOString()} to ${new Date(end).toISOString()} by time of arrival`;
  return {
    source,
    steps: queries.map((query) => `FilterLogEvents ${window}, ${query || 'every event'}`),
    pushedDown: queries.filter((query) => query !== ''),
    leftToReader: widened,
  };
}

/** @internal */
export const planOf = ({ where = {}, scope }: SourceRequest) => toFilterPatterns(where, { scope });

/** By time of arrival. @internal */
export function windowOf(request: SourceRequest, delay: number): Span {
  const { start, end } = arrivalWindow(request, delay);
  return { start: request.from || request.order === 'oldest-first' ? start : BACKWARDS_SINCE, end };
}
