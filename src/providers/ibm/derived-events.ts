/** Events made of what the Secrets Manager API tells of a secret: the last traces of acts, and not their records. */
import type { CatalogEntry } from '../../catalog/entry.ts';
import { IBM_TABLE } from '../../catalog/ibm-table.ts';
import type { EventName } from '../../catalog/lookup.ts';
import { contentId } from '../../model/content-id.ts';
import type { AuditEvent, Outcome, SecretRef } from '../../model/event.ts';
import { type JsonObject, listOf, member, textOf } from '../../model/record.ts';
import { parseTime } from '../../model/time.ts';
import type { Problem } from '../../source/format.ts';
import { excerpt, malformedRecord } from '../../source/problem.ts';
import { type Crn, parseCrn } from './crn.ts';
import { DERIVED_NAMES } from './derived-names.ts';
import { redactAnswer } from './redact-event.ts';

/** A secret and what was asked about it; lists that were not asked for are empty. */
export interface SecretFacts {
  readonly secret: JsonObject;
  readonly versions: readonly JsonObject[];
  /** Locks that the secret's own list has. */
  readonly locks: readonly JsonObject[];
  /** Locks that only the list of a version has. */
  readonly versionLocks: readonly JsonObject[];
  readonly tasks: readonly JsonObject[];
}

/** Two times of one request may fall on two sides of a second. In milliseconds. */
const SAME_MOMENT = 1000;
const SERVICE = 'secrets-manager';
/** Triggers of tasks that nobody pulled. */
const AUTOMATIC = new Set(['automatic_secret_rotation', 'secret_version_expiration']);
const SUCCEEDED = new Set(['credentials_created', 'credentials_deleted']);

/** What can be told of one secret, in no order; what cannot be read is a problem and not an event. */
export function derivedEvents(facts: SecretFacts, source: string): readonly (AuditEvent | Problem)[] {
  return new Telling(facts, source).all();
}

interface Act {
  readonly name: EventName;
  readonly time: Date | undefined;
  /** The API object that tells of it. */
  readonly of: JsonObject;
  /** What tells it from other acts of the same name on the same secret. */
  readonly key?: string | undefined;
  readonly by?: string | undefined;
  /** Nobody did it: the service itself. */
  readonly automatic?: boolean;
  readonly version?: string | undefined;
  readonly error?: AuditEvent['error'];
}

class Telling {
  readonly #facts: SecretFacts;
  readonly #source: string;
  readonly #crn: Crn | undefined;
  readonly #secret: SecretRef | undefined;
  readonly #told: (AuditEvent | Problem)[] = [];
  readonly #ids = new Set<string>();

  constructor(facts: SecretFacts, source: string) {
    this.#facts = facts;
    this.#source = source;
    const crn = textOf(facts.secret, 'crn');
    this.#crn = crn === undefined ? undefined : parseCrn(crn);
    // Audit events name a secret by its CRN, so these do.
    const id = crn ?? textOf(facts.secret, 'id');
    const name = textOf(facts.secret, 'name');
    const group = textOf(facts.secret, 'secret_group_id');
    if (id !== undefined)
      this.#secret = { id, ...(name !== undefined && { name }), ...(group !== undefined && { group }) };
  }

