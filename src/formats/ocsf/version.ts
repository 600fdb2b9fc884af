/** The versions of OCSF that events can be written in, and where they differ for one event. */
import { AuditError } from '../../model/error.ts';
import { excerpt } from '../../source/problem.ts';

/** The versions of OCSF that {@link toOcsf} writes, the default first. */
export const OCSF_VERSIONS = ['1.8.0', '1.5.0'] as const;

/** One of {@link OCSF_VERSIONS}. */
export type OcsfVersion = (typeof OCSF_VERSIONS)[number];

/** What one version has and the other has not. */
export interface Dialect {
  readonly version: OcsfVersion;
  /** `user.type_id` of a service: Service, or System where there is no Service yet. */
  readonly serviceUser: 3 | 4;
  /** A key id is one of `user.programmatic_credentials`; before 1.6.0 it is `user.credential_uid`. */
  readonly credentialList: boolean;
  /** `resources[].role_id` says that a resource is the target. */
  readonly resourceRole: boolean;
}

const DIALECTS: Readonly<Record<OcsfVersion, Dialect>> = {
  '1.8.0': { version: '1.8.0', serviceUser: 4, credentialList: true, resourceRole: true },
  '1.5.0': { version: '1.5.0', serviceUser: 3, credentialList: false, resourceRole: false },
};

/** @throws AuditError `invalid-argument` for a version that is not written. */
export function dialectOf(version: OcsfVersion | undefined): Dialect {
  if (version === undefined) return DIALECTS['1.8.0'];
  if (Object.hasOwn(DIALECTS, version)) return DIALECTS[version];
  throw new AuditError(
    'invalid-argument',
    `version: there is no OCSF ${excerpt(version)} here; it is one of ${OCSF_VERSIONS.join(', ')}.`,
  );
}
