import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/model/error.ts';
import { useFolder } from './support/folder.ts';
import { inChunks, readAll } from './support/reading.ts';
import { trailRecord, trailRecords } from './support/records.ts';

const folder = useFolder();
const text = (value: unknown, indent?: number) => JSON.stringify(value, null, indent);
const good = trailRecords(4).map((record) => text(record));
const indented = text({ Records: [JSON.parse(good[0] as string), { x: 1 }, JSON.parse(good[1] as string)] }, 1);
const codes = (notices: readonly { code: string; place?: string | undefined }[]) =>
  notices.map(({ code, place }) => [code, place]);

async function thrown(action: Promise<unknown>): Promise<AuditError> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!AuditError.is(error)) throw new Error(`expected an AuditError, not ${String(error)}`);
  return error;
}

describe('what is wrong in a file is counted and named, and the rest comes', () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[], readonly (readonly [string, number])[]]>> =
    {
      'a line that is no JSON': [`${good[0]}\noops\n${good[1]}`, ['e0', 'e1'], [['malformed-record', 2]]],
      'a line cut short': [
        `${good[0]}\n${good[1]?.slice(0, 100)}\n${good[2]}`,
        ['e0', 'e2'],
        [['malformed-record', 2]],
      ],
      'the last line, cut short': [`${good[0]}\n${good[1]?.slice(0, 100)}`, ['e0'], [['truncated-file', 2]]],
      'a value that is no record': [
        `${good[0]}\n{"hello":1}\n[5]\n"x"\n${good[1]}`,
        ['e0', 'e1'],
        [
          ['not-a-record', 2],
          ['not-a-record', 3],
          ['not-a-record', 4],
        ],
      ],
      'a zero byte': [`${good[0]?.replace('eventTime', 'event\0ime')}\n${good[1]}`, ['e1'], [['malformed-record', 1]]],
      'a record without a time': [`${good[0]}\n${text(trailRecord('never'))}`, ['e0'], [['malformed-record', 2]]],
      'a record of a container': [
        `{"Records":[\n${good[0]},\n${text(trailRecord('never'))},\n${good[1]}\n]}`,
        ['e0', 'e1'],
        [['malformed-record', 3]],
      ],
      'a record of an indented container': [
        indented,
        ['e0', 'e1'],
        [['not-a-record', indented.split('\n').findIndex((line) => line.includes('"x"'))]],
      ],
      'a container cut short': [
        `{"Records":[${good[0]},\n${good[1]},\n${good[2]?.slice(0, -1)}`,
        ['e0', 'e1'],
        [['truncated-file', 3]],
      ],
      'a container with a lost quote': [
        `{"Records":[${good[0]},\n${good[1]?.replace('"awsRegion', 'awsRegion')},\n${good[2]}]}`,
        ['e0', 'e2'],
        [['malformed-record', 2]],
      ],
    };

  test.each(Object.entries(cases))('%s', async (_, [content, ids, problems]) => {
    const path = folder.write('a.json', content);
    const after = folder.write('b.json', good[3] as string);
    const read = await readAll([path, after]);
    expect(read.ids).toEqual([...ids, 'e3']);
    expect(codes(read.notices)).toEqual(problems.map(([code, line]) => [code, `${path}:${line}`]));
    expect(read.counts.malformed).toBe(problems.length);
    for (const { incomplete, code } of read.notices) expect(incomplete).toBe(code !== 'not-a-record');

    const error = await thrown(readAll([path, after], { strict: true }));
    expect(error.code).toBe('malformed');
    expect(error.message).toContain(`${path}:${problems[0]?.[1]}: `);
    expect(error.source).toBe('files');
  });

  test('no message holds what was in the file', async () => {
    const secret = 'hunter2-hunter2';
    const bodies = [
      `{"SecretString":"${secret}`,
      secret,
      `{"a":${secret}}`,
      `[{"${secret}"}]`,
      `{"${secret}":tru}`,
      `"${secret}"`,
      `${good[0]}\n${secret}`,
    ];
    for (const body of bodies) {
      const path = folder.write('a', body);
      const { notices } = await readAll(path);
      expect(notices.length).toBeGreaterThan(0);
      expect(text(notices)).not.toContain('hunter2');
      expect((await thrown(readAll(path, { strict: true }))).message).not.toContain('hunter2');
    }
  });

  test('a file of garbage makes twenty notices of a kind, and the count of all', async () => {
    const path = folder.write('a', `${'oops\n'.repeat(500)}${'{"a":1}\n'.repeat(300)}`);
    const { notices, counts } = await readAll(path);
    for (const [code, more] of [
      ['malformed-record', 480],
      ['not-a-record', 280],
    ] as const) {
      const told = notices.filter((notice) => notice.code === code);
      expect(told).toHaveLength(21);
      expect(told.at(-1)).toMatchObject({
        message: `${more} more of this kind in one file are counted and not named.`,
        place: path,
      });
    }
    expect(counts.malformed).toBe(800);
    const few = await readAll(folder.write('b', 'oops\n'.repeat(20)));
    expect(few.notices).toHaveLength(20);
  });

  test('a record over the bound is passed over and named', async () => {
    const path = folder.write(
      'a',
      [good[0], text(trailRecord('2026-05-01T10:00:00Z', { extra: { pad: 'x'.repeat(5000) } })), good[1]].join('\n'),
    );
    const read = await readAll(path, { maxRecordBytes: 4000 });
    expect(read.ids).toEqual(['e0', 'e1']);
    expect(codes(read.notices)).toEqual([['size-limit', `${path}:2`]]);
    expect(read.counts.malformed).toBe(1);
  });

  test('an empty file is no problem', async () => {
    expect(
      await readAll([folder.write('a', ''), folder.write('b', '\n'), folder.write('c.gz', gzipSync(''))]),
    ).toMatchObject({ ids: [], notices: [] });
  });
});

