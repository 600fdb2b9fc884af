/** The tables of docs/actions.md, docs/catalog-aws.md and docs/catalog-ibm.md, made from the catalog. */
import { AWS_API_EVENTS, AWS_SERVICE_EVENTS } from '../../src/catalog/aws.ts';
import { IBM_EVENTS, IBM_IAM_EVENTS, IBM_RETIRED_EVENTS } from '../../src/catalog/ibm.ts';
import { IBM_NOTIFICATIONS } from '../../src/catalog/ibm-notifications.ts';
import { VAULT_EVENTS } from '../../src/catalog/ibm-vault.ts';
import {
  ACTIONS,
  type Action,
  AWS_CONFIG_RULES,
  type CatalogEntry,
  type ConfigRule,
  type EventRegions,
  eventsFor,
  GUARDDUTY_FINDING,
  IBM_EVENT_REGIONS,
  type RuleParameter,
  SECURITY_HUB_CONTROLS,
  type SecurityControl,
  VAULT_EVENT_REGIONS,
  VAULT_PATTERNS,
} from '../../src/catalog/index.ts';
import { NATIVE_EVENTS } from '../../src/catalog/native.ts';

/** How one column of a table is filled from a row's subject. */
type Columns<Subject> = Readonly<Record<string, (subject: Subject) => string | undefined>>;

const code = (text: string): string => `\`${text}\``;
const short = (name: string): string => name.replace(/^(?:com\.ibm\.cloud\.)?secrets-manager\./, '');
const yesNo = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'yes' : 'no');

