/** Events as a table for people. */
import type { Actor, AuditEvent, SecretRef } from '../../model/event.ts';
import type { EventFormat } from './format.ts';
import { type Cell, type Column, type Style, TextTable } from './text-table.ts';

const MISSING = '-';

/** Who, what and how it ended outlive where it came from when the terminal is narrow. */
function columnsFor(width: number): readonly Column[] {
  const time = timeLength(width);
  return [
    { header: 'TIME (UTC)', min: time, max: time, rank: 6 },
    { header: 'CLOUD', min: 5, max: 5, rank: 3 },
    { header: 'EVENT', min: 16, usual: 28, max: 36, rank: 8 },
    { header: 'OUTCOME', min: 7, max: 7, rank: 7 },
    { header: 'ACTOR', min: 12, usual: 24, max: 32, rank: 4, cut: 'end' },
    { header: 'SECRET', min: 12, usual: 28, max: 40, rank: 5 },
    { header: 'ORIGIN', min: 15, usual: 15, max: 30, rank: 2 },
    { header: 'REGION', min: 9, usual: 9, max: 14, rank: 1 },
  ];
}

/** A table with one line an event. */
export function eventTable(options: { readonly width: number; readonly colour: boolean }): EventFormat {
  const table = new TextTable(columnsFor(options.width), options);
  const time = timeLength(options.width);
  return {
    page: (events) => table.rows(events.map((event) => rowOf(event, time))),
    end: () => '',
  };
}

function timeLength(width: number): number {
  if (width >= 130) return 19;
  return width >= 72 ? 14 : 11;
}

function rowOf(event: AuditEvent, time: number): Cell[] {
  const { actor, origin } = event;
  return [
    { text: timeText(event.time, time), style: 'dim' },
    { text: event.provider },
    { text: shortName(event.name) },
    outcomeOf(event),
    { text: actorText(actor) },
    { text: secretText(event) },
    { text: origin.ip ?? serviceText(origin.service) ?? origin.vpcEndpoint ?? MISSING },
    { text: event.region ?? MISSING },
  ];
}

/** A session says little without the role behind it: `orders-api/orders-api-7c9d5f64b`. */
function actorText({ role, name, id }: Actor): string {
  if (role !== undefined && name !== undefined && role !== name) return `${role}/${name}`;
  return serviceText(name) ?? role ?? id ?? MISSING;
}

/** `secretsmanager` of `secretsmanager.amazonaws.com`. */
function serviceText(name: string | undefined): string | undefined {
  return name?.replace(/(?<=.)\.amazonaws\.com$/, '');
}

/** `2026-11-09 09:10:05`; without the year, and then without the seconds, where the room is short. */
function timeText(time: Date, length: number): string {
  const text = time.toISOString().replace('T', ' ');
  if (length === 19) return text.slice(0, 19);
  return text.slice(5, 5 + length);
}

const OUTCOME_STYLE: Readonly<Record<AuditEvent['outcome'], Style | undefined>> = {
  success: undefined,
  failure: 'red',
  pending: 'yellow',
  unknown: 'dim',
};

function outcomeOf(event: AuditEvent): Cell {
  if (event.denied) return { text: 'DENIED', style: ['bold', 'red'] };
  return { text: event.outcome, style: OUTCOME_STYLE[event.outcome] };
}

/** IBM's names without the prefix that all of them share; `--name` takes them so, too. */
function shortName(name: string): string {
  return name.replace(/^(?:com\.ibm\.cloud\.)?secrets-manager\./, '');
}

function secretText({ secret, secrets }: AuditEvent): string {
  if (secret === undefined) return MISSING;
  const others = (secrets?.length ?? 1) - 1;
  return others > 0 ? `${nameOf(secret)} +${others}` : nameOf(secret);
}

/** The name, or what is left of an ARN or CRN without the part that all secrets share. */
function nameOf({ id, name }: SecretRef): string {
  return name ?? (/:secret:([^:]+)$/.exec(id)?.[1] || id);
}
