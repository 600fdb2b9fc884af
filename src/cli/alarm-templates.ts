/** Templates of `alarm template`, ready to print. */
import type { CloudFormationTemplate } from '../alarms/aws/template.ts';
import { type AlarmOptions, receiversOf, recipeOf, thresholdOf, trailOf } from './alarm-options.ts';
import { Misuse } from './misuse.ts';
import { indentedJson } from './output/json.ts';

/** What is written, and for whom. */
export interface PrintedTemplate {
  /** A value that becomes JSON or YAML, or the text itself. */
  readonly value: object | string;
  /** What is good to know beside it, line by line. */
  readonly notes: readonly string[];
}

type Print = (name: string, options: AlarmOptions) => Promise<PrintedTemplate>;

async function cloudFormationOf(name: string, options: AlarmOptions) {
  const { toCloudFormation } = await import('../alarms/aws/cloudformation.ts');
  const { metricPlanOf } = await import('../alarms/aws/metric-plan.ts');
  const recipe = await recipeOf(name, options);
  const trail = trailOf(options);
  const value = toCloudFormation(recipe, {
    ...receiversOf(options),
    ...thresholdOf(options),
    ...(options.logGroup !== undefined && { logGroup: options.logGroup }),
    ...(trail && { trail }),
  });
  return { value, notes: widerThan(metricPlanOf(recipe, {}).notes, recipe) };
}

async function eventBridgeOf(name: string, options: AlarmOptions) {
  const { eventPatternOf, toEventBridge } = await import('../alarms/aws/eventbridge.ts');
  const recipe = await recipeOf(name, options);
  const { lambda, queue } = options;
  const value = toEventBridge(recipe, {
    ...receiversOf(options),
    ...(lambda !== undefined && { lambdaArn: lambda }),
    ...(queue !== undefined && { queue }),
  });
  return { value, notes: widerThan(eventPatternOf(recipe).notes, recipe) };
}

async function inTerraform(
  printed: Promise<{ readonly value: CloudFormationTemplate; readonly notes: readonly string[] }>,
) {
  const [{ value, notes }, { toTerraform }] = await Promise.all([printed, import('../alarms/terraform/aws.ts')]);
  return { value: toTerraform(value), notes };
}

const PRINT = {
  cloudformation: cloudFormationOf,
  eventbridge: eventBridgeOf,
  terraform: (name, options) => inTerraform(cloudFormationOf(name, options)),
  'terraform-eventbridge': (name, options) => inTerraform(eventBridgeOf(name, options)),
  ibm: async (name, options) => {
    const [{ ibmNotesOf }, { toIbmAlertRequest, toIbmWebhook }] = await Promise.all([
      import('../alarms/ibm/alert.ts'),
      import('../alarms/ibm/requests.ts'),
    ]);
    const recipe = await recipeOf(name, options);
    const { eventNotifications: instanceId, webhook: webhookId, prefix, region, instance } = options;
    const alert = toIbmAlertRequest(recipe, {
      ...thresholdOf(options),
      ...(instance && { instances: instance }),
      ...(prefix !== undefined && { prefix }),
      ...(webhookId !== undefined && { webhookId }),
    });
    const notes = widerThan(ibmNotesOf(recipe), recipe);
    if (instanceId === undefined) return { value: [alert], notes };
    const webhook = toIbmWebhook({
      instanceId,
      region: regionOf(region),
      ...(prefix !== undefined && { name: prefix }),
    });
    return { value: [webhook, alert], notes };
  },
  'terraform-ibm': async (name, options) => {
    const [{ ibmNotesOf }, { toIbmTerraform }] = await Promise.all([
      import('../alarms/ibm/alert.ts'),
      import('../alarms/terraform/ibm.ts'),
    ]);
    const recipe = await recipeOf(name, options);
    const { cloudLogs, region, eventNotifications: eventNotificationsId, instance, prefix } = options;
    if (cloudLogs === undefined)
      throw new Misuse('terraform-ibm needs --cloud-logs, the CRN of the Cloud Logs instance');
    const value = toIbmTerraform(recipe, {
      ...thresholdOf(options),
      instanceId: cloudLogs.split(':')[7] ?? '',
      region: regionOf(region ?? cloudLogs.split(':')[5]),
      routing: { targetCrn: cloudLogs },
      ...(eventNotificationsId !== undefined && { eventNotificationsId }),
      ...(instance && { instances: instance }),
      ...(prefix !== undefined && { prefix }),
    });
    return { value, notes: widerThan(ibmNotesOf(recipe), recipe) };
  },
  queries: async (name, options) => {
    const recipe = await recipeOf(name, options);
    const { recipeQueries } = await import('../alarms/queries.ts');
    const queries = recipeQueries(recipe);
    if (queries.length === 0) throw new Misuse(`${name} is about charges: no query finds them`);
    return { value: queries.map(({ language, query }) => `${language}: ${query}\n`).join(''), notes: [] };
  },
} satisfies Readonly<Record<string, Print>>;

