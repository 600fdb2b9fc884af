/** The text of ../outline-wasm.ts. */
export function compiled(): Promise<string>;
