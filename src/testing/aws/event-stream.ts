/** Frames of `application/vnd.amazon.eventstream`: a prelude, headers, a payload, and a checksum over each part. */
import { crc32 } from 'node:zlib';

const PRELUDE = 12;
const CHECKSUM = 4;
const TEXT_HEADER = 7;

/** One frame; all headers are texts. */
function encodeFrame(headers: Readonly<Record<string, string>>, payload: Uint8Array): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => encodeHeader(name, value)));
  const frame = Buffer.alloc(PRELUDE + head.length + payload.length + CHECKSUM);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(head.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  frame.set(head, PRELUDE);
  frame.set(payload, PRELUDE + head.length);
  const end = frame.length - CHECKSUM;
  frame.writeUInt32BE(crc32(frame.subarray(0, end)), end);
  return frame;
}

function encodeHeader(name: string, value: string): Buffer {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(valueBytes.length);
  return Buffer.concat([Buffer.from([nameBytes.length]), nameBytes, Buffer.from([TEXT_HEADER]), length, valueBytes]);
}

/** The frame of an event or of an exception, with a JSON payload. @internal */
export function encodeEvent(kind: 'event' | 'exception', type: string, payload: unknown): Buffer {
  const headers = {
    [`:${kind}-type`]: type,
    ':content-type': 'application/json',
    ':message-type': kind,
  };
  return encodeFrame(headers, Buffer.from(JSON.stringify(payload)));
}
