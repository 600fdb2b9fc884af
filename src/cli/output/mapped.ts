/** Events in the words of other systems, one a line of JSON. */
import { toCloudEvent } from '../../formats/cloudevents.ts';
import { toEcs } from '../../formats/ecs/to-ecs.ts';
import { toOcsf } from '../../formats/ocsf/to-ocsf.ts';
import type { EventFormat, FormatOptions } from './format.ts';
import { lines } from './json.ts';

/** One mapped event a line; with its record where that is asked for. */
export function mappedLines(
  format: 'ocsf' | 'ecs' | 'cloudevents',
  { raw = false, ocsfVersion }: FormatOptions,
): EventFormat {
  switch (format) {
    case 'ocsf': {
      const options = { raw, ...(ocsfVersion && { version: ocsfVersion }) };
      return lines((event) => toOcsf(event, options));
    }
    case 'ecs':
      return lines((event) => toEcs(event, { raw }));
    case 'cloudevents':
      return lines((event) => toCloudEvent(event, { raw }));
  }
}
