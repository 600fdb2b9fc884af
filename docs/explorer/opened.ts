/** What a row opens to: a head with its link, and the details. */
import { copyButton } from './copy-button.ts';
import { detailsOf } from './details.ts';
import { element } from './element.ts';
import { otherDetails } from './other-details.ts';
import type { Others } from './others.ts';
import { hashOf, NOWHERE } from './place.ts';
import { isOther, type Row, serviceOf } from './row.ts';

/** `status` is where it says what was copied. Rows of other services are there when `others` are. */
export function openedRow(row: Row, others: Others | undefined, status: HTMLElement): HTMLElement {
  const place = { ...NOWHERE, event: row.name, ...(isOther(row) && { service: serviceOf(row) }) };
  const link = new URL(hashOf(place), location.href).href;
  const copy = copyButton(row.name, () => link, status, 'Copy link');
  const parts = isOther(row) ? others && otherDetails(row, others, status) : detailsOf(row, status);
  return element(
    'div',
    { class: 'details' },
    element('p', { class: 'meaning' }, isOther(row) ? row.product : row.title, ' ', copy),
    ...(parts ?? []),
  );
}
