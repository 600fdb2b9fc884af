/** The words of CloudWatch Logs filter patterns. */
import { AWS_EVENTS } from '../../../catalog/aws.ts';
import { type Clause, clause, join } from '../../../filter/clause.ts';
import type { Reach, Said } from '../../../filter/compile.ts';
import { isOwnName } from '../fields.ts';
import { SECRETS_MANAGER } from '../secret-ids.ts';
import type { RecordLanguage } from './record-language.ts';
import { RECORD_PATHS, type RecordTest } from './record-test.ts';

interface Rest {
  /** Conditions with a wildcard in selector or value. */
  readonly wildcards: number;
  readonly regexes: number;
  /** Whether only names pass that no other service has. */
  readonly ownNames: boolean;
}

/** Part of a filter pattern. */
export type PatternClause = Clause<Rest>;

/**
 * Of one pattern. The documentation limits the wildcards of selectors; those of values count here too, which is the
 * stricter reading.
 *
 * Source: CloudWatch Logs User Guide, `FilterAndPatternSyntax`; API Reference, `API_FilterLogEvents`.
 */
const LIMITS = { characters: 1024, wildcards: 3, regexes: 2 } as const;

/** No record is without a name. */
const NO_RECORD = '{ $.eventName NOT EXISTS }';
const EVERY_RECORD = '';

/** @internal */
export function patternOf(reach: Reach<PatternClause>): string {
  if (typeof reach === 'object') return `{ ${reach.query.text} }`;
  return reach === 'nothing' ? NO_RECORD : EVERY_RECORD;
}

/** Whether CloudWatch Logs takes it as a pattern. @internal */
export function isLegal(query: PatternClause): boolean {
  const { wildcards, regexes } = query.rest;
  const { length } = patternOf({ query });
  return length <= LIMITS.characters && wildcards <= LIMITS.wildcards && regexes <= LIMITS.regexes;
}

/** What of a query is more than a pattern takes, with the limit. @internal */
export function tooMuchOf(query: PatternClause): string | undefined {
  const needs = {
    characters: patternOf({ query }).length,
    wildcards: query.rest.wildcards,
    regexes: query.rest.regexes,
  };
  const words = { characters: 'characters', wildcards: 'wildcards', regexes: 'regular expressions' };
  const excess = (['characters', 'wildcards', 'regexes'] as const).filter((kind) => needs[kind] > LIMITS[kind]);
  const list = excess.map((kind) => `${needs[kind]} ${words[kind]} of at most ${LIMITS[kind]}`);
  return list.length === 0 ? undefined : list.join(', ');
}

/** The language of patterns that fit. @internal */
export function patternLanguage(fits: (query: PatternClause) => boolean): RecordLanguage<PatternClause> {
  const within = (query: PatternClause) => (fits(query) ? query : undefined);
  return {
    leaf(test, negated) {
      const said = sayTest(test, negated);
      if (typeof said?.reach !== 'object' || isLegal(said.reach.query)) return said;
      if (!negated && isOfCatalog(test)) return { reach: { query: OWN }, exact: false };
      return fits(said.reach.query) ? said : undefined;
    },
    all: (parts) => within(allOf(parts)),
    any: (parts) => within(anyOf(parts)),
    worth: ({ rest }) => -rest.wildcards - rest.regexes,
  };
}

const total = (parts: readonly Rest[]) => ({
  wildcards: parts.reduce((sum, { wildcards }) => sum + wildcards, 0),
  regexes: parts.reduce((sum, { regexes }) => sum + regexes, 0),
});

/** @internal */
export function allOf(parts: readonly PatternClause[]): PatternClause {
  // Names that are Secrets Manager's alone need no event source.
  const needed = parts.some(({ rest }) => rest.ownNames) ? parts.filter(({ text }) => text !== OWN.text) : parts;
  return join('all', needed, '&&', (rests) => ({ ...total(rests), ownNames: rests.some((rest) => rest.ownNames) }));
}

/** @internal */
export function anyOf(parts: readonly PatternClause[]): PatternClause {
  return join('any', parts, '||', (rests) => ({ ...total(rests), ownNames: rests.every((rest) => rest.ownNames) }));
}

