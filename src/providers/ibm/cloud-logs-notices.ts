/** What Cloud Logs says of its own answers, told as notices. */
import type { SourceSink } from '../../source/source.ts';
import type { Span } from '../../source/windows.ts';
import type { CloudLogsTier } from './cloud-logs-query.ts';
import type { QueryWarning } from './warnings.ts';

type Code = 'incomplete-answer' | 'result-limit' | 'archive-incomplete' | 'query-warning';

/** @internal */
export class CloudLogsNotices {
  readonly #tier: CloudLogsTier;
  readonly #sink: SourceSink;

  constructor(tier: CloudLogsTier, sink: SourceSink) {
    this.#tier = tier;
    this.#sink = sink;
  }

  tell(code: Code, message: string, { start, end }: Span, incomplete: boolean): void {
    this.#sink.notice({ code, message, place: `${this.#tier} ${iso(start)} to ${iso(end + 1)}`, incomplete });
  }

  /** Those that decide nothing; the others decide what is asked next, and are told where that does not help. */
  warnings(warnings: readonly QueryWarning[], span: Span): void {
    for (const warning of warnings) {
      const text = told(warning);
      if (warning.meaning === 'harmless') this.tell('query-warning', `Cloud Logs warns: ${text}`, span, false);
      if (warning.meaning === 'archive')
        this.tell('archive-incomplete', `the archive could not be searched whole: ${text}`, span, true);
      if (warning.meaning === 'unknown')
        this.tell('incomplete-answer', `Cloud Logs warns of what is not known here: ${text}`, span, true);
    }
  }
}

/** @internal */
export const told = ({ name, text }: QueryWarning) => (text === '' ? name : `${name}: ${text}`);

/** @internal */
export const iso = (time: number) => new Date(time).toISOString();
