/** Node's and undici's words for a wire that broke: the same request may go through when it is made again. */
const CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Whether an error's `code` says so. @internal */
export function isBrokenWire(code: unknown): boolean {
  return typeof code === 'string' && (CODES.has(code) || code.startsWith('UND_ERR_'));
}
