/** The address that a request came from. */
import { isAddress } from '../../model/record.ts';

/** Longer than any chain of proxies; beyond it a text is no list of addresses. */
const MAX_LENGTH = 1024;
const SEPARATOR = /[,;\s]+/;
// The address in `192.0.2.1:5678`, `192.0.2.1/5678`, `[2001:db8::1]:443` and `2001:db8::1/443`.
const WITH_PORT = /^(?:\[([\da-f:.]+)\]|([\d.]+)|([\da-f:.]+)(?=\/))(?:[:/]\d{1,5})?$/i;

/**
 * The first address of what a record holds in `initiator.host.address`: one address, or several of a chain of
 * proxies, each perhaps with a port. `undefined` when it holds none: IBM leaves it empty for its own services.
 */
export function firstAddress(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 32)) {
      const address = typeof item === 'string' ? firstAddress(item) : undefined;
      if (address !== undefined) return address;
    }
    return undefined;
  }
  if (typeof value !== 'string' || value === '') return undefined;
  if (isAddress(value)) return value;
  if (value.length > MAX_LENGTH) return undefined;
  for (const part of value.split(SEPARATOR)) {
    if (isAddress(part)) return part;
    const match = WITH_PORT.exec(part);
    const bare = match?.[1] ?? match?.[2] ?? match?.[3];
    if (bare !== undefined && isAddress(bare)) return bare;
  }
  return undefined;
}
