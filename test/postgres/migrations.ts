/**
 * What brings a new database to the present: run once a test run, on the template that all fresh databases are cloned from.
 * Undefined: the template stays empty.
 */
export const migrate: ((url: string) => Promise<void>) | undefined = undefined
