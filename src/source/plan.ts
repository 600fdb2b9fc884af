/** What a source would do, asked of any source. */
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
