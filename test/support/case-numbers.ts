/** A case number of nineteen digits, as marketplaces have: more than a double can hold exactly. */
export const caseNumberOf = (n: number): string => `70008931140${String(n).padStart(8, '0')}`