function table<Subject>(subjects: readonly Subject[], columns: Columns<Subject>): string {
  const lines = [
    Object.keys(columns),
    Object.keys(columns).map(() => '---'),
    ...subjects.map((subject) => Object.values(columns).map((cell) => (cell(subject) ?? '').replaceAll('|', '\\|'))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const entries = (block: Readonly<Record<string, CatalogEntry>>): readonly CatalogEntry[] => Object.values(block);

const common: Columns<CatalogEntry> = {
  name: ({ name }) => code(short(name)),
  action: ({ action }) => code(action),
  meaning: ({ title }) => title,
};
const note: Columns<CatalogEntry> = { note: (entry) => entry.note };
const since: Columns<CatalogEntry> = { since: (entry) => entry.since };

const ibmActions = (block: Readonly<Record<string, CatalogEntry>>): string =>
  table(entries(block), {
    ...common,
    'read-only': ({ readOnly }) => yesNo(readOnly),
    roles: ({ roles }) => roles?.join(', ') || 'not in the IAM table',
    operation: ({ operation }) => operation && code(operation),
    ...since,
    ...note,
  });

const parameters = (list: readonly RuleParameter[]): string =>
  list
    .map(({ name, type, unit, default: standard, min, max }) =>
      [
        code(name),
        unit ?? type,
        min !== undefined && `${min} to ${max}`,
        min === undefined && max !== undefined && `at most ${max}`,
        standard !== undefined && `default ${standard}`,
      ]
        .filter(Boolean)
        .join(', '),
    )
    .join('; ') || 'none';

const regions = ({ regions: list, note: remark }: EventRegions): string =>
  [
    table(list, {
      region: ({ id }) => code(id),
      place: ({ place }) => place,
      geography: ({ geography }) => geography,
      since: (region) => region.since,
    }),
    ...(remark ? ['', remark] : []),
  ].join('\n');

/** A name in the table of actions, and what sets it apart from a plain audit record of today. */
function labelled({ name, kind, status }: CatalogEntry): string {
  const label = {
    current: kind === 'notification' ? 'notice' : '',
    beta: '',
    retired: 'retired',
    'iam-only': 'IAM only',
  }[status];
  return label === '' ? code(short(name)) : `${code(short(name))} (${label})`;
}

function families(action: Action): readonly string[] {
  return VAULT_PATTERNS.flatMap(({ name, actions }) => {
    const operations = Object.entries(actions).filter(([, meant]) => meant === action);
    return operations.length === 0
      ? []
      : [`${code(short(name))} ${operations.map(([operation]) => operation).join(', ')}`];
  });
}

const named = (action: Action, provider: string): string =>
  eventsFor(action)
    .filter((entry) => entry.provider === provider)
    .map(labelled)
    .join(', ');

/** Every generated table, by the name that stands in the marker before it. */
export const TABLES: Readonly<Record<string, () => string>> = {
  actions: () =>
    table(ACTIONS, {
      action: (action) => code(action),
      AWS: (action) => named(action, 'aws'),
      IBM: (action) => named(action, 'ibm'),
      'IBM Vault Dedicated, by path': (action) => families(action).join('; '),
    }),
  'aws-operations': () =>
    table(entries(AWS_API_EVENTS), {
      ...common,
      'read-only': ({ readOnly }) => yesNo(readOnly),
      'IAM level': ({ access }) => access,
      ...since,
      ...note,
    }),
  'aws-service-events': () =>
    table(entries(AWS_SERVICE_EVENTS), { ...common, outcome: ({ outcome }) => outcome, ...since, ...note }),
  'aws-native-events': () => table(entries(NATIVE_EVENTS), { ...common, ...since, ...note }),
  'aws-config-rules': () =>
    table<ConfigRule>(AWS_CONFIG_RULES, {
      rule: ({ name, source }) => `[${name}](${source})`,
      identifier: ({ identifier }) => code(identifier),
      checks: ({ title }) => title,
      trigger: ({ trigger }) => trigger,
      parameters: (rule) => parameters(rule.parameters),
      note: (rule) => rule.note,
    }),
  'aws-security-hub': () =>
    table<SecurityControl>(SECURITY_HUB_CONTROLS, {
      control: ({ id, source }) => `[${id}](${source})`,
      checks: ({ title }) => title,
      severity: ({ severity }) => severity,
      rule: ({ rule, managed }) => (managed ? code(rule) : `${code(rule)} (Security Hub's own)`),
      parameters: (control) => parameters(control.parameters),
    }),
  'aws-guardduty': () =>
    table([GUARDDUTY_FINDING], {
      finding: ({ type, source }) => `[${type}](${source})`,
      meaning: ({ title }) => title,
      severity: ({ severity }) => severity,
      operations: ({ operations }) => operations.map(code).join(', '),
    }),
  'ibm-actions': () => ibmActions(IBM_EVENTS),
  'ibm-iam-only': () => ibmActions(IBM_IAM_EVENTS),
  'ibm-retired': () =>
    table(entries(IBM_RETIRED_EVENTS), {
      ...common,
      'first in the docs': (entry) => entry.since,
      successors: ({ successors = [] }) => successors.map((name) => code(short(name))).join(', '),
      ...note,
    }),
  'ibm-vault': () =>
    table(entries(VAULT_EVENTS), {
      ...common,
      severity: ({ severity }) => severity,
      operation: ({ operation }) => operation && code(operation),
      ...note,
    }),
  'ibm-vault-patterns': () =>
    table(VAULT_PATTERNS, {
      name: ({ name }) => code(short(name)),
      'what it is': ({ title }) => title,
      'action by operation': ({ actions }) =>
        Object.entries(actions)
          .map(([operation, action]) => `${operation} ${code(action)}`)
          .join(', '),
      note: (family) => family.note,
    }),
  'ibm-notifications': () =>
    table(entries(IBM_NOTIFICATIONS), {
      ...common,
      outcome: ({ outcome }) => outcome,
      severity: ({ severity }) => severity,
      subtypes: ({ subtypes = [] }) => subtypes.map(code).join(', '),
      ...note,
    }),
  'ibm-regions': () => regions(IBM_EVENT_REGIONS),
  'ibm-vault-regions': () => regions(VAULT_EVENT_REGIONS),
};
