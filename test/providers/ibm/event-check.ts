import { expect } from 'vitest';
import type { AuditEvent } from '../../../src/model/event.ts';
import { assertEvent } from '../../support/event-invariants.ts';

/** Fails unless an event is what every event is, and what those of this provider are besides. */
export function assertIbmEvent(event: AuditEvent): void {
  assertEvent(event);
  expect(event.provider).toBe('ibm');
  expect(['api', 'notification']).toContain(event.kind);
  expect(event.secret === undefined || event.service === 'secrets-manager').toBe(true);
}
