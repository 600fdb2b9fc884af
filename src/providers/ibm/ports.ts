/** What the sources need of an authenticator and of `fetch`, written down as types: the vendor's own fit, and so does anything that answers like them. */

// The vendor's types are not named here: they would be needed to compile against this package, and the SDK is optional.

/** Whatever puts credentials on a request: every authenticator of `ibm-cloud-sdk-core`, or an object of one's own. */
export interface IbmAuthenticator {
  /** Sets `headers.Authorization`. Asked before each request, so it keeps its token itself and renews it. */
  authenticate(requestOptions: { headers?: Record<string, string> }): Promise<unknown>;
}

/** What a request is made with. */
export interface FetchInit {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Never followed: a token goes to the address that was meant and to no other. */
  redirect: 'manual';
  signal: AbortSignal;
}

/** The members of an answer that are read. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: {
    /** The one reader of the body. */
    getReader(): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;
  } | null;
}

/** `fetch` as far as it is used: that of Node, of undici with a proxy, or a wrapper around them. */
export type IbmFetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;
