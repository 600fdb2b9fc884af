// Nothing: what it takes to load this is what any file takes.
export {};
