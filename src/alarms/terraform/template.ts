/** Terraform configurations in JSON syntax, as values. */

/** A value of a configuration; texts are templates of Terraform. */
export type TfValue = string | number | boolean | readonly TfValue[] | { readonly [key: string]: TfValue };

/** Members of a resource. */
export interface TfArguments {
  readonly [argument: string]: TfValue;
}

/** A configuration, ready for `JSON.stringify` into a file that ends in `.tf.json`. */
export interface TerraformConfiguration {
  readonly terraform: { readonly required_providers: TfArguments };
  readonly data?: Readonly<Record<string, Readonly<Record<string, TfArguments>>>>;
  /** By type, then by name. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, TfArguments>>>>;
}

/** A text that stands for itself: Terraform reads `${` and `%{` as the beginning of an expression. @internal */
export function literal(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

/** An expression in a text. @internal */
export function expression(text: string): string {
  return `\${${text}}`;
}

/** One resource, on its way into a configuration. @internal */
export interface TfResource {
  readonly type: string;
  readonly name: string;
  readonly arguments: TfArguments;
}

/** @internal */
export function byType(resources: readonly TfResource[]): TerraformConfiguration['resource'] {
  const types: Record<string, Record<string, TfArguments>> = {};
  for (const { type, name, arguments: args } of resources) types[type] = { ...types[type], [name]: args };
  return types;
}

/** `AlarmTopicKey` as `alarm_topic_key`. @internal */
export function snake(id: string): string {
  return id.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}
