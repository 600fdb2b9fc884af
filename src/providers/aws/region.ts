/** Names of AWS Regions, as far as their form goes: a new Region must work the day it opens. */
import { AuditError } from '../../model/error.ts';

/** @internal */
export function checkRegion(region: unknown): void {
  if (typeof region === 'string' && /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/.test(region)) return;
  throw new AuditError(
    'invalid-argument',
    `region: ${JSON.stringify(region)} is no AWS Region; write it like us-east-1`,
  );
}
