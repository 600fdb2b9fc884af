/** What an AWS source says that it would ask. */
import { noRequest } from '../../source/no-request.ts';
import type { SourcePlan } from '../../source/source.ts';

/** The plan of a source for a filter that no event of AWS can pass. @internal */
export function nothingToAsk(source: string): SourcePlan {
  return noRequest(source, 'no CloudTrail event can pass the filter');
}
