/** What the words of `alarm` say beside the name of a recipe. */
import type { AlarmRecipe } from '../alarms/recipe.ts';
import { Misuse } from './misuse.ts';

/** The options of `alarm template`, and those of `alarm test` among them. */
export interface AlarmOptions {
  readonly logGroup?: string;
  readonly email?: readonly string[];
  readonly topic?: string;
  readonly kmsKey?: string;
  readonly lambda?: string;
  readonly queue?: boolean;
  readonly prefix?: string;
  readonly count?: number;
  readonly minutes?: number;
  readonly trail?: string;
  readonly organization?: string;
  readonly retention?: number;
  readonly fileNotice?: readonly string[];
  readonly account?: readonly string[];
  readonly usual?: readonly string[];
  readonly usualRole?: readonly string[];
  readonly versionId?: readonly string[];
  readonly instance?: readonly string[];
  readonly webhook?: number;
  readonly eventNotifications?: string;
  readonly cloudLogs?: string;
  readonly region?: string;
}

/**
 * The recipe that a name and the options mean.
 *
 * @throws Misuse for options of another recipe, AuditError `invalid-argument` for a name that no recipe has.
 */
export async function recipeOf(name: string, options: AlarmOptions): Promise<AlarmRecipe> {
  const { findRecipe } = await import('../alarms/recipes.ts');
  const recipe = findRecipe(name);
  const { usual, usualRole, versionId } = options;
  only('--usual and --usual-role', usual ?? usualRole, 'root-or-unusual-actor', name);
  only('--version-id', versionId, 'deprecated-version-used', name);
  if (!usual && !usualRole && !versionId) return recipe;
  const { deprecatedVersionUsed, unusualActor } = await import('../alarms/variants.ts');
  if (versionId) return deprecatedVersionUsed({ versions: versionId });
  return unusualActor({ ...(usual && { ids: usual }), ...(usualRole && { roles: usualRole }) });
}

function only(option: string, given: unknown, recipe: string, name: string): void {
  if (given !== undefined && name !== recipe) throw new Misuse(`${option}: only ${recipe} takes it, not ${name}`);
}

/** What every renderer of AWS takes. */
export function receiversOf({ email, topic, kmsKey, prefix }: AlarmOptions) {
  return {
    ...(email && { emails: email }),
    ...(topic !== undefined && { topicArn: topic }),
    ...(kmsKey !== undefined && { kmsKeyArn: kmsKey }),
    ...(prefix !== undefined && { prefix }),
  };
}

/** The threshold as far as it was said. */
export function thresholdOf({ count, minutes }: AlarmOptions) {
  if (count === undefined && minutes === undefined) return {};
  return { threshold: { ...(count !== undefined && { count }), ...(minutes !== undefined && { minutes }) } };
}

/** What a trail takes; `undefined` where none was asked for. */
export function trailOf({ trail, organization, retention, fileNotice }: AlarmOptions) {
  if (trail === undefined) return undefined;
  return {
    name: trail,
    ...(organization !== undefined && { organizationId: organization }),
    ...(retention !== undefined && { retentionDays: retention }),
    ...(fileNotice && { fileNotices: fileNotice }),
  };
}
