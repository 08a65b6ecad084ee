import type { Translation } from '#connectors'

/**
 * Where a translation differs from what its file's `NAME.expected.json` says, as `report.facets.money.stage: …`. The expected
 * value is a part: members that it does not name may be anything, `null` says that a member is absent, lists are compared
 * element by element and in length.
 */
export function differencesFrom(expected: unknown, told: unknown, place = ''): string[] {
  if (expected === null)
    return told === undefined || told === null ? [] : [`${place}: ${shown(told)}, expected nothing`]
  if (typeof expected !== 'object')
    return expected === told ? [] : [`${place}: ${shown(told)}, expected ${shown(expected)}`]
  if (typeof told !== 'object' || told === null) return [`${place}: ${shown(told)}, expected ${shown(expected)}`]
  const wrongLength =
    Array.isArray(expected) && (!Array.isArray(told) || told.length !== expected.length)
      ? [`${place}: ${shown(told)}, expected ${expected.length} elements`]
      : []
  const members = Object.entries(expected).flatMap(([key, value]) =>
    differencesFrom(value, (told as Readonly<Record<string, unknown>>)[key], place === '' ? key : `${place}.${key}`),
  )
  return [...wrongLength, ...members]
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120)

/** One expectation for all messages of a file, or a list with one for each. */
export function unexpected(expected: unknown, told: readonly Translation[]): string[] {
  if (!Array.isArray(expected)) return told.flatMap((said) => differencesFrom(expected, said))
  if (expected.length !== told.length) return [`${told.length} messages, expected ${expected.length}`]
  return told.flatMap((said, index) => differencesFrom(expected[index], said, `message ${index}`))
}
