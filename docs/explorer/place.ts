/** Where the reader of the page is: what the address says behind its `#`. */

/** The members of a {@link Place}; a text that is empty says nothing. */
const MEMBERS = ['text', 'provider', 'action', 'kind', 'readOnly', 'status', 'event'] as const;

export type Place = Readonly<Record<(typeof MEMBERS)[number], string>>;

export const NOWHERE: Place = { text: '', provider: '', action: '', kind: '', readOnly: '', status: '', event: '' };

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
