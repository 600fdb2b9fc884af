/** CloudFormation templates as values. */

/** A text, or a function of CloudFormation that makes one. */
export type CfnValue = string | number | boolean | readonly CfnValue[] | { readonly [key: string]: CfnValue };

/** Members of a resource or of anything inside it. */
export interface CfnProperties {
  readonly [property: string]: CfnValue;
}

/** One resource of a template. */
export interface CfnResource {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: 'Retain';
  readonly UpdateReplacePolicy?: 'Retain';
  readonly Properties?: CfnProperties;
}

/** A CloudFormation template, ready for `JSON.stringify` or {@link toYaml}. */
export interface CloudFormationTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Readonly<Record<string, CfnResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Description: string; readonly Value: CfnValue }>>;
}

/** By logical id. @internal */
export type Resources = Readonly<Record<string, CfnResource>>;

/** @internal */
export const ref = (id: string): CfnProperties => ({ Ref: id });
/** @internal */
export const arnOf = (id: string): CfnProperties => ({ 'Fn::GetAtt': [id, 'Arn'] });
/** A text with `${AWS::Region}` and its like. Never with words of the caller that were not checked. @internal */
export const sub = (text: string): CfnProperties => ({ 'Fn::Sub': text });

/** @internal */
export const THIS_ACCOUNT = ref('AWS::AccountId');

/** @internal */
export function templateOf(description: string, resources: Resources): CloudFormationTemplate {
  return { AWSTemplateFormatVersion: '2010-09-09', Description: description.slice(0, 1024), Resources: resources };
}

/** A statement of a policy. @internal */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: CfnProperties;
  readonly Action: CfnValue;
  readonly Resource: CfnValue;
  readonly Condition?: CfnProperties;
}

/** @internal */
export function policyOf(statements: readonly (CfnProperties | Statement)[]): CfnProperties {
  return { Version: '2012-10-17', Statement: statements as readonly CfnProperties[] };
}
