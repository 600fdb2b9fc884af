/**
 * Every entry of AWS.
 *
 * @module
 */
import { AWS_EVENTS } from './aws.ts';
import { EntryTable } from './entry-table.ts';
import { NATIVE_EVENTS } from './native.ts';

export const AWS_TABLE = /* @__PURE__ */ new EntryTable('aws', [AWS_EVENTS, NATIVE_EVENTS]);
