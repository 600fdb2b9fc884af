/** `secret-events alarm template` */
import type { Command } from 'commander';
import type { AlarmOptions } from '../alarm-options.ts';
import { SETUP_NAMES, TEMPLATE_TARGETS, type TemplateTarget, templateIn, templateText } from '../alarm-templates.ts';
import { type Context, tell } from '../context.ts';
import { printableLines } from '../printable.ts';
import { choice, list, repeated, wholeNumber } from './option-values.ts';

const FORMATS = ['json', 'yaml'] as const;

interface TemplateOptions extends AlarmOptions {
  readonly to: TemplateTarget;
  readonly format: (typeof FORMATS)[number];
}

/** Adds `template` to `alarm`. */
export function declareAlarmTemplate(alarm: Command, context: Context): void {
  const command = alarm
    .command('template')
    .description(
      `Writes a recipe as a template that a cloud's own tools deploy. NAME may also be one of ${SETUP_NAMES.join(', ')}.`,
    )
    .argument('<name>', 'the name of a recipe')
    .option('--to <target>', TEMPLATE_TARGETS.join(', '), choice('--to', TEMPLATE_TARGETS), 'cloudformation')
    .option('--format <format>', 'json, or yaml for CloudFormation', choice('--format', FORMATS), 'json')
    .option('--prefix <word>', 'in front of all names, to have one recipe several times');
  recipeOptions(command)
    .optionsGroup('AWS:')
    .option('--log-group <name>', 'the log group that the trail delivers to')
    .option('--email <list>', 'who is told; each has to confirm', list('--email'))
    .option('--topic <arn>', 'an SNS topic that exists, in place of a new one')
    .option('--kms-key <arn>', 'a key that exists, for the new topic')
    .option('--lambda <arn>', 'a function that gets each event; eventbridge')
    .option('--queue', 'an SQS queue that gets each event; eventbridge')
    .option('--trail <name>', 'makes the trail as well, and its log group')
    .option('--organization <id>', "the trail is that of an organisation's accounts: o-exampleorgid")
    .option('--retention <days>', 'how long the log group of the trail keeps what it gets', wholeNumber('--retention'))
    .option('--file-notice <list>', 'who is told of each new log file of the trail', list('--file-notice'))
    .option('--account <list>', 'accounts to aggregate in config-rules, or organization', list('--account'))
    .optionsGroup('IBM Cloud:')
    .option('--region <region>', 'us-south')
    .option('--instance <list>', 'ids of Secrets Manager instances; all by default', list('--instance'))
    .option('--cloud-logs <crn>', 'the Cloud Logs instance; terraform-ibm and event-routing')
    .option('--event-notifications <id>', 'the Event Notifications instance that alerts go to')
    .option('--webhook <number>', 'the external_id of a webhook that exists', wholeNumber('--webhook'))
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: TemplateOptions) => template(name, options, context));
}

/** Adds what makes a recipe to measure. */
export function recipeOptions(command: Command): Command {
  return command
    .option('--count <number>', 'so many events set it off; of estimated-charges the amount', wholeNumber('--count'))
    .option('--minutes <number>', 'within so many minutes', wholeNumber('--minutes'))
    .option('--usual <id>', 'an actor that is usual, by id; repeatable', repeated('--usual'))
    .option('--usual-role <list>', 'roles of IAM that are usual', list('--usual-role'))
    .option('--version-id <list>', 'versions that nobody should read any more', list('--version-id'));
}

const EXAMPLES = `
The template goes to standard output; what is good to know of it, to standard error.

Examples:
  secret-events alarm template pending-deletion-access --log-group CloudTrail/logs --email security@example.com > alarm.json
  secret-events alarm template secret-deleted --to eventbridge --email security@example.com --format yaml > rule.yaml
  secret-events alarm template access-denied --to terraform --log-group CloudTrail/logs --topic ARN > alarms.tf.json
  secret-events alarm template access-denied --to ibm --event-notifications ID --region us-south
  secret-events alarm template trail --trail secrets-trail --format yaml > trail.yaml`;

async function template(name: string, options: TemplateOptions, { io, output }: Context): Promise<void> {
  const { to, format, ...rest } = options;
  const printed = await templateIn(to, name, rest);
  const text = await templateText(printed, format);
  await output.write(io.stdout.isTTY ? printableLines(text) : text);
  for (const note of printed.notes) tell(io, note);
}
