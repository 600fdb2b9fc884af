/** What happens on the wire, told to whoever listens by `node:diagnostics_channel`; nobody else pays for it. */
import type { ErrorCode } from '../model/error.ts';

/** What is published, by channel. Times are in milliseconds. */
export interface Signals {
  /** A request leaves. `attempt` counts from 1. */
  readonly 'secret-events:request': { readonly source: string; readonly attempt: number };
  /** A page of a source has reached the reader; `events` before filter and removal of copies. */
  readonly 'secret-events:page': { readonly source: string; readonly events: number };
  /** A request failed and will be made again after `waitMs`. */
  readonly 'secret-events:retry': {
    readonly source: string;
    readonly attempt: number;
    readonly code: ErrorCode;
    readonly waitMs: number;
  };
  /** A request had to wait for the provider's pace. */
  readonly 'secret-events:wait': { readonly source: string; readonly waitMs: number };
}

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}
interface Channels {
  channel(name: string): Channel;
}

// Asked for and not imported: in a browser there is no such module, and nobody to listen.
const channels = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process?.getBuiltinModule?.(
  'node:diagnostics_channel',
) as Channels | undefined;
const known = new Map<string, Channel>();

/** @internal */
export function publish<Name extends keyof Signals>(name: Name, message: Signals[Name]): void {
  if (!channels) return;
  let channel = known.get(name);
  if (!channel) {
    channel = channels.channel(name);
    known.set(name, channel);
  }
  if (channel.hasSubscribers) channel.publish(message);
}
