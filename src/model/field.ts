/** What a filter may name, and how an event answers. */
import type { Action, Provider } from '../catalog/entry.ts';
import type { AnyEventName } from '../catalog/lookup.ts';
import type { AuditEvent, EventKind, Outcome } from './event.ts';

/** The type of each field that a filter can name. */
export interface FieldTypes {
  provider: Provider;
  id: string;
  service: string;
  name: AnyEventName;
  action: Action;
  kind: EventKind;
  time: Date;
  outcome: Outcome;
  denied: boolean;
  'error.code': string;
  'error.message': string;
  readOnly: boolean;
  severity: string;
  'actor.id': string;
  'actor.name': string;
  'actor.type': string;
  'actor.account': string;
  'actor.credential': string;
  'actor.role': string;
  'secret.id': string;
  'secret.name': string;
  'secret.version': string;
  'secret.group': string;
  mentions: string;
  'origin.ip': string;
  'origin.agent': string;
  'origin.service': string;
  'origin.vpcEndpoint': string;
  account: string;
  region: string;
  source: string;
  derived: boolean;
}

/** A name that a filter can use: `action`, `actor.name`, `secret.id` ... */
export type FieldName = keyof FieldTypes;

/** What an event holds under a field, before any comparison. */
export type FieldValue = string | boolean | Date;

/** How the values of a field compare. */
export type FieldKind = 'text' | 'flag' | 'time';

interface Field {
  readonly kind: FieldKind;
  /** One value, several where one act touches several secrets, or none. */
  readonly of: (event: AuditEvent) => FieldValue | readonly FieldValue[] | undefined;
}

const text = (of: Field['of']): Field => ({ kind: 'text', of });
const flag = (of: Field['of']): Field => ({ kind: 'flag', of });

// An event may name several secrets; a condition on a secret asks whether any of them fits.
const ofSecrets = (key: 'id' | 'name' | 'version' | 'group'): Field =>
  text((event) => {
    if (event.secrets === undefined) return event.secret?.[key];
    const values: string[] = [];
    for (const secret of event.secrets) {
      const value = secret[key];
      if (value !== undefined) values.push(value);
    }
    return values;
  });

/**
 * Every field, in the order in which documentation lists them.
 *
 * @internal
 */
export const FIELDS: Readonly<Record<FieldName, Field>> = {
  provider: text((e) => e.provider),
  id: text((e) => e.id),
  service: text((e) => e.service),
  name: text((e) => e.name),
  action: text((e) => e.action),
  kind: text((e) => e.kind),
  time: { kind: 'time', of: (e) => e.time },
  outcome: text((e) => e.outcome),
  denied: flag((e) => e.denied),
  'error.code': text((e) => e.error?.code),
  'error.message': text((e) => e.error?.message),
  readOnly: flag((e) => e.readOnly),
  severity: text((e) => e.severity),
  'actor.id': text((e) => e.actor.id),
  'actor.name': text((e) => e.actor.name),
  'actor.type': text((e) => e.actor.type),
  'actor.account': text((e) => e.actor.account),
  'actor.credential': text((e) => e.actor.credential),
  'actor.role': text((e) => e.actor.role),
  'secret.id': ofSecrets('id'),
  'secret.name': ofSecrets('name'),
  'secret.version': ofSecrets('version'),
  'secret.group': ofSecrets('group'),
  mentions: text((e) => e.mentions),
  'origin.ip': text((e) => e.origin.ip),
  'origin.agent': text((e) => e.origin.agent),
  'origin.service': text((e) => e.origin.service),
  'origin.vpcEndpoint': text((e) => e.origin.vpcEndpoint),
  account: text((e) => e.account),
  region: text((e) => e.region),
  source: text((e) => e.source),
  derived: flag((e) => e.derived ?? false),
};

/** All field names, in the order in which documentation lists them. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];
