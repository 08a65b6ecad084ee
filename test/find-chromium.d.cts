/** The browser's executable; undefined where there is none. */
export function findChromium(): string | undefined
