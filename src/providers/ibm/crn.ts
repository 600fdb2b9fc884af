/** Cloud Resource Names, which IBM Cloud gives to everything. */

/** The parts of a Cloud Resource Name. A part that is empty in the name is missing here. */
export interface Crn {
  /** `bluemix` for the public cloud. */
  readonly cname?: string;
  /** `public`, `dedicated`, `local`. */
  readonly ctype?: string;
  /** `secrets-manager`. */
  readonly service?: string;
  /** A region (`us-south`), a zone (`us-south-1`) or `global`. */
  readonly region?: string;
  /** The account, without the `a/` in front; missing where the scope is an organisation or a space. */
  readonly account?: string;
  /** The service instance. */
  readonly instance?: string;
  /** `secret`. */
  readonly resourceType?: string;
  /** The id of the secret. It may itself hold colons. */
  readonly resource?: string;
}

const MAX_LENGTH = 2048;

/**
 * Takes a Cloud Resource Name apart: `crn:v1:<cname>:<ctype>:<service>:<region>:a/<account>:<instance>:<type>:<id>`.
 * `undefined` for every other text. Trailing parts may be missing, as they are in some records.
 *
 * Source: IBM Cloud docs, `account` / `crn`; the form of a secret's name: `secrets-manager` / `event-notifications`.
 *
 * @example
 * ```ts
 * import { parseCrn } from 'secret-events/ibm';
 *
 * const crn = parseCrn('crn:v1:bluemix:public:secrets-manager:us-south:a/1b2c:5f7e:secret:9d3a');
 * console.log(crn?.region, crn?.account, crn?.instance, crn?.resource); // us-south 1b2c 5f7e 9d3a
 * ```
 */
export function parseCrn(text: string): Crn | undefined {
  if (!text.startsWith('crn:v') || text.length > MAX_LENGTH) return undefined;
  const parts = text.split(':');
  if (parts.length < 5) return undefined;
  const crn: { -readonly [K in keyof Crn]: Crn[K] } = {};
  if (parts[2]) crn.cname = parts[2];
  if (parts[3]) crn.ctype = parts[3];
  if (parts[4]) crn.service = parts[4];
  if (parts[5]) crn.region = parts[5];
  const scope = parts[6];
  if (scope !== undefined && scope.length > 2 && scope.startsWith('a/')) crn.account = scope.slice(2);
  if (parts[7]) crn.instance = parts[7];
  if (parts[8]) crn.resourceType = parts[8];
  const resource = parts.length > 10 ? parts.slice(9).join(':') : parts[9];
  if (resource) crn.resource = resource;
  return crn;
}
