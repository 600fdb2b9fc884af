/** SHA-256 wherever JavaScript runs: browsers, edge runtimes. Node takes `sha256-node.ts` in its place. */
import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** 64 hexadecimal digits. @internal */
export function sha256(text: string): string {
  return bytesToHex(digest(utf8ToBytes(text)));
}
