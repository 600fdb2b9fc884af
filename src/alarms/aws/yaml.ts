/** CloudFormation templates as YAML. */
import { stringify } from 'yaml';
import type { CloudFormationTemplate } from './template.ts';

/**
 * A template as YAML 1.1, as CloudFormation reads it: functions in their long form, texts that look like numbers in
 * quotes, no anchors.
 *
 * @example
 * ```ts
 * import { findRecipe, toCloudFormation, toYaml } from 'secret-events/alarms';
 *
 * const options = { logGroup: 'CloudTrail/logs', emails: ['security@example.com'] };
 * console.log(toYaml(toCloudFormation(findRecipe('secret-deleted'), options)));
 * ```
 */
export function toYaml(template: CloudFormationTemplate): string {
  return stringify(template, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
}
