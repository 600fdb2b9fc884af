/** Events as JSON: one a line, one array, or the provider's own records. */
import type { AuditEvent } from '../../model/event.ts';
import { printableJson } from '../printable.ts';
import type { EventFormat } from './format.ts';

/** One {@link AuditEvent} a line. */
export function jsonLines({ raw = true }: { readonly raw?: boolean | undefined }): EventFormat {
  return lines((event) => (raw ? event : { ...event, raw: undefined }));
}

/** The provider's record of each event, one a line. */
export function rawLines(): EventFormat {
  return lines((event) => event.raw);
}

/** One array, written as it comes. It is closed only when everything is in it, so what is cut off does not parse. */
export function jsonArray({ raw = true }: { readonly raw?: boolean | undefined }): EventFormat {
  let separator = '[\n';
  return {
    page(events) {
      let text = '';
      for (const event of events) {
        text += separator + json(raw ? event : { ...event, raw: undefined });
        separator = ',\n';
      }
      return text;
    },
    end: () => (separator === '[\n' ? '[]\n' : '\n]\n'),
  };
}

/** Whatever a function makes of each event, one a line. */
export function lines(of: (event: AuditEvent) => unknown): EventFormat {
  return {
    page: (events) => events.map((event) => `${json(of(event))}\n`).join(''),
    end: () => '',
  };
}

/** A value as one line of JSON that is safe to print. */
export function json(value: unknown): string {
  return printableJson(JSON.stringify(value) ?? 'null');
}

/** A value as JSON of several lines that is safe to print. */
export function indentedJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).split('\n').map(printableJson).join('\n');
}
