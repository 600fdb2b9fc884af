/** What a row of the table is about: a name of the secrets managers, or one of another service, of which less is known. */
import type { ServiceEvent } from '../../src/catalog/services/service-event.ts';
import { isFamily, kindOf, readOnlyOf, type Subject } from './subject.ts';

export type Row = Subject | ServiceEvent;

export function isOther(row: Row): row is ServiceEvent {
  return 'basis' in row;
}

/** The service that a row is found under: what models and pages call it, where no event source is known. */
export function serviceOf(row: Row): string {
  return isOther(row) ? (row.service ?? row.product) : row.service;
}

/** The word of its column. */
export function kindWord(row: Row): string {
  if (isOther(row)) return row.pattern ? `${row.basis}, family` : row.basis;
  return isFamily(row) ? 'api, family' : kindOf(row);
}

/** `yes`, `no`, or `unknown` where no source settles it. */
export function readOnlyWord(row: Row): 'yes' | 'no' | 'unknown' {
  const readOnly = isOther(row) ? row.readOnly : readOnlyOf(row);
  return readOnly === undefined ? 'unknown' : readOnly ? 'yes' : 'no';
}