/** Forms of a template. */
export type TemplateTarget = keyof typeof PRINT;

/** Every {@link TemplateTarget}. */
export const TEMPLATE_TARGETS = Object.keys(PRINT) as readonly TemplateTarget[];

/** What stands beside the recipes: templates of what alarms rest on, by name. */
const SETUPS: Readonly<Record<string, (options: AlarmOptions) => Promise<object>>> = {
  trail: async (options) => {
    const trail = trailOf(options);
    if (trail === undefined) throw new Misuse('a trail needs --trail, its name');
    return (await import('../alarms/aws/trail.ts')).toTrailTemplate(trail);
  },
  'config-rules': async ({ account, prefix }) => {
    const { toConfigRules } = await import('../alarms/aws/config-rules.ts');
    const aggregate = account?.length === 1 && account[0] === 'organization' ? 'organization' : account;
    return toConfigRules({ ...(aggregate && { aggregate }), ...(prefix !== undefined && { prefix }) });
  },
  'security-hub': async () => (await import('../alarms/aws/config-rules.ts')).toSecurityHub(),
  'event-routing': async ({ cloudLogs, region, prefix }) => {
    if (cloudLogs === undefined)
      throw new Misuse('event-routing needs --cloud-logs, the CRN of the Cloud Logs instance');
    const { toIbmRouting } = await import('../alarms/ibm/requests.ts');
    return toIbmRouting({
      targetCrn: cloudLogs,
      region: regionOf(region ?? cloudLogs.split(':')[5]),
      ...(prefix !== undefined && { prefix }),
    });
  },
};

/** Names of what stands beside the recipes. */
export const SETUP_NAMES = Object.keys(SETUPS);

/**
 * A recipe, or what alarms rest on, in a form.
 *
 * @throws Misuse and AuditError for words that cannot be meant.
 */
export async function templateIn(
  target: TemplateTarget,
  name: string,
  options: AlarmOptions,
): Promise<PrintedTemplate> {
  const setup = Object.hasOwn(SETUPS, name) ? SETUPS[name] : undefined;
  if (setup === undefined) return PRINT[target](name, options);
  const value = await setup(options);
  if (target === 'ibm' || target === 'cloudformation') return { value, notes: [] };
  if (target !== 'terraform' || Array.isArray(value)) throw new Misuse(`--to: there is no ${target} of ${name}`);
  const { toTerraform } = await import('../alarms/terraform/aws.ts');
  return { value: toTerraform(value as CloudFormationTemplate), notes: [] };
}

function regionOf(region: string | undefined): string {
  if (region !== undefined) return region;
  throw new Misuse('--region is needed: the region of IBM Cloud, such as us-south');
}

function widerThan(notes: readonly string[], recipe: object): readonly string[] {
  return 'charges' in recipe ? notes : notes.map((note) => `wider than the recipe: ${note}`);
}

/** As JSON of several lines, or as YAML, which CloudFormation alone reads. */
export async function templateText({ value }: PrintedTemplate, form: 'json' | 'yaml'): Promise<string> {
  if (typeof value === 'string') return value;
  if (form === 'json') return `${indentedJson(value)}\n`;
  if (!('AWSTemplateFormatVersion' in value)) throw new Misuse('--format yaml: only CloudFormation reads YAML');
  const { toYaml } = await import('../alarms/aws/yaml.ts');
  return toYaml(value as CloudFormationTemplate);
}
