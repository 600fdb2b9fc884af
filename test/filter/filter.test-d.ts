/** The types of filters, checked by the compiler: what is marked must not compile. */
import type { Filter } from '../../src/filter/filter.ts';
import { matches } from '../../src/filter/match.ts';
import type { AuditEvent } from '../../src/model/event.ts';

declare const event: AuditEvent;

export const taken: readonly Filter[] = [
  {},
  { action: 'secret.read', outcome: ['failure', 'unknown'], denied: true },
  { name: 'GetSecretValue' },
  // Tomorrow's name passes.
  { name: ['SomethingNew', 'secrets-manager.secret.read'] },
  { name: { startsWith: 'Get', exists: true }, 'error.code': { in: ['AccessDenied'] } },
  { time: new Date() },
  { time: { gte: '2026-11-20T00:00:00Z', lt: new Date() } },
  { all: [{ any: [] }, { not: { readOnly: { is: true } } }] },
];

export const refused: readonly Filter[] = [
  // @ts-expect-error no such field
  { actoin: 'secret.read' },
  // @ts-expect-error no such action
  { action: 'secret.reed' },
  // @ts-expect-error no such outcome in the list
  { outcome: ['failure', 'won'] },
  // @ts-expect-error a flag is no text
  { denied: 'true' },
  // @ts-expect-error a flag takes no list
  { denied: [true] },
  // @ts-expect-error a flag has no beginning
  { readOnly: { startsWith: 't' } },
  // @ts-expect-error a text is no number
  { name: 1 },
  // @ts-expect-error no such operator
  { name: { like: 'Get%' } },
  // @ts-expect-error a time takes no list
  { time: [new Date()] },
  // @ts-expect-error a time does not contain
  { time: { contains: '2026' } },
  // @ts-expect-error a list of filters
  { any: { name: 'x' } },
  // @ts-expect-error one filter
  { not: [{ name: 'x' }] },
];

export const answer: boolean = matches({ 'secret.name': { contains: 'db' } }, event);
