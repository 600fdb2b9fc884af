/**
 * Where IBM Cloud Secrets Manager sends its audit events from. AWS needs no such table: CloudTrail records Secrets
 * Manager wherever the service runs.
 *
 * @module
 */

/** A region that sends audit events. */
export interface EventRegion {
  /** IBM's region id: `us-south`. */
  readonly id: string;
  /** The city it is named after. */
  readonly place: string;
  readonly geography: 'Americas' | 'Asia Pacific' | 'Europe';
  /** Date on which it began to send events (`YYYY-MM-DD`), where the release notes say so. */
  readonly since?: string;
}

/** The regions of one page text. */
export interface EventRegions {
  /** Date of the page text (`YYYY-MM-DD`). A region that is missing may have been added since. */
  readonly asOf: string;
  readonly regions: readonly EventRegion[];
  readonly note?: string;
  /** The page it comes from. */
  readonly source: string;
}

/**
 * The 13 regions where the standard plan of IBM Cloud Secrets Manager sends audit events.
 *
 * Source: IBM's page `at_events`; dates from its release notes.
 */
export const IBM_EVENT_REGIONS: EventRegions = {
  asOf: '2026-07-02',
  regions: [
    { id: 'au-syd', place: 'Sydney', geography: 'Asia Pacific' },
    { id: 'br-sao', place: 'Sao Paulo', geography: 'Americas' },
    { id: 'ca-mon', place: 'Montreal', geography: 'Americas', since: '2025-07-29' },
    { id: 'ca-tor', place: 'Toronto', geography: 'Americas' },
    { id: 'eu-de', place: 'Frankfurt', geography: 'Europe' },
    { id: 'eu-es', place: 'Madrid', geography: 'Europe' },
    { id: 'eu-gb', place: 'London', geography: 'Europe' },
    { id: 'in-che', place: 'Chennai', geography: 'Asia Pacific', since: '2026-02-09' },
    { id: 'in-mum', place: 'Mumbai', geography: 'Asia Pacific', since: '2026-05-07' },
    { id: 'jp-osa', place: 'Osaka', geography: 'Asia Pacific' },
    { id: 'jp-tok', place: 'Tokyo', geography: 'Asia Pacific' },
    { id: 'us-east', place: 'Washington', geography: 'Americas' },
    { id: 'us-south', place: 'Dallas', geography: 'Americas' },
  ],
  source: 'https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-at_events',
};

/**
 * The regions where the Vault Dedicated plan of IBM Cloud Secrets Manager sends audit events.
 *
 * Source: IBM's page `vault-dedicated-at-events`.
 */
export const VAULT_EVENT_REGIONS: EventRegions = {
  asOf: '2026-09-20',
  regions: [
    { id: 'eu-de', place: 'Frankfurt', geography: 'Europe' },
    { id: 'us-south', place: 'Dallas', geography: 'Americas' },
  ],
  note: 'The text of 2026-08-28 also named Paris (eu-fr2).',
  source: 'https://cloud.ibm.com/docs/secrets-manager?topic=secrets-manager-vault-dedicated-at-events',
};
