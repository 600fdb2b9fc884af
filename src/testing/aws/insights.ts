/** CloudWatch Logs' StartQuery, GetQueryResults and StopQuery. */
import { randomUUID } from 'node:crypto';
import { member } from '../../model/record.ts';
import type { Answer, Backend, Call } from './backend.ts';
import { parseInsightsQuery } from './insights-query.ts';
import { type Findings, NO_STATISTICS, type QueryTask, runQuery } from './insights-run.ts';
import { GROUP_IDENTIFIER, GROUP_NAME, type LogGroup } from './log-groups.ts';
import { integerParameter, missing, requiredText, textListParameter, textParameter } from './parameters.ts';
import { invalidParameter, limitExceeded, resourceNotFound } from './service-error.ts';

const MOST_RESULTS = 100_000;
const LARGEST_PAGE = 10_000;
const MOST_AT_ONCE = 100;
const MOST_GROUPS = 50;
const LONGEST_RUN = 3_600_000;

interface RunningQuery extends QueryTask {
  readonly call: Call;
  readonly startedAt: number;
  polls: number;
  ended: 'Complete' | 'Cancelled' | 'Timeout' | undefined;
  findings?: Findings;
}

/** @internal */
export class InsightsQueries {
  readonly #queries = new Map<string, RunningQuery>();

  start(call: Call, backend: Backend): Answer {
    const { input } = call;
    const groups = groupsOf(call, backend);
    const from = integerParameter(input, 'startTime', { min: 0 });
    const to = integerParameter(input, 'endTime', { min: 0 });
    if (from === undefined || to === undefined) throw missing(from === undefined ? 'startTime' : 'endTime');
    if (from > to) throw invalidParameter('The end time must not be before the start time.');
    const limit = integerParameter(input, 'limit', { min: 1, max: MOST_RESULTS });
    const language = textParameter(input, 'queryLanguage');
    if (language !== undefined && language !== 'CWLI') throw invalidParameter(`${language} is not simulated; CWLI is.`);
    const query = parseInsightsQuery(requiredText(input, 'queryString', { max: 10_000 }), backend.behaviour);
    const alive = [...this.#queries.values()].filter((other) => other.ended === undefined);
    if (alive.length >= MOST_AT_ONCE)
      throw limitExceeded(`Account maximum query concurrency limit of [${MOST_AT_ONCE}] reached.`);
    const queryId = randomUUID();
    this.#queries.set(queryId, {
      call,
      account: call.account,
      query,
      groups,
      // Seconds, both inclusive.
      from: from * 1000,
      to: to * 1000,
      limit: Math.min(limit ?? query.limit ?? LARGEST_PAGE, query.limit ?? MOST_RESULTS),
      startedAt: backend.clock.now(),
      snapshot: backend.snapshot(),
      polls: 0,
      ended: undefined,
    });
    return { output: { queryId } };
  }

  results(call: Call, backend: Backend): Answer {
    const queryId = requiredText(call.input, 'queryId', { min: 1, max: 256 });
    const running = this.#find(queryId, call);
    const size = integerParameter(call.input, 'maxItems', { min: 0, max: LARGEST_PAGE }) || LARGEST_PAGE;
    const now = backend.clock.now();
    const issue = (offset: number) =>
      backend.tokens.issue({
        operation: call.operation,
        parameters: queryId,
        snapshot: running.snapshot,
        newestFirst: true,
        issuedAt: now,
        offset,
      });
    const token = textParameter(call.input, 'nextToken', { min: 1, max: 1024 });
    const state = token === undefined ? undefined : backend.tokens.read(token, call.operation, queryId);
    if (token !== undefined && (!state || now - state.issuedAt > LONGEST_RUN)) {
      throw invalidParameter('The specified nextToken is invalid.');
    }
    const status = progress(running, backend);
    running.findings ??= runQuery(running);
    const { results, statistics } = running.findings;
    // While it runs, what there is of the results is only a part of them.
    const shown = { Complete: results.length, Running: Math.floor(results.length / 2) }[status as string] ?? 0;
    const offset = state?.offset ?? 0;
    const end = Math.min(offset + size, shown);
    return {
      output: {
        queryLanguage: 'CWLI',
        results: results.slice(offset, end),
        statistics: status === 'Scheduled' ? NO_STATISTICS : statistics,
        status,
        ...(end < shown && { nextToken: issue(end) }),
      },
      page: { list: 'results', token: 'nextToken', record: '@message', again: () => issue(offset) },
    };
  }

  stop(call: Call): Answer {
    const running = this.#find(requiredText(call.input, 'queryId', { min: 1, max: 256 }), call);
    if (running.ended) throw invalidParameter('The specified query is not running.');
    running.ended = 'Cancelled';
    return { output: { success: true } };
  }

  #find(queryId: string, call: Call): RunningQuery {
    const running = this.#queries.get(queryId);
    if (!running || running.call.region !== call.region || running.call.account !== call.account) {
      throw resourceNotFound('The specified query does not exist.');
    }
    return running;
  }
}

function progress(running: RunningQuery, backend: Backend): string {
  if (running.ended) return running.ended;
  if (backend.clock.now() - running.startedAt > LONGEST_RUN) running.ended = 'Timeout';
  else if (++running.polls > backend.behaviour.queryPolls) running.ended = 'Complete';
  return running.ended ?? (running.polls === 1 && backend.behaviour.queryPolls > 1 ? 'Scheduled' : 'Running');
}

function groupsOf(call: Call, backend: Backend): readonly LogGroup[] {
  const { input } = call;
  const count = { min: 1, max: MOST_GROUPS };
  const one = textParameter(input, 'logGroupName', GROUP_NAME);
  const given = [
    one === undefined ? undefined : [one],
    textListParameter(input, 'logGroupNames', count, GROUP_NAME),
    textListParameter(input, 'logGroupIdentifiers', count, GROUP_IDENTIFIER),
  ].filter((names) => names !== undefined);
  const [names] = given;
  if (names === undefined || given.length > 1) {
    throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.');
  }
  if (member(input, 'logGroupIdentifiers') !== undefined && names.some((name) => name.endsWith('*'))) {
    throw invalidParameter('The ARN of a log group must not end with an asterisk here.');
  }
  return [...new Set(names.map((name) => backend.logGroups.find(name, call)))];
}
