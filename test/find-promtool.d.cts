/** How it is called; undefined: it is not here. */
export function findPromtool(): string | undefined
