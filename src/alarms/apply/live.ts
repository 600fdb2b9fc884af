/** A recipe's patterns, judged by CloudWatch Logs itself. */
import type { AuditEvent } from '../../model/event.ts';
import type { AwsConnection } from '../../providers/aws/clients.ts';
import { metricPlanOf } from '../aws/metric-plan.ts';
import type { EventRecipe } from '../recipe.ts';
import { called } from './call.ts';
import { testFilterClient } from './clients.ts';
import type { TestFilterClient } from './ports.ts';

/** Messages of one call. Source: CloudWatch Logs API Reference, `API_TestMetricFilter`. */
const MESSAGES = 50;

/**
 * A function that sends the records of events to TestMetricFilter, with each pattern of a recipe, and gives those of
 * which one fits. Nothing is kept or changed in the account. Events of other clouds never fit. It needs
 * `logs:TestMetricFilter`.
 *
 * @throws AuditError as `toCloudFormation` for the recipe; each call of the function rejects with what AWS says.
 * @example
 * ```ts
 * import type { AuditEvent } from 'secret-events';
 * import { findRecipe, liveTester, type EventRecipe } from 'secret-events/alarms';
 *
 * declare const events: readonly AuditEvent[];
 * const recipe = findRecipe('pending-deletion-access') as EventRecipe;
 * const fit = await (await liveTester(recipe, { region: 'us-east-1' }))(events);
 * console.log(fit.length);
 * ```
 */
export async function liveTester(
  recipe: EventRecipe,
  connection: AwsConnection & { readonly client?: TestFilterClient },
): Promise<(events: readonly AuditEvent[]) => Promise<readonly AuditEvent[]>> {
  const { filters } = metricPlanOf(recipe, {});
  const client = await testFilterClient(connection, connection.client);
  return async (events) => {
    const found = new Set<AuditEvent>();
    const aws = events.filter(({ provider }) => provider === 'aws');
    for (let from = 0; from < aws.length; from += MESSAGES) {
      const some = aws.slice(from, from + MESSAGES);
      const logEventMessages = some.map(({ raw }) => JSON.stringify(raw));
      for (const { pattern } of filters) {
        const input = { filterPattern: pattern, logEventMessages };
        const { matches = [] } = await called('TestMetricFilter', () => client.testMetricFilter(input));
        // By text: whether numbers count from 0 or 1 depends on which page one reads.
        const texts = new Set(matches.map(({ eventMessage }) => eventMessage));
        some.forEach((event, i) => {
          if (texts.has(logEventMessages[i])) found.add(event);
        });
      }
    }
    return events.filter((event) => found.has(event));
  };
}
