/** The cutter over whole inputs, in chunks of any size. */
import { JsonCutter } from '../../../../src/providers/files/json-values.ts';
import { isFlaw, type Piece } from '../../../../src/providers/files/piece.ts';

const ARRAYS = new Set(['Records', 'Events', 'events', 'logEvents', 'lines']);

/** All pieces. Each chunk is wiped after it was taken in, as a reader that uses one buffer over and over would. */
export function cut(input: string | Uint8Array, chunk = 64 * 1024, maxBytes = 1024 * 1024): readonly Piece[] {
  const bytes = Buffer.from(input);
  const pieces: Piece[] = [];
  const cutter = new JsonCutter({ arrays: ARRAYS, maxBytes }, (piece) => pieces.push(piece));
  for (let at = 0; at < bytes.length; at += chunk) {
    const part = Buffer.from(bytes.subarray(at, at + chunk));
    cutter.push(part);
    part.fill(0x7b);
  }
  cutter.end();
  return pieces;
}

/** The pieces as values and as the kinds of flaws with their lines. */
export function told(pieces: readonly Piece[]): readonly unknown[] {
  return pieces.map((piece) => {
    if (isFlaw(piece)) return `${piece.flaw} in line ${piece.line}`;
    try {
      return JSON.parse(piece.text);
    } catch {
      return `no JSON in line ${piece.line}`;
    }
  });
}
