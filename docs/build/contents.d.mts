export function contents(): readonly { readonly section: string; readonly title: string; readonly path: string }[];
