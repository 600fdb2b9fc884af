/**
 * What IBM's names look like.
 *
 * @module
 */

/**
 * Whether a name can only be one of IBM Cloud Secrets Manager: of an audit event or of a notice, in the catalog or not.
 */
export function isIbmName(name: string): boolean {
  return /^(?:com\.ibm\.cloud\.)?secrets-manager\./.test(name);
}
