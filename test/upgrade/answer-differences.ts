type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * Where today's answer differs from the recorded one, by JSON pointer. An added member is no difference; a missing or
 * changed one is.
 */
export function differences(recorded: Json, today: Json | undefined, pointer = ''): string[] {
  if (Array.isArray(recorded) && Array.isArray(today)) {
    if (recorded.length !== today.length) return [`${pointer}: ${recorded.length} items, now ${today.length}`]
    return recorded.flatMap((item: Json, n) => differences(item, today[n] as Json, `${pointer}/${n}`))
  }
  if (isRecord(recorded) && isRecord(today))
    return Object.entries(recorded).flatMap(([key, value]) => differences(value, today[key], `${pointer}/${key}`))
  return recorded === today ? [] : [`${pointer}: ${JSON.stringify(recorded)}, now ${JSON.stringify(today)}`]
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
