/** The options that choose events, the same in every command that takes them. */
import type { Command } from 'commander';
import type { Provider } from '../../catalog/entry.ts';
import type { Outcome } from '../../model/event.ts';
import type { Scope } from '../../source/source.ts';
import { choice, list, repeated } from './option-values.ts';

const OUTCOMES: readonly Outcome[] = ['success', 'failure', 'pending', 'unknown'];
const PROVIDERS: readonly Provider[] = ['aws', 'ibm'];
const SCOPES: readonly Scope[] = ['secrets', 'all'];

/** Adds what `Conditions` is made of. */
export function conditionOptions(command: Command): Command {
  return command
    .option('--action <list>', 'what happened, in any cloud: secret.read,secret.delete or rotation.*', list('--action'))
    .option('--name <list>', "the cloud's own name: GetSecretValue, secrets-manager.secret.read", list('--name'))
    .option('--outcome <list>', OUTCOMES.join(', '), list('--outcome', OUTCOMES))
    .option('--denied', 'only what was refused for want of permission')
    .option(
      '--actor <text>',
      'id, name or role of who did it; deploy-*, *-deploy and *deploy* look for a part; repeatable',
      repeated('--actor'),
    )
    .option('--secret <text>', 'id or name of the secret, with * as for --actor; repeatable', repeated('--secret'))
    .option('--related <secret>', 'whatever has to do with this secret, by its ARN or CRN; needs --scope all')
    .option('--provider <list>', PROVIDERS.join(', '), list('--provider', PROVIDERS))
    .option(
      '--service <list>',
      'secretsmanager.amazonaws.com, secrets-manager; any other with --scope all',
      list('--service'),
    )
    .option('--region <list>', 'us-east-1, us-south', list('--region'))
    .option('--account <list>', 'the account in which it happened', list('--account'))
    .option('--where <json>', 'a filter: \'{"origin.ip":{"startsWith":"192.0.2."}}\'')
    .option(
      '--scope <scope>',
      'secrets: events of the secrets managers; all: whatever there is',
      choice('--scope', SCOPES),
      'secrets',
    );
}
