/** Stops and removes what the global set-up has started. */
export default async function globalTeardown(): Promise<void> {
  for (const cleanUp of globalThis.afterAllTests ?? []) await cleanUp()
}
