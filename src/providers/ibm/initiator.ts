/** Who did it and from where: the `initiator` of an event. */
import type { Actor, Origin } from '../../model/event.ts';
import { type JsonObject, member, objectOf, textOf } from '../../model/record.ts';
import { firstAddress } from './address.ts';
import { parseCrn } from './crn.ts';

/** The person or workload; a job of a service may have none. */
export function actorOf(initiator: JsonObject | undefined): Actor {
  const actor: { -readonly [K in keyof Actor]: Actor[K] } = {};
  if (initiator === undefined) return actor;
  const id = textOf(initiator, 'id') ?? textOf(initiator, 'authnId');
  const name = textOf(initiator, 'name') ?? textOf(initiator, 'authnName');
  const type = textOf(initiator, 'typeURI');
  const credential = textOf(objectOf(initiator, 'credential'), 'type');
  if (id !== undefined) actor.id = id;
  if (name !== undefined) actor.name = name;
  if (type !== undefined) actor.type = type;
  if (credential !== undefined) actor.credential = credential;
  return actor;
}

/** Where the request came from; an IBM service has no address. */
export function originOf(initiator: JsonObject | undefined): Origin {
  const origin: { -readonly [K in keyof Origin]: Origin[K] } = {};
  if (initiator === undefined) return origin;
  const host = objectOf(initiator, 'host');
  const ip = firstAddress(member(host, 'address'));
  const agent = textOf(host, 'agent');
  const service = callingService(textOf(initiator, 'id'));
  if (ip !== undefined) origin.ip = ip;
  if (agent !== undefined) origin.agent = agent;
  if (service !== undefined) origin.service = service;
  return origin;
}

/** A service that acts for itself is known by its CRN; IAM puts `crn-` in front of it (unverified in events). */
function callingService(id: string | undefined): string | undefined {
  if (id === undefined || !id.startsWith('crn')) return undefined;
  return parseCrn(id.startsWith('crn-') ? id.slice(4) : id)?.service;
}