describe('gzip', () => {
  const many = trailRecords(400);
  const packed = gzipSync(text({ Records: many }));

  test('a file cut off gives what it still holds', async () => {
    for (const [size, part] of [
      [1, 0.5],
      [1000, 0.9],
      [1 << 16, 0.99],
    ] as const) {
      const cutOff = packed.subarray(0, packed.length * part);
      const read = await readAll('-', { stdin: inChunks(cutOff, size) });
      expect(read.ids.length).toBeGreaterThan(400 * part * 0.7);
      expect(read.ids).toEqual(many.map((record) => record['eventID']).slice(0, read.ids.length));
      expect(codes(read.notices)).toEqual([['truncated-file', '<stdin>']]);
      expect(read.counts.malformed).toBe(1);
    }
  });

  test('a small file cut off, down to its first bytes', async () => {
    for (const keep of [2, 3, 9, 10, 11, 20, packed.length - 9, packed.length - 1]) {
      const path = folder.write('a.gz', packed.subarray(0, keep));
      const read = await readAll(path);
      expect(codes(read.notices)).toEqual([['truncated-file', path]]);
      const error = await thrown(readAll(path, { strict: true }));
      expect([error.code, error.message]).toEqual([
        'malformed',
        `${path}: A compressed file is cut off; what could be unpacked was read.`,
      ]);
    }
    expect((await readAll(folder.write('a.gz', packed.subarray(0, -1)))).ids).toHaveLength(400);
  });

  test('a damaged file gives what comes before the damage', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, packed.length / 2, packed.length / 2 + 50);
    const read = await readAll(folder.write('a.gz', damaged));
    expect(read.ids.length).toBeGreaterThan(100);
    expect(codes(read.notices)).toContainEqual(['truncated-file', folder.at('a.gz')]);
    const sum = Buffer.from(packed);
    sum[packed.length - 6] = (sum[packed.length - 6] as number) ^ 1;
    const wrongSum = await readAll(folder.write('a.gz', sum));
    expect([wrongSum.ids.length, codes(wrongSum.notices)]).toEqual([400, [['truncated-file', folder.at('a.gz')]]]);
  });

  test('several members, at any border, and gzip in gzip', async () => {
    const members = Buffer.concat(good.map((record) => gzipSync(`${record}\n`)));
    for (const size of [1, 5, 1 << 16]) {
      expect((await readAll('-', { stdin: inChunks(members, size) })).ids).toEqual(['e0', 'e1', 'e2', 'e3']);
      expect((await readAll('-', { stdin: inChunks(gzipSync(members), size) })).ids).toEqual(['e0', 'e1', 'e2', 'e3']);
    }
    const deep = await readAll(folder.write('a', gzipSync(gzipSync(gzipSync(members)))));
    expect(codes(deep.notices)).toEqual([['unreadable-file', folder.at('a')]]);
  });

  test('a file that unpacks to more than the bound is left there, and the next one is read', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${good[0]}\n`), Buffer.alloc(64 << 20, ' ')]));
    const path = folder.write('a.gz', bomb);
    const read = await readAll([path, folder.write('b', good[1] as string)], { maxFileBytes: 1 << 20 });
    expect(read.ids).toEqual(['e0', 'e1']);
    expect(codes(read.notices)).toEqual([['size-limit', path]]);
    expect(read.notices[0]?.message).toMatch(/more than 1048576 bytes.*raise maxFileBytes/);
    // Not a byte over the bound was looked at.
    expect(read.counts.bytes).toBe((1 << 20) + Buffer.byteLength(good[1] as string));
    const error = await thrown(readAll(path, { strict: true, maxFileBytes: 1 << 20 }));
    expect([error.code, error.message.startsWith(`${path}: `)]).toEqual(['malformed', true]);
  });

  test('the bound is exact', async () => {
    const path = folder.write('a.gz', packed);
    const bytes = Buffer.byteLength(text({ Records: many }));
    expect((await readAll(path, { maxFileBytes: bytes })).notices).toEqual([]);
    const less = await readAll(path, { maxFileBytes: bytes - 1 });
    expect([less.counts.bytes, codes(less.notices)[0]]).toEqual([bytes - 1, ['size-limit', path]]);
  });

  test('a gigabyte of nothing is over at once, in little memory', async () => {
    // A gigabyte of zeros: a thousand copies of one deflated megabyte.
    const members = Buffer.concat(Array(1024).fill(gzipSync(Buffer.alloc(1 << 20))));
    const path = folder.write('bomb.gz', members);
    const before = process.memoryUsage().arrayBuffers;
    const read = await readAll(path);
    expect(codes(read.notices)).toEqual([['unreadable-file', path]]);
    expect(read.counts.bytes).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
  });
});

describe('packed payloads', () => {
  const pack = (body: string | Uint8Array) => gzipSync(body).toString('base64');
  const payload = (records: readonly string[]) =>
    text({
      messageType: 'DATA_MESSAGE',
      logEvents: records.map((message, i) => ({ id: `${i}`, timestamp: i, message })),
    });

  test.each<[string, string, RegExp]>([
    ['that is no gzip', `H4sI${'A'.repeat(40)}`, /no base64 of gzip/],
    ['that is cut off', pack(payload(good)).slice(0, 80), /no base64 of gzip/],
    ['that holds no JSON', pack('oops'), /no JSON/],
    ['that holds a list', pack('[1]'), /no records/],
    ['that is packed twice', pack(text({ awslogs: { data: pack(payload(good)) } })), /no records/],
    [
      'that is larger than a record may be',
      pack(Buffer.alloc(64 << 20, ' ')),
      /larger than 1048576 bytes \(maxRecordBytes\)/,
    ],
  ])('one %s is a record that is lost', async (_, data, message) => {
    for (const line of [data, text({ awslogs: { data } }), text(data)]) {
      const path = folder.write('a', `${good[0]}\n${line}\n${good[1]}`);
      const read = await readAll(path, { maxRecordBytes: 1 << 20 });
      expect(read.ids).toEqual(['e0', 'e1']);
      expect(read.notices).toEqual([
        { code: 'malformed-record', message: expect.stringMatching(message), place: `${path}:2`, incomplete: true },
      ]);
    }
  });

  test('a payload is not taken for a problem, whatever its members', async () => {
    const read = await readAll(
      folder.write('a', pack(text({ problem: 'not-a-record', reason: 'x', ...JSON.parse(payload(good)) }))),
    );
    expect(read.ids).toEqual(['e0', 'e1', 'e2', 'e3']);
  });
});

describe('content without an end', () => {
  async function* endless(start: string, part: string, megabytes: number): AsyncGenerator<Uint8Array> {
    yield Buffer.from(start);
    const chunk = Buffer.from(part.repeat(Math.ceil((1 << 20) / part.length)));
    for (let i = 0; i < megabytes; i++) yield chunk;
  }

  test.each([
    ['a text', '{"a":"', 'xyz'],
    ['a key', '{"', 'Records'],
    ['a member', '{"a":[', '1,'],
    ['an element', '{"Records":[{"a":[', '{},'],
    ['brackets', '', '['],
    ['one line of words', 'x', 'yz'],
    ['one line of base64', 'H4sI', 'AAAA'],
    ['white space', '', ' '],
  ])('%s stays in little memory', async (_, start, part) => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* watched() {
      for await (const chunk of endless(start, part, 96)) {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        yield chunk;
      }
    }
    const read = await readAll('-', { stdin: watched(), maxRecordBytes: 1 << 20 });
    expect(read.notices.length).toBeLessThanOrEqual(2);
    expect(most).toBeLessThan(32 << 20);
  });
});

describe('other formats are told by their first bytes', () => {
  test.each<[string, Uint8Array | string, RegExp]>([
    ['zstd', Buffer.from('28b52ffd2404', 'hex'), /zstd-compressed.*zstd -d/],
    ['bzip2', 'BZh91AY&SY', /bzip2-compressed.*bunzip2/],
    ['zip', 'PK\x03\x04\x14', /zip archive.*unzip/],
    ['parquet', 'PAR1\x15\x04', /Parquet.*JSON lines/],
    ['xz', Buffer.from('fd377a585a000004', 'hex'), /xz-compressed.*unxz/],
    ['tar', Buffer.concat([Buffer.alloc(257, 'a'), Buffer.from('ustar\0'), Buffer.alloc(249)]), /tar archive.*tar -xf/],
    ['UTF-16, little endian', Buffer.from('\ufeff{"a":1}', 'utf16le'), /UTF-16.*iconv/],
    ['UTF-16, big endian', Buffer.from('feff007b', 'hex'), /UTF-16.*iconv/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /binary data/],
    ['parquet in gzip', gzipSync('PAR1\x15\x04'), /Parquet/],
  ])('%s', async (_, content, message) => {
    const path = folder.write('a.json', content);
    const after = folder.write('b.json', good[0] as string);
    for (const paths of [path, '-']) {
      const read = await readAll([paths, after], { stdin: inChunks(Buffer.from(content), 3) });
      expect(read.ids).toEqual(['e0']);
      expect(codes(read.notices)).toEqual([['unreadable-file', paths === '-' ? '<stdin>' : path]]);
      expect(read.notices[0]?.message).toMatch(message);
    }
    expect((await thrown(readAll(path, { strict: true }))).code).toBe('malformed');
  });
});
