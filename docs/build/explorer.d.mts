export function explorerPage(): Promise<string>;
