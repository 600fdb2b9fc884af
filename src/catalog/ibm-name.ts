/**
 * What IBM's names look like.
 *
 * @module
 */

/** In front of the names of audit events, and with more before it of notices. */
const PREFIX = /^(?:com\.ibm\.cloud\.)?secrets-manager\./;

/**
 * Whether a name can only be one of IBM Cloud Secrets Manager: of an audit event or of a notice, in the catalog or not.
 */
export function isIbmName(name: string): boolean {
  return PREFIX.test(name);
}

/** IBM's names without the prefix that all of them share, and every other name as it is. */
export function shortName(name: string): string {
  return name.replace(PREFIX, '');
}
