/** A query of Cloud Logs, from the request to the items of the stream. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../model/record.ts';
import type { Random } from '../random.ts';
import { type CompiledQuery, compileDataPrime } from './dataprime-query.ts';
import type { IbmFault } from './faults.ts';
import type { LogRules } from './log-rules.ts';
import type { Item, LogStore } from './log-store.ts';
import { compileLucene } from './lucene-query.ts';
import { fromMilliseconds, stampOf } from './nanoseconds.ts';
import { type QueryRequest, readQueryRequest } from './query-request.ts';
import { below } from './row-view.ts';
import { badRequest, ServiceError } from './service-error.ts';

/** What goes out as one item of the stream, made when its turn comes. @internal */
export interface StreamItem {
  /** Whether it holds rows. */
  readonly rows: boolean;
  write(): Readonly<Record<string, unknown>>;
}

/** @internal */
export interface Logs {
  readonly store: LogStore;
  readonly rules: LogRules;
  readonly random: Random;
  now(): number;
}

/** Runs a query; all that can be wrong with it is thrown here. @internal */
export function runQuery(body: JsonObject, logs: Logs, fault: IbmFault | undefined): readonly StreamItem[] {
  const now = logs.now();
  const request = readQueryRequest(body, now, logs.rules);
  const compiled = compile(request, now, logs.rules);
  const unknown = unknownFields(compiled, request, logs);
  if (fault?.kind === 'stream-rate-limit') return [queryId(), rateLimited()];
  const found = compiled.run(logs.store.find(request, now));
  const rows = found.slice(0, request.limit);
  const cut = rows.length < found.length;
  const items = [
    queryId(),
    ...unknown.map((name) => warning({ compile_warning: { warning_message: `Unknown field: ${name}` } })),
    ...(request.clamped ? [clampWarning(request)] : []),
    ...batches(rows, logs, fault),
  ];
  if (request.lowered || (cut && (request.limitImposed || logs.rules.limitWarning === 'always'))) {
    items.push(warning({ number_of_results_limit_warning: { number_of_results_limit: request.limit } }));
  }
  return fault ? spoiled(items, fault) : items;
}

function compile({ query, syntax }: QueryRequest, now: number, rules: LogRules): CompiledQuery {
  if (syntax === 'dataprime') {
    const missing = rules.missingFields === 'null' ? null : undefined;
    return compileDataPrime(query, { missing, now: fromMilliseconds(now) });
  }
  const test = compileLucene(query);
  return { run: (items) => [...items].filter(({ view }) => test(view)), fields: [] };
}

function unknownFields(compiled: CompiledQuery, request: QueryRequest, { store, rules }: Logs): readonly string[] {
  if (!rules.compileWarnings && !request.strictFields) return [];
  const unknown = compiled.fields
    .filter((path) => !store.knows(path, (view, steps) => steps.reduce<unknown>(below, view)))
    .map(([root, ...steps]) => [`$${root}`, ...steps].join('.'));
  const names = [...new Set(unknown)];
  if (request.strictFields && names.length > 0)
    throw badRequest(`Compilation errors: unknown fields: ${names.join(', ')}`);
  return names;
}

function batches(rows: readonly Item[], { store, rules, random }: Logs, fault: IbmFault | undefined): StreamItem[] {
  const given = fault?.kind === 'shuffled-rows' ? shuffled(rows, random) : rows;
  const broken = fault?.kind === 'malformed-row' ? given[0] : undefined;
  const items: StreamItem[] = [];
  for (let start = 0; start < given.length; start += rules.batchSize) {
    const batch = given.slice(start, start + rules.batchSize);
    const results = () => batch.map((item) => store.write(item === broken ? cutOff(item) : item));
    items.push({ rows: true, write: () => ({ result: { results: results() } }) });
  }
  return items;
}

function shuffled(rows: readonly Item[], random: Random): readonly Item[] {
  const left = [...rows];
  for (let index = left.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [left[index], left[other]] = [left[other] as Item, left[index] as Item];
  }
  return left;
}

function cutOff(item: Item): Item {
  const text = item.userData ?? item.row.userData;
  return { ...item, userData: text.slice(0, Math.floor(text.length / 2)) };
}

/** The items with a fault in them that is about items. */
function spoiled(items: readonly StreamItem[], fault: IbmFault): readonly StreamItem[] {
  const first = items.findIndex((item) => item.rows);
  if (fault.kind === 'warning') return [...items, warning(fault.warning)];
  if (fault.kind === 'repeated-rows' && first >= 0) return items.toSpliced(first, 0, items[first] as StreamItem);
  if (fault.kind !== 'stream-error') return items;
  return [...items.slice(0, (first < 0 ? items.length : first) + (fault.batches ?? 1)), failure(fault)];
}

function failure(fault: IbmFault & { readonly kind: 'stream-error' }): StreamItem {
  const message = fault.message ?? 'The query cannot be completed.';
  if (fault.shape === 'errors') return item(new ServiceError(500, message, fault.code).body());
  return item({ error: { message, code: { [fault.code ?? 'internal_error']: {} } } });
}

function item(content: Readonly<Record<string, unknown>>): StreamItem {
  return { rows: false, write: () => content };
}

function queryId(): StreamItem {
  return item({ query_id: { query_id: randomUUID() } });
}

/** How a stream says that its query was one too many. */
function rateLimited(): StreamItem {
  return item({ error: { message: 'The rate limit of queries is reached.', code: { rate_limit_reached: {} } } });
}

function warning(content: JsonObject): StreamItem {
  return item({ warning: content });
}

function clampWarning({ from, to }: QueryRequest): StreamItem {
  const range = { start_date: stampOf(from), end_date: stampOf(to) };
  return warning({ time_range_warning: { warning_message: 'The time range is too long.', ...range } });
}
