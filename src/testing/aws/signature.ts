/** Who calls: read from the signature of the request, which is not verified. */
import { ServiceError } from './service-error.ts';

interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const SIGNATURE = /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request\s*,/;

/** @internal */
export function readSignature(header: string | undefined): Signature {
  if (header === undefined || header === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [, accessKeyId, region, service] = SIGNATURE.exec(header) ?? [];
  const complete = /\bSignedHeaders=[\w;-]+/.test(header) && /\bSignature=[0-9a-f]{64}\b/.test(header);
  if (accessKeyId === undefined || region === undefined || service === undefined || !complete) {
    throw new ServiceError('IncompleteSignatureException', 'The request signature does not conform to AWS standards.');
  }
  return { accessKeyId, region, service };
}
