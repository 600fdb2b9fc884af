/** What AWS itself judges: the rules of AWS Config on secrets, and Security Hub's standard. */

import { nearest } from '../../catalog/nearest.ts';
import { AWS_CONFIG_RULES, type ConfigRule, type RuleParameter } from '../../catalog/rules.ts';
import { AuditError } from '../../model/error.ts';
import { checkArn, checkPrefix, shown, wholeNumber } from '../checks.ts';
import { prefixed } from '../prefixed.ts';
import { idOf } from './metric-plan.ts';
import {
  arnOf,
  type CfnProperties,
  type CloudFormationTemplate,
  policyOf,
  type Resources,
  sub,
  THIS_ACCOUNT,
  templateOf,
} from './template.ts';

/** How the rules are made. */
export interface ConfigRulesOptions {
  /** Parameters by rule: `{ 'secretsmanager-secret-unused': { unusedForDays: 30 } }`. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** Collects what the rules found in other accounts: those listed, or `organization` for all of it. */
  readonly aggregate?: 'organization' | readonly string[];
  /** In front of the names of rules. */
  readonly prefix?: string;
}

/**
 * The five managed rules of AWS Config for secrets as a CloudFormation template and, where asked for, an aggregator over
 * accounts and Regions. AWS Config has to be recording `AWS::SecretsManager::Secret`.
 *
 * Source: AWS Config Developer Guide, one page a rule; `aggregate-data`.
 *
 * @throws AuditError `invalid-argument` for a rule, parameter or account that does not exist.
 * @example
 * ```ts
 * import { toConfigRules } from 'secret-events/alarms';
 *
 * const template = toConfigRules({
 *   parameters: { 'secretsmanager-secret-unused': { unusedForDays: 30 } },
 *   aggregate: ['111122223333', '444455556666'],
 * });
 * console.log(Object.keys(template.Resources).length); // 6
 * ```
 */
export function toConfigRules(options: ConfigRulesOptions = {}): CloudFormationTemplate {
  const { parameters = {}, aggregate, prefix } = options;
  if (prefix !== undefined) checkPrefix(prefix);
  const names = AWS_CONFIG_RULES.map((rule) => rule.name);
  for (const name of Object.keys(parameters)) checkKnown('rule of AWS Config on secrets', name, names);
  const rules = AWS_CONFIG_RULES.map((rule: ConfigRule): [string, Resources[string]] => [
    idOf(rule.name),
    {
      Type: 'AWS::Config::ConfigRule',
      Properties: {
        ConfigRuleName: prefixed(prefix, rule.name),
        Description: rule.title,
        Scope: { ComplianceResourceTypes: [rule.resourceType] },
        Source: { Owner: 'AWS', SourceIdentifier: rule.identifier },
        ...inputOf(rule, parameters[rule.name] ?? {}),
      },
    },
  ]);
  const resources = { ...Object.fromEntries(rules), ...(aggregate !== undefined && aggregatorOf(aggregate, prefix)) };
  return templateOf('Rules of AWS Config on the secrets of AWS Secrets Manager.', resources);
}

function inputOf(rule: ConfigRule, given: Readonly<Record<string, number | string>>): CfnProperties {
  const known = rule.parameters.map(({ name }) => name);
  for (const name of Object.keys(given)) checkKnown(`parameter of ${rule.name}`, name, known);
  const chosen = rule.parameters.flatMap((parameter) => {
    const value = given[parameter.name] ?? parameter.default;
    return value === undefined ? [] : [[parameter.name, checked(rule.name, parameter, value)]];
  });
  // AWS Config takes every value as a text.
  return chosen.length === 0 ? {} : { InputParameters: Object.fromEntries(chosen) as CfnProperties };
}

function checked(rule: string, parameter: RuleParameter, value: number | string): string {
  const what = `${rule}: ${parameter.name}`;
  if (parameter.type === 'int') return String(wholeNumber(what, value, parameter.min ?? 1, parameter.max ?? 3650));
  for (const arn of String(value).split(',')) {
    checkArn(what, arn.trim(), 'kms', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  }
  return String(value);
}

function aggregatorOf(aggregate: 'organization' | readonly string[], prefix: string | undefined): Resources {
  const ConfigurationAggregatorName = prefixed(prefix, 'secret-events');
  const Type = 'AWS::Config::ConfigurationAggregator';
  if (aggregate !== 'organization') {
    for (const account of aggregate) {
      if (/^\d{12}$/.test(account)) continue;
      throw new AuditError('invalid-argument', `aggregate: ${shown(account)} is no account; an account has 12 digits`);
    }
    if (aggregate.length === 0) throw new AuditError('invalid-argument', 'aggregate: name at least one account');
    const sources = [{ AccountIds: [...aggregate], AllAwsRegions: true }];
    return { Aggregator: { Type, Properties: { ConfigurationAggregatorName, AccountAggregationSources: sources } } };
  }
  return {
    AggregatorRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: policyOf([
          {
            Sid: 'Config',
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': THIS_ACCOUNT } },
          },
        ]),
        ManagedPolicyArns: [sub(`arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSConfigRoleForOrganizations`)],
      },
    },
    Aggregator: {
      Type,
      Properties: {
        ConfigurationAggregatorName,
        OrganizationAggregationSource: { RoleArn: arnOf('AggregatorRole'), AllAwsRegions: true },
      },
    },
  };
}

function checkKnown(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const near = nearest(name, known);
  const remedy = near === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean ${near}?`;
  throw new AuditError('invalid-argument', `${shown(name)} is no ${what}; ${remedy}`);
}

/**
 * Security Hub with the standard that holds the controls on secrets, as a CloudFormation template.
 *
 * Source: Security Hub User Guide, `secretsmanager-controls`, `fsbp-standard`.
 *
 * @param options - `hub: false` where Security Hub is on already: a second one would be refused.
 * @example
 * ```ts
 * import { toSecurityHub } from 'secret-events/alarms';
 *
 * console.log(JSON.stringify(toSecurityHub({ hub: false })));
 * ```
 */
export function toSecurityHub({ hub = true }: { readonly hub?: boolean } = {}): CloudFormationTemplate {
  const standard = 'standards/aws-foundational-security-best-practices/v/1.0.0';
  return templateOf('Security Hub with the controls on the secrets of AWS Secrets Manager.', {
    ...(hub && { Hub: { Type: 'AWS::SecurityHub::Hub', Properties: { EnableDefaultStandards: false } } }),
    Standard: {
      Type: 'AWS::SecurityHub::Standard',
      ...(hub && { DependsOn: ['Hub'] }),
      Properties: { StandardsArn: sub(`arn:\${AWS::Partition}:securityhub:\${AWS::Region}::${standard}`) },
    },
  });
}
