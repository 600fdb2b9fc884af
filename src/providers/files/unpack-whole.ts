/** Unpacks a whole file of no great size in one call, beside the main thread. */
import { gunzip, gunzipSync, type ZlibOptions } from 'node:zlib';

/** Packed size up to which a call beside the main thread costs more than what it takes away from it. */
const AT_ONCE = 4 * 1024;
/** The most that comes out in one piece: of files of which few are unpacked ahead, and of those of which many are. */
const MAX_UNPACKED = 2 * 1024 * 1024;
const MAX_UNPACKED_SMALL = 1024 * 1024;
/** Packed size of the largest of those. */
export const SMALL = 64 * 1024;
/** Header and trailer of a gzip stream with nothing in it. */
const SHORTEST = 18;
const LEAST = 1024;

/**
 * The content of gzip that is sound, and of no great size also when it is unpacked; else `undefined`, and reading it bit by bit tells
 * what is wrong with it.
 *
 * @internal
 */
export async function unpackWhole(packed: Buffer, maxBytes: number): Promise<Buffer | undefined> {
  if (!isGzip(packed) || packed.length < SHORTEST) return undefined;
  // It ends with the size of what is in it, or in the last of several streams. Only a hint, which may lie.
  const size = packed.readUInt32LE(packed.length - 4);
  const maxOutputLength = Math.min(packed.length > SMALL ? MAX_UNPACKED : MAX_UNPACKED_SMALL, maxBytes);
  if (size > maxOutputLength) return undefined;
  // With a byte to spare, so that it comes out in one piece.
  const chunkSize = Math.max(size + 1, LEAST);
  const content = await unpacked(packed, { maxOutputLength, chunkSize });
  // Gzip in gzip is for those who count how often.
  return content && isGzip(content) ? undefined : content;
}

async function unpacked(packed: Buffer, options: ZlibOptions): Promise<Buffer | undefined> {
  if (packed.length > AT_ONCE)
    return new Promise((resolve) => {
      gunzip(packed, options, (error, content) => resolve(error ? undefined : content));
    });
  try {
    return gunzipSync(packed, options);
  } catch {
    return undefined;
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