  all(): readonly (AuditEvent | Problem)[] {
    const { secret, versions, locks, versionLocks, tasks } = this.#facts;
    if (this.#secret === undefined) return [malformedRecord(`A secret without crn and id: ${excerpt(secret)}.`)];
    const created = this.#time(secret, 'created_at');
    const by = textOf(secret, 'created_by');
    this.#tell({ name: DERIVED_NAMES.created, time: created, of: secret, by });
    const read = this.#time(secret, 'retrieved_at');
    this.#tell({ name: DERIVED_NAMES.read, time: read, of: secret });
    const others = [created, read, ...this.#versions(versions, created)];
    others.push(...locks.map((lock) => this.#lock(lock, DERIVED_NAMES.lock)));
    others.push(...versionLocks.map((lock) => this.#lock(lock, DERIVED_NAMES.versionLock)));
    for (const task of tasks) this.#task(task);
    const updated = this.#time(secret, 'updated_at');
    // What moves updated_at beside an update of metadata is not documented: an act that is told already is not told again.
    if (others.some((other) => isSameMoment(updated, other))) return this.#told;
    this.#tell({ name: DERIVED_NAMES.updated, time: updated, of: secret });
    return this.#told;
  }

  #versions(versions: readonly JsonObject[], created: Date | undefined): (Date | undefined)[] {
    const times = versions.map((version) => this.#time(version, 'created_at'));
    // The version that a secret is created with is no second act.
    const first = times.findIndex((time) => isSameMoment(time, created));
    versions.forEach((version, i) => {
      if (i === first) return;
      const id = textOf(version, 'id');
      const automatic = member(version, 'auto_rotated') === true;
      const by = textOf(version, 'created_by');
      this.#tell({ name: DERIVED_NAMES.version, time: times[i], of: version, key: id, by, automatic, version: id });
    });
    return times;
  }

  #lock(lock: JsonObject, name: EventName): Date | undefined {
    const time = this.#time(lock, 'created_at');
    const version = textOf(lock, 'secret_version_id');
    const key = `${version ?? ''} ${textOf(lock, 'name') ?? ''}`;
    this.#tell({ name, time, of: lock, key, by: textOf(lock, 'created_by'), version });
    return time;
  }

  #task(task: JsonObject): void {
    const key = textOf(task, 'id');
    const version = textOf(task, 'secret_version_id');
    const automatic = AUTOMATIC.has(textOf(task, 'trigger') ?? '');
    const made = { of: task, key, version, automatic, by: textOf(task, 'created_by') };
    this.#tell({ ...made, name: DERIVED_NAMES.taskCreated, time: this.#time(task, 'creation_date') });
    const status = textOf(task, 'status') ?? '';
    if (status !== 'failed' && !SUCCEEDED.has(status)) return;
    const ended = {
      of: task,
      key,
      version,
      by: textOf(task, 'updated_by'),
      time: this.#time(task, 'last_update_date'),
    };
    if (status === 'failed') this.#tell({ ...ended, name: DERIVED_NAMES.taskFailed, error: errorOf(task) });
    else this.#tell({ ...ended, name: DERIVED_NAMES.taskSucceeded });
  }

  /** The epoch stands for never. */
  #time(of: JsonObject, key: string): Date | undefined {
    const stated = member(of, key);
    if (stated === undefined || stated === null || stated === '') return undefined;
    const time = parseTime(stated);
    if (time === undefined) this.#told.push(malformedRecord(`The ${key} is no time: ${excerpt(stated)}.`));
    return time !== undefined && time.getTime() > 0 ? time : undefined;
  }

  #tell({ name, time, of, key, by, automatic = false, version, error }: Act): void {
    if (time === undefined) return;
    const entry = IBM_TABLE.find(name) as CatalogEntry;
    const secret = this.#secret as SecretRef;
    // Not of the whole object: another read of the secret changes it, and this act stays the same.
    const id = `derived:${contentId([secret.id, name, time.getTime(), key ?? null])}`;
    // A lock may stand on two pages of a list that changes while it is read.
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    const { value: raw, paths } = redactAnswer(of);
    const outcome: Outcome = entry.outcome ?? 'success';
    this.#told.push({
      provider: 'ibm',
      id,
      service: SERVICE,
      name,
      action: entry.action,
      kind: entry.kind,
      time,
      outcome,
      denied: false,
      ...(error !== undefined && { error }),
      ...(entry.readOnly !== undefined && { readOnly: entry.readOnly }),
      actor: by === undefined || automatic ? {} : { id: by },
      secret: version === undefined ? secret : { ...secret, version },
      origin: automatic ? { service: SERVICE } : {},
      ...(this.#crn?.account !== undefined && { account: this.#crn.account }),
      ...(this.#crn?.region !== undefined && { region: this.#crn.region }),
      source: this.#source,
      derived: true,
      ...(paths.length > 0 && { redacted: paths }),
      raw,
    });
  }
}

function isSameMoment(a: Date | undefined, b: Date | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a.getTime() - b.getTime()) <= SAME_MOMENT;
}

function errorOf(task: JsonObject): AuditEvent['error'] {
  const error = listOf(task, 'errors')[0];
  const code = textOf(error, 'code');
  const message = textOf(error, 'description');
  if (code === undefined && message === undefined) return undefined;
  return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
}
