/** The plan of a source that would ask nothing. */
import type { SourcePlan } from './source.ts';

/** For a filter that nothing the source has can pass. @internal */
export function noRequest(source: string, why: string): SourcePlan {
  return { source, steps: [`no request: ${why}`], pushedDown: [], leftToReader: [] };
}
