export default async function globalTeardown(): Promise<void> {
  for (const ended of globalThis.afterAllTests ?? []) await ended()
}
