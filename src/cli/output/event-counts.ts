/** How many events there are of each kind, in place of the events. */
import { shortName } from '../../catalog/ibm-name.ts';
import { isoTime } from '../../formats/iso-time.ts';
import type { AuditEvent } from '../../model/event.ts';
import { secretName } from './event-words.ts';
import type { EventFormat, Format } from './format.ts';
import { indentedJson, json } from './json.ts';
import { type Column, TextTable } from './text-table.ts';
import { ageText, stampText, type TimeForm, wallTime } from './time-text.ts';

/** What events can be counted by. */
export const GROUP_KEYS = ['actor', 'action', 'secret', 'name'] as const;

/** One of {@link GROUP_KEYS}. */
export type GroupKey = (typeof GROUP_KEYS)[number];

/** The formats that counts have. */
export const COUNT_FORMATS = ['table', 'jsonl', 'json', 'csv'] as const satisfies readonly Format[];

/** Groups that are kept in memory; names are chosen by strangers, so there must be an end. */
const MOST = 500_000;

type Value = string | undefined;

interface Group {
  readonly values: readonly Value[];
  count: number;
  denied: number;
  first: Date;
  last: Date;
}

/** A session is one of many of its role, so the role is what counts; several secrets of one event count one by one. */
const VALUES: Readonly<Record<GroupKey, (event: AuditEvent) => readonly Value[]>> = {
  actor: ({ actor: { role, name, id } }) => [role ?? name ?? id],
  action: ({ action }) => [action],
  name: ({ name }) => [name],
  secret: ({ secret, secrets }) => {
    const names = (secrets ?? (secret ? [secret] : [])).map(secretName);
    return names.length > 0 ? [...new Set(names)] : [undefined];
  },
};

/** Counts by one or several keys, the largest first; written when all events are counted. */
export function eventCounts(
  keys: readonly GroupKey[],
  format: Format,
  options: { readonly width: number; readonly colour: boolean; readonly time?: TimeForm | undefined },
): EventFormat {
  const groups = new Map<string, Group>();
  return {
    page(events) {
      for (const event of events) {
        for (const values of combinations(keys.map((key) => VALUES[key](event)))) add(groups, values, event);
      }
      return '';
    },
    end() {
      const sorted = [...groups.values()].sort((a, b) => b.count - a.count || compare(a.values, b.values));
      return textOf(keys, sorted, format, options);
    },
  };
}

function add(groups: Map<string, Group>, values: readonly Value[], { time, denied }: AuditEvent): void {
  const id = JSON.stringify(values);
  let group = groups.get(id);
  if (group === undefined) {
    if (groups.size === MOST) {
      throw new Error(
        `--group-by: more than ${MOST.toLocaleString('en-US')} groups; ask for less time or for fewer keys`,
      );
    }
    group = { values, count: 0, denied: 0, first: time, last: time };
    groups.set(id, group);
  }
  group.count++;
  if (denied) group.denied++;
  if (time < group.first) group.first = time;
  if (time > group.last) group.last = time;
}

/** One value of each key, in every way. */
function combinations(values: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  return values.reduce<readonly (readonly Value[])[]>(
    (before, some) => before.flatMap((one) => some.map((value) => [...one, value])),
    [[]],
  );
}

function compare(a: readonly Value[], b: readonly Value[]): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : 1;
}

async function textOf(
  keys: readonly GroupKey[],
  groups: readonly Group[],
  format: Format,
  options: Parameters<typeof eventCounts>[2],
): Promise<string> {
  if (format === 'table') return groups.length === 0 ? '' : tableOf(keys, groups, options);
  const header = [...keys, 'count', 'denied', 'first', 'last'];
  const rows = groups.map(({ values, count, denied, first, last }) => [
    ...values.map((value) => value ?? null),
    ...[count, denied, isoTime(first), isoTime(last)],
  ]);
  if (format === 'csv') {
    const { csvLines } = await import('./csv.ts');
    return csvLines([header, ...rows.map((row) => row.map((value) => String(value ?? '')))]);
  }
  const objects = rows.map((row) => Object.fromEntries(header.map((key, at) => [key, row[at]])));
  return format === 'json' ? `${indentedJson(objects)}\n` : objects.map((object) => `${json(object)}\n`).join('');
}

function tableOf(
  keys: readonly GroupKey[],
  groups: readonly Group[],
  { time = 'utc', ...options }: Parameters<typeof eventCounts>[2],
): Promise<string> {
  const now = Date.now();
  const zone = { utc: ' (UTC)', local: ' (LOCAL)', relative: '' }[time];
  const stamp = (at: Date) => (time === 'relative' ? ageText(at.getTime(), now) : stampText(wallTime(at, time)));
  const columns: readonly Column[] = [
    { header: 'COUNT', min: 5, max: 12, rank: 9 },
    { header: 'DENIED', min: 6, max: 12, rank: 8 },
    ...keys.map((key, at) => ({ header: key.toUpperCase(), min: 12, max: 60, rank: 7 - at })),
    { header: `LAST${zone}`, min: time === 'relative' ? 8 : 19, max: 19, rank: 2 },
    { header: `FIRST${zone}`, min: time === 'relative' ? 8 : 19, max: 19, rank: 1 },
  ];
  return new TextTable(columns, options).rows(
    groups.map(({ values, count, denied, first, last }) => [
      { text: String(count), style: 'bold' },
      denied > 0 ? { text: String(denied), style: ['bold', 'red'] } : { text: '-' },
      ...values.map((value, at) => ({
        text: value === undefined ? '-' : keys[at] === 'name' ? shortName(value) : value,
      })),
      ...[last, first].map((at) => ({ text: stamp(at), style: 'dim' as const })),
    ]),
  );
}
