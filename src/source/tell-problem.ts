/** What gave no event, in the books and in a notice. */
import type { Problem } from './format.ts';
import type { SourceSink } from './source.ts';

/** @internal */
export function tellProblem({ problem, reason }: Problem, sink: SourceSink): void {
  if (isRecord(problem)) sink.count('malformed');
  sink.notice({ code: problem, message: reason, incomplete: problem !== 'not-a-record' });
}

/** Whether the problem is a record that was received, and not what is told about others. @internal */
export function isRecord(problem: Problem['problem']): boolean {
  return problem !== 'incomplete-answer';
}
