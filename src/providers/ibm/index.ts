/**
 * IBM Cloud: activity tracking events of Secrets Manager and every other service, wherever they were found, and the
 * notices that Secrets Manager sends to Event Notifications.
 *
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { decodeActivityEvent } from 'secret-events/ibm';
 *
 * const event = decodeActivityEvent(JSON.parse(readFileSync('event.json', 'utf8')));
 * console.log(event.time, event.action, event.actor.name, event.secret?.name);
 * ```
 *
 * @module
 */
export { type Crn, parseCrn } from './crn.ts';
export { type DecodeOptions, decodeActivityEvent } from './decode.ts';
export {
  decodeEventNotification,
  type NotificationItem,
  type NotificationShortName,
  type SecretsManagerNotification,
} from './notification.ts';
