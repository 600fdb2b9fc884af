/** Names of what is put into an account. */

/** A name with the caller's prefix in front, so that one recipe can be in an account several times. @internal */
export function prefixed(prefix: string | undefined, name: string): string {
  return prefix === undefined ? name : `${prefix}-${name}`;
}
