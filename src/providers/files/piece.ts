/** What a stream of bytes is cut into. */

/** The text of one JSON value. It has balanced brackets and closed strings; whether it is JSON shows when it is parsed. */
export interface Cut {
  readonly text: string;
  /** Line on which it starts, from 1. */
  readonly line: number;
  readonly bytes: number;
  /** Of a small object that is given whole: the elements of its record arrays, for those who want them one by one. */
  readonly elements?: readonly Piece[];
}

/** A place at which there should be a value and is none. */
export interface Flaw {
  readonly flaw: 'not-json' | 'too-large' | 'too-deep' | 'truncated';
  readonly line: number;
  readonly reason: string;
}

/** A value, or the lack of one. */
export type Piece = Cut | Flaw;

/** @internal */
export function isFlaw(piece: Piece): piece is Flaw {
  return 'flaw' in piece;
}

/** Deals with bare records as bytes, so that they need not be cut out and parsed. */
export interface RecordProbe {
  /** The bytes that are measured next. */
  enter(bytes: Buffer): void;
  /** Index behind the object whose bracket opens at `from`; `-1`: it is to be cut out like any other. */
  measure(from: number): number;
  /** Takes what was just measured. The bytes may be overwritten afterwards. */
  take(bytes: Buffer, from: number, to: number): void;
}
