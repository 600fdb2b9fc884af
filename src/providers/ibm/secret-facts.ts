/** What else must be asked about one secret before its acts can be told. */
import { type JsonObject, member, textOf } from '../../model/record.ts';
import { excerpt } from '../../source/problem.ts';
import type { SourceRequest } from '../../source/source.ts';
import type { SecretFacts } from './derived-events.ts';
import type { DerivedPlan } from './derived-plan.ts';
import { ibmErrorCode } from './errors.ts';
import type { ListPart, SecretsReader } from './secrets-reader.ts';

const LOCKS_PAGE = 100;

/**
 * The secret with the lists that the plan needs. One that was deleted since it was listed, or whose lists may not be read,
 * is told as far as it goes.
 *
 * @internal
 */
export async function factsOf(
  secret: JsonObject,
  plan: DerivedPlan,
  reader: SecretsReader,
  { sink }: SourceRequest,
): Promise<SecretFacts> {
  const facts: { -readonly [K in keyof SecretFacts]: SecretFacts[K] } = {
    secret,
    versions: [],
    locks: [],
    versionLocks: [],
    tasks: [],
  };
  const id = textOf(secret, 'id');
  if (id === undefined) return facts;
  try {
    if (plan.needsVersions(secret)) facts.versions = (await reader.versions(id)).items;
    if (plan.needsLocks(secret)) {
      facts.locks = await whole((offset) => reader.locks(id, offset, LOCKS_PAGE));
      facts.versionLocks = await versionLocksOf(facts, id, reader);
    }
    if (plan.needsTasks(secret)) facts.tasks = (await reader.tasks(id)).items;
  } catch (error) {
    const code = ibmErrorCode(error);
    if (code === 'permission-denied') {
      const message = 'versions, locks or tasks of a secret may not be read with these credentials';
      sink.notice({ code: 'incomplete-answer', message, place: `secret ${excerpt(id)}`, incomplete: true });
    } else if (code !== 'not-found') throw error;
  }
  return facts;
}

/** Where a secret counts more locks than its own list has, the lists of its versions have the others. */
async function versionLocksOf(
  { secret, versions, locks }: SecretFacts,
  id: string,
  reader: SecretsReader,
): Promise<readonly JsonObject[]> {
  const counted = member(secret, 'locks_total');
  if (typeof counted !== 'number' || locks.length >= counted) return [];
  const keyOf = (lock: JsonObject) => JSON.stringify([textOf(lock, 'secret_version_id'), textOf(lock, 'name')]);
  const known = new Set(locks.map(keyOf));
  const found: JsonObject[] = [];
  for (const version of versions.length > 0 ? versions : (await reader.versions(id)).items) {
    const versionId = textOf(version, 'id');
    if (versionId === undefined) continue;
    const all = await whole((offset) => reader.versionLocks(id, versionId, offset, LOCKS_PAGE));
    found.push(...all.filter((lock) => !known.has(keyOf(lock))));
  }
  return found;
}

async function whole(part: (offset: number) => Promise<ListPart>): Promise<readonly JsonObject[]> {
  const all: JsonObject[] = [];
  for (;;) {
    const { items, total, more } = await part(all.length);
    all.push(...items);
    if (items.length === 0 || !(total === undefined ? more : all.length < total)) return all;
  }
}
