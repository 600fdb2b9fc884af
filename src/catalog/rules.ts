/**
 * What AWS itself watches on Secrets Manager: AWS Config rules, the Security Hub controls that rest on them, and the
 * GuardDuty finding about its API calls. They judge states and habits, so they stand beside the events.
 *
 * @module
 */

/** A parameter of a rule or a control. All of them are optional. */
export interface RuleParameter {
  readonly name: string;
  /** `int`: a whole number of {@link RuleParameter.unit}. `csv`: texts joined by commas. `list`: an array of texts. */
  readonly type: 'int' | 'csv' | 'list';
  readonly unit?: 'days' | 'hours';
  /** What holds when it is not given. `undefined`: nothing is checked. */
  readonly default?: number;
  /** Smallest allowed value. Config rules document no limits. */
  readonly min?: number;
  /** Largest allowed value; for a `list`, the largest number of items. */
  readonly max?: number;
}

/** A managed rule of AWS Config. */
export interface ConfigRule {
  /** `secretsmanager-secret-unused` */
  readonly name: string;
  /** What the API calls `SourceIdentifier`: `SECRETSMANAGER_SECRET_UNUSED`. */
  readonly identifier: string;
  /** One line for people. */
  readonly title: string;
  readonly resourceType: 'AWS::SecretsManager::Secret';
  /** `change`: judged when the configuration changes. `periodic`: judged on a schedule. */
  readonly trigger: 'change' | 'periodic';
  readonly parameters: readonly RuleParameter[];
  readonly note?: string;
  /** The page it comes from. */
  readonly source: string;
}

/** A control of AWS Security Hub CSPM. */
export interface SecurityControl {
  /** `SecretsManager.1` */
  readonly id: string;
  /** One line for people. */
  readonly title: string;
  readonly severity: 'Medium' | 'Low';
  /** The AWS Config rule that decides. */
  readonly rule: string;
  /** Whether {@link SecurityControl.rule} is one of {@link AWS_CONFIG_RULES}. `false`: Security Hub brings its own. */
  readonly managed: boolean;
  readonly parameters: readonly RuleParameter[];
  /** The page it comes from. */
  readonly source: string;
}

/** A type of finding of Amazon GuardDuty. */
export interface ThreatFinding {
  readonly type: string;
  /** Default severity. */
  readonly severity: 'Medium';
  /** One line for people. */
  readonly title: string;
  /** The API operations that can cause it, of every service. */
  readonly operations: readonly string[];
  /** The page it comes from. */
  readonly source: string;
}

const CONFIG_GUIDE = 'https://docs.aws.amazon.com/config/latest/developerguide';
const CONTROLS = 'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html';

/**
 * The five managed rules of AWS Config for Secrets Manager.
 *
 * Source: AWS Config Developer Guide, one page a rule.
 */
