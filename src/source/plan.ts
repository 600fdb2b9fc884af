/** Plans that need no provider's words. */
import type { AuditSource, SourcePlan, SourceRequest } from './source.ts';

/** What a source would do; one that tells nothing of itself has a plan that says so. @internal */
export function planOf(source: AuditSource, request: SourceRequest): SourcePlan {
  return (
    source.explain?.(request) ?? {
      source: source.name,
      steps: ['this source does not tell how it reads'],
      pushedDown: [],
      leftToReader: ['the whole request'],
    }
  );
}

/** The plan of a source for a filter that nothing it has can pass. @internal */
export function noRequest(source: string, why: string): SourcePlan {
  return { source, steps: [`no request: ${why}`], pushedDown: [], leftToReader: [] };
}
