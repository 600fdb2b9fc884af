/** Names as the lists hold them: in order, once, and nothing that is none. */

/** What cannot be made a list of, and why. */
export class Refused extends Error {}

export const sorted = (values) => [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** The one place where names are let in: what is no name would be code in a type. */
export function checked(names, where) {
  const wrong = names.find((name) => !/^[A-Za-z0-9_.:-]+$/.test(name));
  if (wrong !== undefined) throw new Refused(`${where}: ${JSON.stringify(wrong)} is no name`);
  return names;
}

/** Names by the service that they are of. */
export class NamesByService {
  #names = new Map();

  add(service, names) {
    this.#names.set(service, [...(this.#names.get(service) ?? []), ...names]);
  }

  has(service, name) {
    return this.#names.get(service)?.includes(name) ?? false;
  }

  /** Services and their names, both in order. */
  entries() {
    return sorted(this.#names.keys()).map((service) => [service, sorted(this.#names.get(service))]);
  }
}
