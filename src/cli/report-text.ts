/** The books of a run, for a person and for a program. */
import type { Report, SourceReport } from '../reader/report.ts';
import { amount, size } from './amounts.ts';
import { printable, printableJson } from './printable.ts';

/** The forms of a report, the default first. */
export const REPORT_FORMS = ['text', 'json'] as const;

/** One of {@link REPORT_FORMS}. */
export type ReportForm = (typeof REPORT_FORMS)[number];

/** The report in one of its forms; as JSON it is one line. */
export function reportIn(form: ReportForm, report: Report): string {
  return form === 'json' ? `${printableJson(JSON.stringify(report))}\n` : reportText(report);
}

/** Each source with its counts, which add up, what its events span, and what it had to say. */
function reportText(report: Report): string {
  const lines = report.sources.flatMap(sourceLines);
  lines.push(`window: ${windowOf(report)}`, `complete: ${verdict(report)}`);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function sourceLines(source: SourceReport): string[] {
  const { received, yielded, filtered, duplicates, malformed, beyondLimit } = source;
  const parts = [
    ...[`${yielded} given`, `${filtered} filtered out`, amount(duplicates, 'duplicate')],
    ...[`${malformed} malformed`, `${beyondLimit} beyond the limit`],
  ];
  const lines = [`${source.source}: ${amount(received, 'record')} = ${parts.join(' + ')}`];
  const work = workOf(source);
  if (work.length > 0) lines.push(`  read: ${work.join(', ')}`);
  if (source.oldest && source.newest) {
    lines.push(`  events: ${stamp(source.oldest)} to ${stamp(source.newest)}`);
  }
  for (const { code, message, incomplete, count, places } of source.notices) {
    const times = count > 1 ? ` (${count} times)` : '';
    lines.push(`  ${incomplete ? 'INCOMPLETE' : 'note'} ${code}${times}: ${message}`);
    lines.push(...places.map((place) => `    at ${place}`));
    if (count > places.length && places.length > 0) lines.push(`    and ${count - places.length} more`);
  }
  return lines;
}

function workOf({ files, bytes, requests, retries, waitedMs }: SourceReport): string[] {
  const work: string[] = [];
  if (files > 0) work.push(amount(files, 'file'), size(bytes));
  if (requests > 0) work.push(amount(requests, 'request'));
  if (retries > 0) work.push(`${retries} retried`);
  if (waitedMs > 0) work.push(`${(waitedMs / 1000).toFixed(1)} s waited`);
  return work;
}

function windowOf({ from, to, scope, limit }: Report): string {
  const end = to ? `up to ${stamp(to)}` : 'to the end';
  const span = from || to ? `${from ? stamp(from) : 'from the beginning'} ${end}` : 'everything the sources hold';
  return `${span}, scope ${scope}${limit === undefined ? '' : `, limit ${limit}`}`;
}

function verdict(report: Report): string {
  if (!report.finished) return 'no, the reading ended early';
  if (!report.complete) return 'no, events may be missing (see above)';
  return malformedIn(report) > 0 ? 'yes, but for the malformed records' : 'yes';
}

/** One line on what a result hides; `undefined` when it hides nothing. */
export function warningOf(report: Report): string | undefined {
  const malformed = malformedIn(report);
  const unread = malformed > 0 ? `${amount(malformed, 'record')} could not be read` : undefined;
  const notices = report.sources
    .flatMap(({ notices }) => notices)
    .filter(({ code, incomplete }) => incomplete && code !== 'malformed-record');
  const [first] = notices;
  const more = notices.length > 1 ? ` (and ${notices.length - 1} more)` : '';
  const missing = first ? `the result may be incomplete: ${first.message}${more}` : undefined;
  const parts = [missing, unread].filter((part) => part !== undefined);
  return parts.length > 0 ? printable(`${parts.join('; ')}; see --report`) : undefined;
}

/** Records that could not become events, of all sources. */
function malformedIn({ sources }: Report): number {
  return sources.reduce((total, { malformed }) => total + malformed, 0);
}

function stamp(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z');
}
