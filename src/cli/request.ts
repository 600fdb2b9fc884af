/** From the words of the command line to what is asked of `events()`. */
import type { Filter } from '../filter/filter.ts';
import type { EventsRequest } from '../reader/request.ts';
import type { ReadOptions } from './commands/read.ts';
import { type Context, tell } from './context.ts';
import { Misuse } from './misuse.ts';
import type { NamedSources } from './sources.ts';

const DAY = 86_400_000;

/** Everything that is asked, with the bounds that a person would expect where none are given. */
export async function requestOf(
  options: ReadOptions,
  where: Filter | undefined,
  named: NamedSources,
  { io, output }: Context,
): Promise<EventsRequest> {
  const { limit, order, scope, follow, format } = options;
  if (follow && format === 'json') throw new Misuse('--follow has no end, and so no JSON array; use --format jsonl');
  const checkpoint = options.checkpoint === undefined ? undefined : await checkpointAt(options.checkpoint);
  const begun = checkpoint !== undefined && (await checkpoint.load()) !== undefined;
  const window = await windowOf(options, named.asksCloud && !follow && !begun, (message) => {
    if (!options.quiet) tell(io, message);
  });
  return {
    ...window,
    ...(where && { where }),
    ...(limit !== undefined && { limit }),
    ...(order && { order }),
    ...(follow && { follow }),
    ...(checkpoint && { checkpoint }),
    scope,
    signal: output.signal,
  };
}

async function checkpointAt(path: string) {
  const { fileCheckpoint } = await import('../providers/files/file-checkpoint.ts');
  return fileCheckpoint(path);
}

/** The window asked for. Where a cloud is asked, it has a beginning: everything there is would take it hours. */
async function windowOf(
  { since, until }: ReadOptions,
  needsBeginning: boolean,
  say: (message: string) => void,
): Promise<{ from?: Date; to?: Date }> {
  const { resolveTime } = await import('../model/time.ts');
  const now = Date.now();
  const to = until === undefined ? undefined : resolveTime(until, '--until', now);
  if (since === undefined && needsBeginning) {
    const end = to ? 'the 24 hours before --until' : 'the last 24 hours';
    say(`no --since: ${end} of every source; --since 7d reads more`);
    return { from: new Date((to?.getTime() ?? now) - DAY), ...(to && { to }) };
  }
  const from = since === undefined ? undefined : resolveTime(since, '--since', now);
  if (from && to && from >= to) throw new Misuse(`--since ${since} is not before --until ${until}`);
  return { ...(from && { from }), ...(to && { to }) };
}
