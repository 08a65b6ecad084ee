/** As many characters as the server takes. */
export const NOTE_LENGTH = 2_000
