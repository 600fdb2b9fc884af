/** What a table or a CSV can show of an event, column by column. */
import { fieldText } from '../../formats/field-text.ts';
import type { AuditEvent } from '../../model/event.ts';
import { FIELD_NAMES, type FieldName } from '../../model/field.ts';
import { actorText, originText, secretText } from './event-words.ts';

/** Who, to what and from where, in one column each, as people say it. */
const SPOKEN = { actor: actorText, secret: secretText, origin: originText } satisfies Readonly<
  Record<string, (event: AuditEvent) => string | undefined>
>;

/** A column: a field, or what people say of several of them. */
export type ColumnName = FieldName | keyof typeof SPOKEN;

/** The columns that the table has when none are named. */
export const USUAL_COLUMNS = ['time', 'provider', 'name', 'outcome', 'actor', 'secret', 'origin', 'region'] as const;

/** Every {@link ColumnName}, the usual ones first. */
export const COLUMN_NAMES: readonly ColumnName[] = [...new Set<ColumnName>([...USUAL_COLUMNS, ...FIELD_NAMES])];

/** What an event has in a column; nothing where it has nothing. */
export function columnText(event: AuditEvent, name: ColumnName): string {
  if (isSpoken(name)) return SPOKEN[name](event) ?? '';
  return fieldText(event, name);
}

function isSpoken(name: ColumnName): name is keyof typeof SPOKEN {
  return Object.hasOwn(SPOKEN, name);
}
