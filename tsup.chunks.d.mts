/** Joins the chunks of a build in place. */
export function joinChunks(dist: string, started: readonly string[]): Promise<void>;
