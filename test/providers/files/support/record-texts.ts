/** Texts of CloudTrail records in every spelling, sound and damaged, and of files made of them. */
import fc from 'fast-check';

/** Every character as an escape, or only the first. */
const escaped = (text: string, all: boolean) =>
  [...text].map((c, i) => (all || i === 0 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c)).join('');

const sources = fc.oneof(
  { arbitrary: fc.constantFrom('secretsmanager.amazonaws.com', 'kms.amazonaws.com'), weight: 20 },
  { arbitrary: fc.constantFrom('secrets-manager', 'aws:s3', ''), weight: 1 },
);
const times = fc.constantFrom(
  '2026-05-01T10:00:00Z',
  '2026-05-01T10:00:01Z',
  '2026-05-31T23:59:59Z',
  '2026-05-01T10:00:02.5Z',
  '2026-05-01 10:00:03',
  '2026-02-30T10:00:00Z',
  '2026-05-01T24:00:00Z',
  '0999-05-01T10:00:00Z',
  'never',
);
const spelled = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(texts, fc.oneof({ arbitrary: fc.constant(0), weight: 40 }, { arbitrary: fc.constantFrom(1, 2), weight: 1 }))
    .map(([text, how]) => `"${how === 0 ? text : escaped(text, how === 1)}"`);
const scalars = fc.constantFrom('null', 'true', '0', '-1.5e+3', '[]', '{}', '""', '[1, 2]', '{"a": {"b":[{}]}}');
/** Takes the sound values most of the time. */
const mostly = (sound: fc.Arbitrary<string>, odd: fc.Arbitrary<string>) =>
  fc.oneof({ arbitrary: sound, weight: 30 }, { arbitrary: odd, weight: 1 });
const damage = fc.constantFrom(
  '01',
  'tru',
  '-',
  '1.',
  '1e',
  '"\\x"',
  '"\\u12g4"',
  '"a\tb"',
  '"a',
  '}',
  '[1,]',
  '{"a"}',
  'NaN',
  '"\\',
);

const member = (key: string, value: fc.Arbitrary<string>) =>
  fc.tuple(spelled(fc.constant(key)), value).map(([name, text]) => [name, text] as const);
const nested = fc.constantFrom(
  '{"eventSource":"secretsmanager.amazonaws.com","eventName":"GetSecretValue","eventTime":"2026-05-01T10:00:00Z"}',
  '{"Records":[{"eventSource":"secretsmanager.amazonaws.com","eventName":"GetSecretValue","eventTime":"2026-05-01T10:00:00Z"}]}',
  '{"SecretString":"hunter2"}',
);
const others = fc.oneof(
  member('eventVersion', fc.constant('"1.11"')),
  member('userIdentity', nested),
  member(
    'requestParameters',
    fc.oneof(
      nested,
      fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    ),
  ),
  member(
    'eventID',
    fc.integer({ min: 0, max: 99 }).map((id) => `"${id}"`),
  ),
  member(
    'errorMessage',
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  ),
  member('readOnly', mostly(fc.constant('true'), damage)),
  member('eventCategory', fc.constantFrom('"Management"', '"Insight"')),
  fc
    .tuple(fc.string({ unit: 'grapheme', maxLength: 12 }), scalars)
    .map(([key, value]) => [JSON.stringify(key), value] as const),
);
const strange = fc.oneof(
  // With packed data in it, a record of a container is one thing in a small file and another in a large one.
  member('awslogs', fc.constantFrom('{}', '{"data":5}')),
  member('Records', fc.constant('[]')),
  member(
    'events',
    nested.map((text) => `[${text}]`),
  ),
  member('eventSource', spelled(sources)),
  member('eventTime', spelled(times)),
  member('detail-type', fc.constant('"x"')),
);
const timeMember = member(
  'eventTime',
  mostly(spelled(fc.constantFrom('2026-05-01T10:00:00Z', '2026-05-01T10:00:01Z')), fc.oneof(spelled(times), scalars)),
);
const sourceMember = member('eventSource', mostly(spelled(sources), scalars));
const nameMember = member(
  'eventName',
  mostly(spelled(fc.constantFrom('GetSecretValue', 'Decrypt')), fc.oneof(scalars, fc.constant('""'))),
);

/** One record: the three members that settle it, or not all of them, among others. */
export const recordTexts = fc
  .tuple(
    timeMember,
    sourceMember,
    nameMember,
    fc.array(others, { maxLength: 5 }),
    fc.array(strange, { maxLength: 1, size: 'small' }),
    fc.integer({ min: 0, max: 40 }),
    fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
    fc.constantFrom(['', ''], ['', ''], ['', ''], [' ', ' '], [' ', ' '], [' ', ''], ['\n ', ' '], ['  ', '']),
  )
  .map(([time, source, name, more, odd, leave, order, [gap = '', colon = '']]) => {
    const all = [time, source, name].filter((_, i) => i !== leave);
    const members = [...all, ...more, ...(leave % 5 === 0 ? odd : [])];
    const sorted = members.map((one, i) => ({ one, at: order[i] ?? 0 })).sort((a, b) => a.at - b.at);
    return `{${sorted.map(({ one: [key, value] }) => `${key}:${colon}${value}`).join(`,${gap}`)}}`;
  });

const PAD = JSON.stringify('x'.repeat(70_000));

/** Files of several records: containers, arrays, lines; some larger than what is read whole. */
export const fileTexts = fc
  .tuple(
    fc.array(mostly(recordTexts, fc.constantFrom('5', '{"a":1}', '[]', '"x"', '{')), { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 0, max: 8 }),
    fc.constantFrom(',', ', ', ',\n'),
  )
  .map(([records, kind, comma]) => {
    const list = `[${records.join(comma)}]`;
    switch (kind) {
      case 0:
        return list;
      case 1:
        return records.join('\n');
      case 2:
        return records.join('');
      case 3:
        return `{"note":1,"Records":${list}}`;
      case 4:
        return `{"Records":${list},"note":${PAD}}`;
      case 5:
        return `{"note":${PAD},"Records":${list}}`;
      case 6:
        return `{ "Records" : ${list} }`;
      default:
        return `{"Records":${list}}`;
    }
  });
