/** What a reading would do. */
import type { SourcePlan } from '../../source/source.ts';
import { printable } from '../printable.ts';
import type { Format } from './format.ts';
import { indentedJson, json } from './json.ts';

/** The plans as JSON in the two formats that are, and as text for people in the others. */
export function plansIn(format: Format, plans: readonly SourcePlan[]): string {
  if (format === 'json') return `${indentedJson(plans)}\n`;
  if (format === 'jsonl') return plans.map((plan) => `${json(plan)}\n`).join('');
  return planText(plans);
}

/** Each source with its steps, what its cloud filters by, and what is left to the reader. */
function planText(plans: readonly SourcePlan[]): string {
  return plans
    .flatMap(({ source, steps, pushedDown, leftToReader }) => [
      source,
      ...steps.map((step) => `  ${step}`),
      ...listed('filtered by the source', pushedDown),
      ...listed('left to the reader', leftToReader),
    ])
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function listed(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [`  ${title}: nothing`] : [`  ${title}:`, ...entries.map((entry) => `    ${entry}`)];
}
