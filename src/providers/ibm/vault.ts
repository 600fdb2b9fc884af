/**
 * Events of the Vault Dedicated plan, whose action names are made out of request paths.
 *
 * Source: IBM's page `vault-dedicated-at-events`, a public beta. The name does not hold the operation, and a path may
 * end in any word: what was done comes from the message, else from the severity, never from the name.
 */
import type { Action, CatalogPattern, VaultOperation } from '../../catalog/entry.ts';
import { matchVaultPattern, VAULT_SEVERITY } from '../../catalog/ibm-vault.ts';
import { objectAt } from '../../model/json-text.ts';
import { type JsonObject, objectOf, textOf } from '../../model/record.ts';

const PREFIX = 'secrets-manager.';
const TYPE_PREFIX = 'secrets-manager/';
// A path may hold spaces; the outcome always ends it, and without one the text may be another plan's.
const MESSAGE = /^Secrets Manager: (create|read|list|update|delete) (\S.*?)(?: (success|failure|pending|unknown))?$/s;

/** What an event of the Vault Dedicated plan says beyond its name. */
export interface VaultReading {
  readonly action: Action | undefined;
  /** Whether nothing was changed; `undefined` when the operation is not known. */
  readonly readOnly: boolean | undefined;
  /** The full path of the secret, mount included; `undefined` when the act was on something else, or a listing. */
  readonly secret: string | undefined;
}

/**
 * Reads an event as one of the Vault Dedicated plan, or gives `undefined` for an event that is none.
 *
 * A path can make a name that the catalog knows: a secret at `secret/read` gives `secrets-manager.secret.read`, whatever
 * was done to it. An event with a known name is Vault's only if it shows a path that makes the name.
 */
export function readVault(record: JsonObject, name: string, known: boolean): VaultReading | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  const target = objectOf(record, 'target');
  const targetName = textOf(target, 'name');
  const type = textOf(target, 'typeURI');
  const typed = type?.startsWith(TYPE_PREFIX) ? type.slice(TYPE_PREFIX.length) : undefined;
  const message = MESSAGE.exec(textOf(record, 'message') ?? '');
  const said = message?.[3] === undefined ? undefined : message[2];

  const shown = makesName(typed, name) || (makesName(said, name) && !isStandard(typed, target));
  // The name of a target alone shows nothing: people choose the names of secrets.
  if (!shown && (known || matchVaultPattern(name) === undefined)) {
    if (!makesName(targetName, name) || !hasNamespace(record)) return undefined;
  }

  const family = matchVaultPattern(name);
  const operation = message?.[1] as VaultOperation | undefined;
  const path = [targetName, typed, said].find((candidate) => makesName(candidate, name)) ?? targetName;
  const operations = operation === undefined ? operationsOf(textOf(record, 'severity'), path) : [operation];
  return {
    action: onlyAction(family, operations),
    readOnly: operations.length === 0 ? undefined : operations.every((each) => VAULT_SEVERITY[each] === 'normal'),
    secret: secretAt(path, family, operation),
  };
}

/** Whether the target is one of the standard plan, whose messages may hold whatever a person called a secret. */
function isStandard(typed: string | undefined, target: JsonObject | undefined): boolean {
  return (typed !== undefined && !typed.includes('/')) || (textOf(target, 'id')?.includes(':secret:') ?? false);
}

/** Whether a path makes this name: mount dropped, slashes to dots, a trailing slash gone. */
function makesName(path: string | undefined, name: string): boolean {
  // The lengths agree but for the mount, so most paths are told apart without a copy.
  if (path === undefined || path.length < name.length - PREFIX.length + 2) return false;
  const mount = path.indexOf('/');
  // No mount has a space in it; what has one is a sentence.
  if (mount < 1 || path.lastIndexOf(' ', mount) >= 0) return false;
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(mount + 1, end).replaceAll('/', '.') === name.slice(PREFIX.length);
}

function hasNamespace(record: JsonObject): boolean {
  return textOf(objectAt(record, 'requestData'), 'vaultNamespace') !== undefined;
}

const OPERATIONS = Object.keys(VAULT_SEVERITY) as readonly VaultOperation[];

/** What the severity leaves possible; of reading and listing, only a listing has a slash at the end. */
function operationsOf(severity: string | undefined, path: string | undefined): readonly VaultOperation[] {
  const word = severity?.toLowerCase();
  if (word === VAULT_SEVERITY.list && path?.endsWith('/')) return ['list'];
  return OPERATIONS.filter((operation) => VAULT_SEVERITY[operation] === word);
}

/** The one action that the family has for these operations; none if it has several. */
function onlyAction(family: CatalogPattern | undefined, operations: readonly VaultOperation[]): Action | undefined {
  let only: Action | undefined;
  for (const operation of operations) {
    const action = family?.actions[operation];
    if (action === undefined || action === only) continue;
    if (only !== undefined) return undefined;
    only = action;
  }
  return only;
}

function secretAt(
  path: string | undefined,
  family: CatalogPattern | undefined,
  operation: VaultOperation | undefined,
): string | undefined {
  if (family === undefined || (family.resource !== 'secret' && family.resource !== 'version')) return undefined;
  // A listing is of a folder; Vault keeps the slash at the end of one.
  if (path === undefined || operation === 'list' || path.endsWith('/')) return undefined;
  const listsOnly = Object.keys(family.actions).every((key) => key === 'list');
  return listsOnly ? undefined : path;
}