const plain = (text: string): PatternClause => clause(text, { wildcards: 0, regexes: 0, ownNames: false });

const OWN = plain(`$.eventSource = ${quoted(SECRETS_MANAGER)}`);

/** Whether every name is one of Secrets Manager's, so that its event source stands for them. */
function isOfCatalog(test: RecordTest): boolean {
  return isNames(test) && test.values.every((name) => Object.hasOwn(AWS_EVENTS, name));
}

function isNames(test: RecordTest): test is RecordTest & { readonly op: 'in' } {
  return test.path === 'eventName' && test.op === 'in';
}

function sayTest(test: RecordTest, negated: boolean): Said<PatternClause> | undefined {
  const presence = RECORD_PATHS[test.path];
  const selector = `$.${test.path.replaceAll('[]', '[*]')}`;
  const missing = plain(`${selector} NOT EXISTS`);
  const said = (query: PatternClause, exact = true): Said<PatternClause> => ({ reach: { query }, exact });
  // Any element of a list may differ from a value that another one has.
  if (negated && test.path.includes('[]')) return undefined;
  switch (test.op) {
    case 'exists': {
      if (presence === 'always') return { reach: negated ? 'nothing' : 'everything', exact: true };
      if (!negated) return said(compare(selector, '=', '"*"'), presence === 'optional');
      return said(presence === 'blank' ? anyOf([missing, plain(`${selector} = ""`)]) : missing);
    }
    case 'flag': {
      const value = plain(`${selector} IS ${test.value === negated ? 'FALSE' : 'TRUE'}`);
      return said(negated ? anyOf([value, missing]) : value);
    }
    case 'in':
    case 'startsWith':
    case 'endsWith':
    case 'contains': {
      const values = valuesOf(test);
      if (values === undefined) return undefined;
      if (values.length === 0) return { reach: negated ? 'everything' : 'nothing', exact: true };
      const names = isNames(test) && !negated ? test.values : [];
      const tests = values.map((value, i) => compare(selector, negated ? '!=' : '=', value, isOwnName(names[i] ?? '')));
      if (!negated) return said(anyOf(tests));
      // What `!=` makes of a missing place is not documented.
      return said(presence === 'always' ? allOf(tests) : anyOf([missing, allOf(tests)]));
    }
    default:
      // Texts have no order here.
      return undefined;
  }
}

function compare(selector: string, operator: '=' | '!=', value: string, ownNames = false): PatternClause {
  const isRegex = value.startsWith('%');
  const isWild = selector.includes('*') || value.startsWith('"*') || value.endsWith('*"');
  const rest = { wildcards: isWild ? 1 : 0, regexes: isRegex ? 1 : 0, ownNames };
  return clause(`${selector} ${operator} ${value}`, rest);
}

type TextTest = RecordTest & { readonly op: 'in' | 'startsWith' | 'endsWith' | 'contains' };

/** The values of a comparison in the syntax of patterns; `undefined` if one of them has no certain form. */
function valuesOf(test: TextTest): readonly string[] | undefined {
  const open = {
    start: test.op === 'endsWith' || test.op === 'contains',
    end: test.op === 'startsWith' || test.op === 'contains',
  };
  const values = (test.op === 'in' ? test.values : [test.value]).map((value) =>
    patternValue(value, open.start, open.end),
  );
  return values.every((value) => value !== undefined) ? values : undefined;
}

/**
 * `*` is a wildcard at the ends of a text and nowhere else, and cannot be escaped there; only a regular expression can
 * tell it from one. Control characters are documented in neither.
 */
function patternValue(value: string, openStart: boolean, openEnd: boolean): string | undefined {
  if (/\p{Cc}/u.test(value)) return undefined;
  if (!value.startsWith('*') && !value.endsWith('*'))
    return quoted(`${openStart ? '*' : ''}${value}${openEnd ? '*' : ''}`);
  return /^[ -~]*$/.test(value)
    ? `%${openStart ? '' : '^'}${value.replace(/[^A-Za-z0-9]/g, hex)}${openEnd ? '' : '$'}%`
    : undefined;
}

/** As the AWS CDK quotes: always, and with a backslash before backslashes and quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
