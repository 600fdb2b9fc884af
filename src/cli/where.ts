/** What the options of `read` say, as one filter. */
import { ACTIONS, type Action, type Provider } from '../catalog/entry.ts';
import { shortName } from '../catalog/ibm-name.ts';
import { matchVaultPattern } from '../catalog/ibm-vault.ts';
import { CATALOG, isEventName } from '../catalog/lookup.ts';
import { nearest } from '../catalog/nearest.ts';
import type { Filter, TextCondition } from '../filter/filter.ts';
import { parseFilter } from '../filter/parse.ts';
import { relatedTo } from '../filter/related.ts';
import type { Outcome } from '../model/event.ts';
import { SECRETS_SERVICES } from '../source/scope.ts';
import type { Scope } from '../source/source.ts';
import { Misuse, oneOf } from './misuse.ts';

/** The options that choose events; all that are given must hold. */
export interface Conditions {
  readonly action?: readonly string[];
  readonly name?: readonly string[];
  readonly outcome?: readonly Outcome[];
  readonly denied?: boolean;
  readonly actor?: readonly string[];
  readonly secret?: readonly string[];
  readonly provider?: readonly Provider[];
  readonly service?: readonly string[];
  readonly region?: readonly string[];
  readonly account?: readonly string[];
  /** JSON text. */
  readonly where?: string;
  /** The ARN or CRN of a secret. */
  readonly related?: string;
  readonly scope: Scope;
}

/**
 * One filter that says it all; `undefined` when nothing was asked.
 *
 * @throws Misuse and AuditError `invalid-argument` for words that cannot be meant.
 */
export function filterOf(conditions: Conditions): Filter | undefined {
  const { action, name, outcome, denied, actor, secret, provider, service, region, account } = conditions;
  const { where, related, scope } = conditions;
  const more: Filter[] = [];
  if (actor) more.push(anyOf(actor, ['actor.id', 'actor.name', 'actor.role']));
  if (secret) more.push(anyOf(secret, ['secret.id', 'secret.name']));
  if (where !== undefined) more.push(parseFilter(where));
  if (related !== undefined) more.push(relatedIn(related, scope));
  const filter: Filter = {
    ...(action && { action: action.flatMap(actionsOf) }),
    ...(name && { name: name.map((one) => fullName(one, scope)) }),
    ...(outcome && { outcome }),
    ...(denied && { denied }),
    ...(provider && { provider }),
    ...(service && { service: service.map((one) => inScope(one, scope)) }),
    ...(region && { region }),
    ...(account && { account }),
    ...(more.length > 0 && { all: more }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}

/** An action, or all of a resource: `rotation.*`. */
function actionsOf(word: string): readonly Action[] {
  if (!word.endsWith('.*')) return [oneOf('--action', word, ACTIONS)];
  const resource = oneOf('--action', word.slice(0, -2), [
    ...new Set(ACTIONS.map((action) => action.split('.')[0] as string)),
  ]);
  return ACTIONS.filter((action) => action.startsWith(`${resource}.`));
}

const PREFIXES = ['secrets-manager.', 'com.ibm.cloud.secrets-manager.'];

/** The name as records write it. The prefix that all names of IBM share may be left out, as tables leave it out. */
function fullName(word: string, scope: Scope): string {
  if (isEventName(word)) return word;
  const full = PREFIXES.map((prefix) => prefix + word).find(isEventName);
  if (full !== undefined) return full;
  // Names that the catalog cannot list: made out of paths, newer than the catalog, or of other services.
  if (scope === 'all' || matchVaultPattern(word)) return word;
  const near = nearest(
    word,
    CATALOG.flatMap(({ name }) => [name, shortName(name)]),
  );
  if (near === undefined) return word;
  throw new Misuse(
    `--name: the catalog has no ${JSON.stringify(word)}; did you mean ${near}? (With --scope all any name is taken as it is.)`,
  );
}

function relatedIn(secret: string, scope: Scope): Filter {
  if (scope === 'all') return relatedTo(secret);
  throw new Misuse('--related: most of what has to do with a secret is outside of scope secrets; add --scope all');
}

function inScope(service: string, scope: Scope): string {
  if (scope === 'all' || SECRETS_SERVICES.has(service)) return service;
  const near = nearest(service, SECRETS_SERVICES);
  if (near !== undefined) throw new Misuse(`--service: there is no ${JSON.stringify(service)}; did you mean ${near}?`);
  throw new Misuse(
    `--service: ${JSON.stringify(service)} is outside of scope secrets, which holds ${[...SECRETS_SERVICES].join(' and ')}; add --scope all`,
  );
}

type TextField = 'actor.id' | 'actor.name' | 'actor.role' | 'secret.id' | 'secret.name';

function anyOf(words: readonly string[], fields: readonly TextField[]): Filter {
  return { any: words.flatMap((word) => fields.map((field) => ({ [field]: wildcard(word) }) as Filter)) };
}

/** `deploy-*`, `*-deploy` and `*deploy*`; a star elsewhere is a star. */
function wildcard(word: string): TextCondition<string> {
  const open = word.startsWith('*');
  const close = word.endsWith('*');
  const text = word.slice(open ? 1 : 0, close && word.length > 1 ? -1 : undefined);
  if (text === '') return { exists: true };
  if (open && close) return { contains: text };
  if (open) return { endsWith: text };
  return close ? { startsWith: text } : { is: text };
}
