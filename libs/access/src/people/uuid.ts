const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Checked before a query: PostgreSQL fails on an id that is no uuid. */
export const isUuid = (text: string): boolean => UUID.test(text)