export const AWS_CONFIG_RULES = [
  {
    name: 'secretsmanager-rotation-enabled-check',
    identifier: 'SECRETSMANAGER_ROTATION_ENABLED_CHECK',
    title: 'Automatic rotation is on, and frequent enough.',
    resourceType: 'AWS::SecretsManager::Secret',
    trigger: 'change',
    parameters: [
      { name: 'maximumAllowedRotationFrequency', type: 'int', unit: 'days' },
      { name: 'maximumAllowedRotationFrequencyInHours', type: 'int', unit: 'hours' },
    ],
    source: `${CONFIG_GUIDE}/secretsmanager-rotation-enabled-check.html`,
  },
  {
    name: 'secretsmanager-scheduled-rotation-success-check',
    identifier: 'SECRETSMANAGER_SCHEDULED_ROTATION_SUCCESS_CHECK',
    title: 'The last scheduled rotation succeeded.',
    resourceType: 'AWS::SecretsManager::Secret',
    trigger: 'change',
    parameters: [],
    note: 'The result can be up to two days late.',
    source: `${CONFIG_GUIDE}/secretsmanager-scheduled-rotation-success-check.html`,
  },
  {
    name: 'secretsmanager-secret-periodic-rotation',
    identifier: 'SECRETSMANAGER_SECRET_PERIODIC_ROTATION',
    title: 'The secret was rotated within a number of days.',
    resourceType: 'AWS::SecretsManager::Secret',
    trigger: 'periodic',
    parameters: [{ name: 'maxDaysSinceRotation', type: 'int', unit: 'days', default: 90 }],
    source: `${CONFIG_GUIDE}/secretsmanager-secret-periodic-rotation.html`,
  },
  {
    name: 'secretsmanager-secret-unused',
    identifier: 'SECRETSMANAGER_SECRET_UNUSED',
    title: 'The secret was used within a number of days.',
    resourceType: 'AWS::SecretsManager::Secret',
    trigger: 'periodic',
    parameters: [{ name: 'unusedForDays', type: 'int', unit: 'days', default: 90 }],
    source: `${CONFIG_GUIDE}/secretsmanager-secret-unused.html`,
  },
  {
    name: 'secretsmanager-using-cmk',
    identifier: 'SECRETSMANAGER_USING_CMK',
    title: 'The secret is encrypted with a customer managed key.',
    resourceType: 'AWS::SecretsManager::Secret',
    trigger: 'change',
    parameters: [{ name: 'kmsKeyArns', type: 'csv' }],
    note: 'A key of another account gives NON_COMPLIANT: the rule cannot see it.',
    source: `${CONFIG_GUIDE}/secretsmanager-using-cmk.html`,
  },
] as const satisfies readonly ConfigRule[];

/**
 * The five controls of AWS Security Hub CSPM for Secrets Manager, with the rule behind each.
 *
 * Source: Security Hub User Guide, `secretsmanager-controls`.
 */
export const SECURITY_HUB_CONTROLS = [
  {
    id: 'SecretsManager.1',
    title: 'Automatic rotation is on.',
    severity: 'Medium',
    rule: 'secretsmanager-rotation-enabled-check',
    managed: true,
    parameters: [{ name: 'maximumAllowedRotationFrequency', type: 'int', unit: 'days', min: 1, max: 365 }],
    source: `${CONTROLS}#secretsmanager-1`,
  },
  {
    id: 'SecretsManager.2',
    title: 'Automatic rotation succeeds.',
    severity: 'Medium',
    rule: 'secretsmanager-scheduled-rotation-success-check',
    managed: true,
    parameters: [],
    source: `${CONTROLS}#secretsmanager-2`,
  },
  {
    id: 'SecretsManager.3',
    title: 'No secret is unused.',
    severity: 'Medium',
    rule: 'secretsmanager-secret-unused',
    managed: true,
    parameters: [{ name: 'unusedForDays', type: 'int', unit: 'days', default: 90, min: 1, max: 365 }],
    source: `${CONTROLS}#secretsmanager-3`,
  },
  {
    id: 'SecretsManager.4',
    title: 'Secrets are rotated within a number of days.',
    severity: 'Medium',
    rule: 'secretsmanager-secret-periodic-rotation',
    managed: true,
    parameters: [{ name: 'maxDaysSinceRotation', type: 'int', unit: 'days', default: 90, min: 1, max: 180 }],
    source: `${CONTROLS}#secretsmanager-4`,
  },
  {
    id: 'SecretsManager.5',
    title: 'Secrets are tagged.',
    severity: 'Low',
    rule: 'tagged-secretsmanager-secret',
    managed: false,
    parameters: [{ name: 'requiredTagKeys', type: 'list', max: 6 }],
    source: `${CONTROLS}#secretsmanager-5`,
  },
] as const satisfies readonly SecurityControl[];

/**
 * The finding of Amazon GuardDuty that reads of secrets can cause: credentials are fetched in an unusual way.
 *
 * Source: GuardDuty User Guide, `guardduty_finding-types-iam`.
 */
export const GUARDDUTY_FINDING = {
  type: 'CredentialAccess:IAMUser/AnomalousBehavior',
  severity: 'Medium',
  title: 'An API that gives access to credentials was called in an unusual way.',
  operations: ['BatchGetSecretValue', 'GenerateDbAuthToken', 'GetPasswordData', 'GetSecretValue'],
  source: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html',
} as const satisfies ThreatFinding;
