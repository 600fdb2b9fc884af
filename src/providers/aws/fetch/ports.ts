/** What is needed of `fetch`, written down as types: that of every runtime fits, and so does a wrapper around it. */

/** What a request is made with. */
export interface AwsFetchInit {
  method: 'POST';
  /** Signed: the request is refused when one of them is changed. */
  headers: Record<string, string>;
  body: string;
  /** Never followed: a session token goes to the address that was meant and to no other. */
  redirect: 'manual';
  signal: AbortSignal;
}

/** The members of an answer that are read. */
export interface AwsFetchAnswer {
  readonly status: number;
  readonly headers: {
    /** A header, whatever the case of its name. */
    get(name: string): string | null;
  };
  readonly body: {
    /** The one reader of the body. */
    getReader(): {
      /** The next piece. */
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      /** No more is wanted. */
      cancel(): Promise<unknown>;
    };
  } | null;
}

/** `fetch` as far as it is used. */
export type AwsFetch = (url: string, init: AwsFetchInit) => Promise<AwsFetchAnswer>;
