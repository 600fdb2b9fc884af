/** CloudWatch Logs' FilterLogEvents. */
import type { JsonObject } from '../../model/record.ts';
import type { Answer, Backend, Call } from './backend.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import { GROUP_IDENTIFIER, GROUP_NAME, type LogEvent, type LogGroup, STREAM_NAME, streamTest } from './log-groups.ts';
import type { PageState } from './page-token.ts';
import { booleanParameter, integerParameter, textListParameter, textParameter } from './parameters.ts';
import { invalidParameter } from './service-error.ts';

const LARGEST_PAGE = 10_000;
const LARGEST_BODY = 1_048_576;
const TOKEN_LIVES = 86_400_000;
const NEWEST_FIRST_SINCE = Date.UTC(2024, 0, 1);

/** @internal */
export function filterLogEvents(call: Call, backend: Backend): Answer {
  const { input } = call;
  const group = groupOf(call, backend);
  const names = textListParameter(input, 'logStreamNames', { min: 1, max: 100 }, STREAM_NAME);
  const prefix = textParameter(input, 'logStreamNamePrefix', STREAM_NAME);
  if (names && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix can not both be given.');
  }
  const inStreams = streamTest(names, prefix === undefined ? undefined : [prefix]);
  const pattern = textParameter(input, 'filterPattern', { max: 1024 }) ?? '';
  const compiled = compileFilterPattern(pattern, backend.behaviour);
  const limit = integerParameter(input, 'limit', { min: 1, max: LARGEST_PAGE }) ?? LARGEST_PAGE;
  const { from, to } = window(input);
  const state = pageState(call, backend, from);
  const newestFirst = state.newestFirst;
  const range = { from: from ?? 0, to, newestFirst, snapshot: state.snapshot, after: state.after };

  const page: LogEvent[] = [];
  let bytes = 0;
  let scanned = 0;
  let last: LogEvent | undefined;
  let more = false;
  for (const event of group.events.walk(range)) {
    if (!inStreams(event)) continue;
    const matched = compiled.matches(event);
    const size = matched ? Buffer.byteLength(event.message) : 0;
    // The first event of a page always fits, however large it is.
    const full = scanned >= backend.behaviour.scanPerPage || page.length >= limit;
    more = full || (page.length > 0 && bytes + size > LARGEST_BODY);
    if (more) break;
    scanned++;
    last = event;
    if (!matched) continue;
    bytes += size;
    page.push(event);
  }
  const token = (after: LogEvent | undefined) => {
    const position = after && { time: after.time, arrival: after.arrival, ordinal: after.ordinal };
    return backend.tokens.issue({ ...state, after: position ?? state.after, issuedAt: backend.clock.now() });
  };
  return {
    output: { events: page.map(written), searchedLogStreams: [], ...(more && { nextToken: token(last) }) },
    page: { list: 'events', token: 'nextToken', record: 'message', again: () => token(undefined) },
  };
}

function written(event: LogEvent) {
  const { logStreamName, message, eventId } = event;
  return { logStreamName, timestamp: event.time, message, ingestionTime: event.arrival, eventId };
}

function groupOf(call: Call, backend: Backend): LogGroup {
  const name = textParameter(call.input, 'logGroupName', GROUP_NAME);
  const identifier = textParameter(call.input, 'logGroupIdentifier', GROUP_IDENTIFIER);
  if ((name === undefined) === (identifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be given.');
  }
  return backend.logGroups.find(name ?? identifier ?? '', call);
}

function window(input: JsonObject): { readonly from: number | undefined; readonly to: number } {
  const from = integerParameter(input, 'startTime', { min: 0 });
  const to = integerParameter(input, 'endTime', { min: 0 });
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidParameter('startTime must not be after endTime.');
  }
  return { from, to: to ?? Number.POSITIVE_INFINITY };
}

function pageState(call: Call, backend: Backend, from: number | undefined): PageState {
  const { nextToken: _, startFromHead: __, limit: ___, ...parameters } = call.input;
  const bound = JSON.stringify([call.account, call.region, Object.entries(parameters).toSorted()]);
  const token = textParameter(call.input, 'nextToken', { min: 1 });
  const newestFirst = booleanParameter(call.input, 'startFromHead') === false;
  const now = backend.clock.now();
  if (token !== undefined) {
    const state = backend.tokens.read(token, call.operation, bound);
    if (!state || now - state.issuedAt > TOKEN_LIVES) throw invalidParameter('The specified nextToken is invalid.');
    return { ...state, parameters: bound };
  }
  if (newestFirst && (from ?? 0) < NEWEST_FIRST_SINCE) {
    throw invalidParameter('startFromHead can be false only for a startTime of 2024-01-01T00:00:00Z or later.');
  }
  return { operation: call.operation, parameters: bound, snapshot: backend.snapshot(), newestFirst, issuedAt: now };
}
