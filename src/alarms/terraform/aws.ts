/** The templates for AWS as Terraform configurations. */
import { AuditError } from '../../model/error.ts';
import type { CloudFormationTemplate } from '../aws/template.ts';
import { CONVERT } from './resources.ts';
import { byType, snake, type TerraformConfiguration, type TfResource } from './template.ts';

/**
 * A template of this package as a Terraform configuration in JSON syntax for the provider `hashicorp/aws`, version 6 or
 * later: the same resources, policies and names.
 *
 * Source: the provider's documentation, registry.terraform.io/providers/hashicorp/aws.
 *
 * @throws AuditError `unsupported` for a resource that no template of this package has.
 * @example
 * ```ts
 * import { findRecipe, toCloudFormation, toTerraform } from 'secret-events/alarms';
 *
 * const options = { logGroup: 'CloudTrail/logs', emails: ['security@example.com'] };
 * const configuration = toTerraform(toCloudFormation(findRecipe('pending-deletion-access'), options));
 * console.log(JSON.stringify(configuration, undefined, 2)); // into alarms.tf.json
 * ```
 */
export function toTerraform(template: CloudFormationTemplate): TerraformConfiguration {
  const { Resources } = template;
  const resources = Object.entries(Resources).flatMap(([id, { Type, Properties = {}, DependsOn = [] }]) => {
    const convert = CONVERT[Type];
    if (convert === undefined) {
      throw new AuditError('unsupported', `${id} is a ${Type}, of which no template of this package is made`);
    }
    const converted = convert({ id, properties: Properties, resources: Resources });
    const before = DependsOn.map((other) => placeOf(other, template));
    return before.length === 0 ? converted : converted.map((one) => dependent(one, before));
  });
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '>= 6.0' } } },
    data: { aws_caller_identity: { current: {} }, aws_partition: { current: {} }, aws_region: { current: {} } },
    resource: byType(resources),
  };
}

function dependent(resource: TfResource, before: readonly string[]): TfResource {
  return { ...resource, arguments: { ...resource.arguments, depends_on: before } };
}

/** The address of a resource, by the first that becomes of it. */
function placeOf(id: string, { Resources }: CloudFormationTemplate): string {
  const other = Resources[id];
  const [resource] = other
    ? (CONVERT[other.Type]?.({ id, properties: other.Properties ?? {}, resources: Resources }) ?? [])
    : [];
  return `${resource?.type}.${snake(id)}`;
}
