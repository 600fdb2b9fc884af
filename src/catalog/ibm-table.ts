/**
 * Every entry of IBM Cloud: what is current before what is not.
 *
 * @module
 */
import { EntryTable } from './entry-table.ts';
import { IBM_EVENTS, IBM_IAM_EVENTS, IBM_RETIRED_EVENTS } from './ibm.ts';
import { IBM_NOTIFICATIONS } from './ibm-notifications.ts';
import { VAULT_EVENTS } from './ibm-vault.ts';

export const IBM_TABLE = /* @__PURE__ */ new EntryTable('ibm', [
  IBM_EVENTS,
  VAULT_EVENTS,
  IBM_NOTIFICATIONS,
  IBM_IAM_EVENTS,
  IBM_RETIRED_EVENTS,
]);
