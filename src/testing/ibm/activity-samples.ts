/** Activity tracking events that look like those of an account that uses Secrets Manager. */
import type { JsonObject } from '../../model/record.ts';
import { pick, type Random, randomGuid, seededRandom } from '../random.ts';
import { ACTS, type Act, ENDINGS, OTHERS, SECRETS } from './activity-acts.ts';

/** What events to make. Everything can be left out. */
export interface ActivitySampleOptions {
  /** How many; 100 by default. */
  readonly count?: number;
  /** The same seed, and the same times, give the same events. */
  readonly seed?: number;
  /** The oldest and the newest possible time; the last 24 hours by default. */
  readonly from?: Date | number;
  readonly to?: Date | number;
  readonly account?: string;
  readonly region?: string;
  /** The instance of Secrets Manager. */
  readonly instance?: string;
}

interface Scene {
  readonly random: Random;
  readonly account: string;
  readonly region: string;
  readonly instance: string;
  readonly eventTime: string;
}

const DAY = 86_400_000;
const DRAWN = ACTS.flatMap((act) => Array.from({ length: act.weight }, () => act)) as [Act, ...Act[]];

const PHRASES: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 204: 'No Content' };

/**
 * Makes plausible events, oldest first: acts on secrets, versions and locks by users, service ids and IBM's own jobs,
 * acts that were denied or failed, some that no catalog lists, and some of other services. The form of the events is
 * IBM's; what Secrets Manager puts into `target`, `requestData`, `dataEvent` and `severity` is not public, and likely.
 *
 * @example
 * ```ts
 * import { sampleActivityEvents } from 'secret-events/testing';
 *
 * const events = sampleActivityEvents({ count: 1000, seed: 7, to: new Date('2026-11-20T00:00:00Z') });
 * console.log(events.length);
 * ```
 */
export function sampleActivityEvents(options: ActivitySampleOptions = {}): readonly JsonObject[] {
  const { count = 100, seed = 1, account = '00000000000000000000000000000a11', region = 'us-south' } = options;
  const { instance = '11111111-2222-4333-8444-555555555555' } = options;
  const to = Number(options.to ?? Date.now());
  const from = Number(options.from ?? to - DAY);
  const random = seededRandom(seed);
  // Events have hundredths of a second.
  const times = Array.from({ length: count }, () => Math.ceil((from + random() * (to - from)) / 10) * 10);
  times.sort((a, b) => a - b);
  return times.map((time) => {
    const stamp = new Date(Math.min(time, Math.floor(to / 10) * 10)).toISOString();
    const scene: Scene = { random, account, region, instance, eventTime: `${stamp.slice(0, 22)}+0000` };
    return random() < 0.12 ? otherEvent(scene) : secretEvent(scene);
  });
}

function secretEvent(scene: Scene): JsonObject {
  const { random } = scene;
  const act = pick(random, DRAWN);
  const secret = pick(random, SECRETS);
  const crn = crnOf(scene, 'secrets-manager', scene.instance);
  const ofSecret = act.of === 'secret';
  const target = {
    id: ofSecret ? `${crn.slice(0, -1)}secret:${secret.id}` : crn,
    name: ofSecret ? secret.name : 'my-secrets-manager',
    typeURI: `secrets-manager/${act.type}`,
    ...(ofSecret && {
      resourceGroupId: `crn:v1:bluemix:public:resource-controller::a/${scene.account}::resource-group:default`,
    }),
  };
  const requestData = ofSecret
    ? { secretGroupId: secret.group, ...(act.version && { versionId: randomGuid(random) }) }
    : null;
  const subject = ofSecret ? ` ${secret.name}` : '';
  return event(scene, `secrets-manager.${act.action}`, act.code ?? 200, {
    logSourceCRN: crn,
    dataEvent: ofSecret,
    initiator: initiator(random),
    target,
    requestData,
    message: `Secrets Manager: ${act.words}${subject}`,
  });
}

function otherEvent(scene: Scene): JsonObject {
  const { random } = scene;
  const other = pick(random, OTHERS);
  const crn = crnOf(scene, other.service, '22222222-2222-4333-8444-555555555555');
  return event(scene, other.action, 200, {
    logSourceCRN: crn,
    dataEvent: other.dataEvent,
    initiator: initiator(random),
    target: { id: `${crn.slice(0, -1)}key:${randomGuid(random)}`, name: '', typeURI: other.type },
    requestData: { instanceId: scene.instance },
    message: other.words,
  });
}

interface Fields {
  readonly logSourceCRN: string;
  readonly dataEvent: boolean;
  readonly initiator: JsonObject;
  readonly target: JsonObject;
  readonly requestData: JsonObject | null;
  readonly message: string;
}

function event({ random, eventTime }: Scene, action: string, code: number, fields: Fields): JsonObject {
  const chance = random();
  const ending = ENDINGS.find((one) => chance < one.chance);
  return {
    logSourceCRN: fields.logSourceCRN,
    saveServiceCopy: true,
    dataEvent: fields.dataEvent,
    outcome: ending ? 'failure' : 'success',
    eventTime,
    action,
    id: randomGuid(random),
    correlationId: randomGuid(random),
    severity: ending?.severity ?? 'normal',
    initiator: fields.initiator,
    target: fields.target,
    reason: ending
      ? { reasonCode: ending.reasonCode, reasonType: ending.reasonType, reasonForFailure: ending.why }
      : { reasonCode: code, reasonType: PHRASES[code] ?? 'OK' },
    requestData: fields.requestData,
    responseData: null,
    message: ending ? `${fields.message} failure` : fields.message,
    observer: { name: 'ActivityTracker' },
  };
}

function initiator(random: Random): JsonObject {
  const agent = pick(random, ['secrets-manager-node-sdk/2.0.14', 'terraform-provider-ibm/1.80.0', 'curl/8.9.0']);
  const chance = random();
  if (chance < 0.1) {
    // A job of IBM's own has neither a name nor an address.
    const host = { address: '', addressType: 'IPv4', agent: '' };
    return { id: '', name: '', typeURI: 'service/security/clientid', host, credential: { type: 's2s-authorization' } };
  }
  const address = `198.51.100.${Math.floor(random() * 254) + 1}`;
  if (chance < 0.5) {
    const name = pick(random, ['maria@example.com', 'jörg@example.com']);
    const id = name.startsWith('maria') ? 'IBMid-000000EXMP' : 'IBMid-000000EXM2';
    const host = { address, addressType: 'IPv4', agent };
    return {
      id,
      name,
      typeURI: 'service/security/account/user',
      authnId: id,
      authnName: name,
      host,
      credential: { type: 'token' },
    };
  }
  const host = { address: chance < 0.6 ? `${address}, 10.0.0.1` : address, addressType: 'IPv4', agent };
  const id = 'iam-ServiceId-00000000-0000-4000-8000-000000000004';
  const typeURI = 'service/security/account/serviceid';
  return {
    id,
    name: 'deploy-bot',
    typeURI,
    authnId: id,
    authnName: 'deploy-bot',
    host,
    credential: { type: 'apikey-serviceid' },
  };
}

function crnOf({ account, region }: Scene, service: string, instance: string): string {
  return `crn:v1:bluemix:public:${service}:${region}:a/${account}:${instance}::`;
}
