/** Words that a template would carry to a cloud which refuses them, or takes them for something else. */
import { treeOf } from '../filter/condition.ts';
import { AuditError } from '../model/error.ts';
import { type AlarmRecipe, isEventRecipe } from './recipe.ts';

/** Shows a value that may be anything. @internal */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

const refuse = (message: string) => new AuditError('invalid-argument', message);

/** One mailbox, as SNS takes it; no names, no lists, no comments. */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i;

/** @internal */
export function checkEmails(emails: readonly string[]): void {
  for (const email of emails) {
    if (typeof email === 'string' && email.length <= 254 && EMAIL.test(email)) continue;
    throw refuse(`${shown(email)} is no e-mail address; write it like security@example.com, one at a time`);
  }
  const twice = emails.find((email, i) => emails.indexOf(email) < i);
  if (twice !== undefined) throw refuse(`the e-mail address ${shown(twice)} is given twice`);
}

/** Source: CloudWatch Logs API Reference, `API_CreateLogGroup`. @internal */
export function checkLogGroup(name: unknown): asserts name is string {
  const take = 'a name of at most 512 letters, digits and . - _ / #';
  if (typeof name !== 'string' || name === '') {
    throw refuse(`a log group is needed, the one that the trail delivers to; ${take}: CloudTrail/logs`);
  }
  if (name.startsWith('arn:')) {
    throw refuse(
      `the log group ${shown(name)} is an ARN; metric filters take the name, which stands behind log-group:`,
    );
  }
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name))
    throw refuse(`CloudWatch Logs refuses the log group ${shown(name)}; it takes ${take}`);
  if (name.startsWith('aws/'))
    throw refuse(`CloudWatch Logs refuses the log group ${shown(name)}: names may not begin with aws/`);
}

/** @internal */
export function checkArn(option: string, arn: unknown, service: string, example: string): void {
  const pattern = new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:[\\w+=,.@/:-]{1,256}$`);
  if (typeof arn === 'string' && pattern.test(arn)) return;
  throw refuse(`${option}: ${shown(arn)} is no ARN of ${service}; write it like ${example}`);
}

/** What stands in names of alarms, metrics, rules and trails alike. @internal */
export function checkPrefix(prefix: unknown): void {
  if (typeof prefix === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(prefix)) return;
  throw refuse(`prefix: ${shown(prefix)} does not do; it takes at most 40 letters, digits and dashes, a letter first`);
}

/** @internal */
export function wholeNumber(option: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw refuse(`${option} must be a whole number from ${min} to ${max}, not ${shown(value)}`);
}

/** CloudFormation looks into every text of a template for `{{resolve:...}}` and fetches what it names. */
const DYNAMIC_REFERENCE = /\{\{\s*resolve:/i;

/**
 * A recipe may be anybody's.
 *
 * @throws AuditError `invalid-argument` that names the recipe and the member.
 * @internal
 */
export function checkRecipe(recipe: AlarmRecipe): void {
  const { name, title } = recipe;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > 60) {
    throw refuse(`the name of a recipe is at most 60 lower-case letters, digits and single dashes, not ${shown(name)}`);
  }
  if (typeof title !== 'string' || title === '' || title.length > 400 || /\p{Cc}/u.test(title)) {
    throw refuse(`recipe ${name}: title must be one line of at most 400 characters, not ${shown(title)}`);
  }
  if (DYNAMIC_REFERENCE.test(JSON.stringify(recipe))) {
    throw refuse(`recipe ${name}: CloudFormation would resolve the reference {{resolve:...}} in it; leave it out`);
  }
  if (!isEventRecipe(recipe)) {
    const { above } = recipe.charges;
    if (typeof above === 'number' && Number.isFinite(above) && above >= 0) return;
    throw refuse(`recipe ${name}: charges.above must be an amount from 0, not ${shown(above)}`);
  }
  const { aws = [], ibm = [] } = recipe.events;
  if (aws.length + ibm.length === 0) throw refuse(`recipe ${name}: events names no cloud; give it aws or ibm, or both`);
  for (const filter of [...aws, ...ibm]) treeOf(filter);
  const { metric, threshold } = recipe;
  for (const [member, value] of Object.entries(metric ?? {})) {
    if (/^[\w./ -]{1,200}$/.test(value)) continue;
    throw refuse(`recipe ${name}: metric.${member} takes at most 200 letters, digits and . / _ -, not ${shown(value)}`);
  }
  if (threshold === undefined) return;
  wholeNumber(`recipe ${name}: threshold.count`, threshold.count, 1, 1_000_000);
  wholeNumber(`recipe ${name}: threshold.minutes`, threshold.minutes, 1, 1440);
}
