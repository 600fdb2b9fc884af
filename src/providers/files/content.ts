/** What a file holds, by its first bytes and not by its name. */
import { FileFault } from './fault.ts';
import { inflate } from './inflate.ts';

// Enough for every signature below; tar has its own at 257.
const HEAD = 512;
/** A gzip file in a gzip file happens where a download was packed again. More is no accident. */
const MAX_LAYERS = 2;

const FOREIGN: readonly {
  readonly at: number;
  readonly bytes: Buffer;
  readonly what: string;
  readonly remedy: string;
}[] = [
  { at: 0, bytes: Buffer.from('28b52ffd', 'hex'), what: 'zstd-compressed', remedy: 'unpack it with zstd -d' },
  { at: 0, bytes: Buffer.from('425a68', 'hex'), what: 'bzip2-compressed', remedy: 'unpack it with bunzip2' },
  { at: 0, bytes: Buffer.from('fd377a585a00', 'hex'), what: 'xz-compressed', remedy: 'unpack it with unxz' },
  { at: 0, bytes: Buffer.from('04224d18', 'hex'), what: 'lz4-compressed', remedy: 'unpack it with lz4 -d' },
  { at: 0, bytes: Buffer.from('504b0304', 'hex'), what: 'a zip archive', remedy: 'unpack it with unzip' },
  { at: 0, bytes: Buffer.from('377abcaf271c', 'hex'), what: 'a 7z archive', remedy: 'unpack it with 7z x' },
  { at: 257, bytes: Buffer.from('7573746172', 'hex'), what: 'a tar archive', remedy: 'unpack it with tar -xf' },
  { at: 0, bytes: Buffer.from('50415231', 'hex'), what: 'Parquet', remedy: 'export it as JSON lines first' },
  { at: 0, bytes: Buffer.from('4f5243', 'hex'), what: 'ORC', remedy: 'export it as JSON lines first' },
  { at: 0, bytes: Buffer.from('4f626a01', 'hex'), what: 'Avro', remedy: 'export it as JSON lines first' },
  { at: 0, bytes: Buffer.from('fffe', 'hex'), what: 'UTF-16 text', remedy: 'convert it with iconv -f utf-16 -t utf-8' },
  { at: 0, bytes: Buffer.from('feff', 'hex'), what: 'UTF-16 text', remedy: 'convert it with iconv -f utf-16 -t utf-8' },
];

/**
 * The text of a file in UTF-8, unpacked and without a byte order mark.
 *
 * @internal
 */
export async function* contentOf(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
  layers = 0,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const head = await headOf(iterator);
    const rest = behind(head, iterator);
    if (head[0] === 0x1f && head[1] === 0x8b) {
      if (layers === MAX_LAYERS)
        throw new FileFault('unreadable-file', 'A file is packed with gzip over and over again.');
      yield* contentOf(inflate(rest, maxBytes), maxBytes, layers + 1);
      return;
    }
    refuseForeign(head);
    const text = head.subarray(head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0);
    if (text.length > 0) yield text;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** The first chunk, or as many as make up {@link HEAD} bytes, copied. */
async function headOf(iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  const first = await iterator.next();
  if (first.done) return Buffer.alloc(0);
  if (first.value.length >= HEAD) return first.value;
  const parts = [Buffer.from(first.value)];
  for (let length = first.value.length; length < HEAD; ) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(Buffer.from(next.value));
    length += next.value.length;
  }
  return Buffer.concat(parts);
}

async function* behind(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield head;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

function refuseForeign(head: Buffer): void {
  for (const { at, bytes, what, remedy } of FOREIGN) {
    if (bytes.equals(head.subarray(at, at + bytes.length))) {
      throw new FileFault('unreadable-file', `A file is ${what}, which is not read here; ${remedy}.`);
    }
  }
  // JSON has no zero byte anywhere; one or two may be damage.
  const start = head.subarray(0, HEAD);
  let zeros = 0;
  for (const byte of start) if (byte === 0) zeros++;
  if (zeros * 32 > start.length) {
    throw new FileFault('unreadable-file', 'A file holds binary data and no text.');
  }
}
