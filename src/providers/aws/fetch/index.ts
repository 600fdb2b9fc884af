/**
 * AWS without the vendor's SDK: clients over `fetch`, for edge runtimes and small bundles.
 *
 * @module
 */
export { type FetchClient, type FetchClientOptions, fetchClient } from './client.ts';
export type { FetchCredentials } from './credentials.ts';
export type { AwsFetch, AwsFetchAnswer, AwsFetchInit } from './ports.ts';
