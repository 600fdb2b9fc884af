/** Where the reader of the page is: what the address says behind its `#`. */

/**
 * The members of a {@link Place}; a text that is empty says nothing. `service` is one service, or {@link EVERY}; without it
 * the secrets managers are meant. `event` is a name of `of`, else of the service, else of the secrets managers.
 */
const MEMBERS = ['text', 'service', 'provider', 'action', 'kind', 'readOnly', 'status', 'event', 'of'] as const;

export type Place = Readonly<Record<(typeof MEMBERS)[number], string>>;

export const NOWHERE = Object.fromEntries(MEMBERS.map((member) => [member, ''])) as Place;

/** Names of every service of both clouds. */
export const EVERY = 'every';

/** Reads `#provider=aws&event=GetSecretValue`. What it does not know it leaves out: an address may be anything. */
export function placeOf(hash: string): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  return Object.fromEntries(MEMBERS.map((member) => [member, said.get(member) ?? ''])) as Place;
}

export function hashOf(place: Place): string {
  const said = new URLSearchParams();
  for (const member of MEMBERS) if (place[member] !== '') said.set(member, place[member]);
  return `#${said}`;
}
