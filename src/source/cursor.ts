/** How far a stream has got, as plain JSON that outlives the process. */
import { contentId } from '../model/content-id.ts';
import { AuditError } from '../model/error.ts';
import { isObject, type JsonObject, member, objectOf, textOf } from '../model/record.ts';
import type { Order, Scope } from './source.ts';

/**
 * A place in a stream: what was asked, and how far each source has been read. JSON-safe; kept whole, since it holds a
 * digest of itself by which damage is told.
 */
export interface Cursor {
  readonly version: 1;
  readonly scope: Scope;
  readonly order: Order;
  /** A digest of the filter. */
  readonly where: string;
  /** The window of the first reading, ISO 8601; `to` only where events come newest first. */
  readonly from?: string;
  readonly to?: string;
  readonly sources: Readonly<Record<string, Position>>;
  readonly check: string;
}

/** How far one source has been read. */
export interface Position {
  /** The time to go on from, itself included, ISO 8601. Missing: from the beginning. */
  readonly at?: string;
  /** Nothing is left of the window; only where events come newest first, which has an end. */
  readonly done?: true;
  /** What was handed out at and beyond `at`, and will be read again: time, provider, id and name of each. */
  readonly seen: readonly string[];
}

/** What a cursor belongs to. @internal */
export interface CursorOwner {
  readonly scope: Scope;
  readonly order: Order;
  readonly where: object;
  readonly sources: readonly string[];
}

/** @internal */
export function sealCursor(
  { scope, order, where }: CursorOwner,
  window: { readonly from?: Date | undefined; readonly to?: Date | undefined },
  sources: Readonly<Record<string, Position>>,
): Cursor {
  const cursor = {
    version: 1 as const,
    scope,
    order,
    where: digestOf(where),
    ...(window.from && { from: window.from.toISOString() }),
    ...(window.to && { to: window.to.toISOString() }),
    sources,
  };
  return { ...cursor, check: contentId(cursor) };
}

/**
 * A cursor out of what a store gave back: the object, or its JSON text.
 *
 * @throws AuditError `malformed` for what is no cursor or a damaged one; `unsupported` for one of a later version;
 *   `invalid-argument` for one that belongs to another stream. Never half used.
 * @internal
 */
export function readCursor(value: unknown, owner: CursorOwner): Cursor {
  const cursor = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(cursor)) throw damaged('it is no JSON object');
  const version = member(cursor, 'version');
  if (typeof version === 'number' && version > 1) {
    throw new AuditError(
      'unsupported',
      `the cursor has version ${version}, and this version of secret-events knows 1; update the package`,
    );
  }
  const { check, ...rest } = cursor;
  if (version !== 1 || typeof check !== 'string') throw damaged('its version or digest is missing');
  if (contentId(rest) !== check || !isWhole(cursor)) throw damaged('its digest does not fit what it says');
  refuseOther(cursor, owner);
  return cursor;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(`it is no JSON, perhaps cut off after ${text.length} characters`);
  }
}

function isWhole(cursor: JsonObject): cursor is JsonObject & Cursor {
  const sources = objectOf(cursor, 'sources');
  const times = [member(cursor, 'from'), member(cursor, 'to')];
  for (const name of Object.keys(sources ?? {})) {
    const position = objectOf(sources, name);
    const seen = member(position, 'seen');
    if (!Array.isArray(seen) || !seen.every((key) => typeof key === 'string')) return false;
    times.push(member(position, 'at'));
  }
  const legal = (time: unknown) => time === undefined || (typeof time === 'string' && !Number.isNaN(Date.parse(time)));
  return sources !== undefined && times.every(legal);
}

function refuseOther(cursor: Cursor, { scope, order, where, sources }: CursorOwner): void {
  const other = (what: string, its: string, asked: string) =>
    new AuditError(
      'invalid-argument',
      `the cursor belongs to another stream: ${what} ${its}, and this one ${asked}; ask for the same again, or begin anew without the cursor`,
    );
  if (cursor.scope !== scope) throw other('its scope is', textOf(cursor, 'scope') ?? 'unknown', `has ${scope}`);
  if (cursor.order !== order) throw other('its order is', textOf(cursor, 'order') ?? 'unknown', `has ${order}`);
  if (cursor.where !== digestOf(where)) throw other('its filter is', 'another one', 'has its own');
  const names = Object.keys(cursor.sources).sort();
  if (names.join('\n') !== [...sources].sort().join('\n')) {
    throw other('its sources are', names.join(', ') || 'none', `reads ${sources.join(', ')}`);
  }
}

/** A `Date` in a filter counts as the text of its time; as an object it would say nothing. */
function digestOf(where: object): string {
  return contentId(JSON.parse(JSON.stringify(where)));
}

function damaged(why: string): AuditError {
  return new AuditError(
    'malformed',
    `the cursor is damaged: ${why}. It is not used, since events would be lost or come twice; restore it, or remove it to begin anew`,
  );
}
