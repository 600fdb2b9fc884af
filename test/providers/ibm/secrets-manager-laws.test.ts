import type { AuditEvent } from '../../../src/model/event.ts';
import { derivedEvents } from '../../../src/providers/ibm/derived-events.ts';
import { secretsManagerHistory } from '../../../src/providers/ibm/index.ts';
import { isProblem } from '../../../src/source/format.ts';
import type { IbmFault } from '../../../src/testing/index.ts';
import { type Rig, sourceLaws } from '../../support/source-laws.ts';
import { secretOf, startInstance, WAYS } from './support/instance.ts';

const NOW = Math.floor(Date.now() / 1000) * 1000 - 2 * 3_600_000;

/** Secrets that were made and not touched since, so that each is one event. */
const records = (count: number): readonly Record<string, unknown>[] =>
  Array.from({ length: count }, (_, i) => {
    const made = new Date(NOW - ((i * 7919) % 20_011) * 1000).toISOString();
    const by = ['IBMid-1', 'ci-deploy', 'iam-ServiceId-2'][i % 3];
    return secretOf(`s${i}`, { name: `prod/${i}`, created_at: made, updated_at: made, created_by: by });
  });

function decode(record: object): AuditEvent {
  const none = { versions: [], locks: [], versionLocks: [], tasks: [] };
  const [event] = derivedEvents({ secret: record as Record<string, unknown>, ...none }, 'decoded');
  if (event === undefined || isProblem(event)) throw new Error('a secret without a creation');
  return event;
}

for (const way of WAYS) {
  const start = async (given: readonly object[], fault?: IbmFault): Promise<Rig> => {
    const secrets = given.map((secret) => ({ secret: secret as Record<string, unknown> }));
    const { server, options } = await startInstance(secrets, way);
    if (fault) server.fault(fault);
    return {
      source: secretsManagerHistory(options),
      asked: () => server.requests.length,
      close: async () => {},
    };
  };
  sourceLaws({
    name: `ibm.secrets-manager by ${way}`,
    orders: ['newest-first', 'oldest-first'],
    records,
    decode,
    start,
    failures: {
      'a refused token': {
        code: 'unauthenticated',
        start: (given) => start(given, { kind: 'unauthenticated', times: 9 }),
      },
      'a missing role': { code: 'permission-denied', start: (given) => start(given, { kind: 'access-denied' }) },
      'a service that is down': {
        code: 'unavailable',
        start: (given) => start(given, { kind: 'server-error', times: 99 }),
      },
      'a refused key': {
        code: 'unauthenticated',
        start: (given) => start(given, { kind: 'iam-failure', service: 'iam', times: 9 }),
      },
      'a connection that breaks': { code: 'unavailable', start: (given) => start(given, { kind: 'reset', times: 99 }) },
    },
    knownLimits: { names: 'it makes its events itself, and gives them names of the catalog' },
  });
}
