/** Answers of the APIs as events: what cannot be one is counted and told, never dropped in silence. */
import type { AuditEvent } from '../../model/event.ts';
import { isObject } from '../../model/record.ts';
import { isProblem, type Problem } from '../../source/format.ts';
import { notARecord } from '../../source/problem.ts';
import type { SourceSink } from '../../source/source.ts';
import { tellProblem } from '../../source/tell-problem.ts';
import { awsFormat } from './format.ts';

const NO_RECORD: readonly Problem[] = [notARecord('no CloudTrail record')];

/** @internal */
export function decodeAll(items: readonly unknown[], source: string, sink: SourceSink): readonly AuditEvent[] {
  const events: AuditEvent[] = [];
  for (const item of items) {
    for (const reading of (isObject(item) ? awsFormat.read(item, source) : undefined) ?? NO_RECORD) {
      if (isProblem(reading)) tellProblem(reading, sink);
      else events.push(reading);
    }
  }
  return events;
}
