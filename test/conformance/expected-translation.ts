import type { Translation } from '#connectors'

/**
 * The differences between a translation and its file's `NAME.expected.json`, as `report.facets.money.stage: …`. The expected
 * value may be partial: members that it does not name may be anything, `null` means that a member is absent, lists are compared
 * element by element and in length.
 */
export function differencesFromExpected(expected: unknown, actual: unknown, path = ''): string[] {
  if (expected === null)
    return actual === undefined || actual === null ? [] : [`${path}: ${printValue(actual)}, expected nothing`]
  if (typeof expected !== 'object')
    return expected === actual ? [] : [`${path}: ${printValue(actual)}, expected ${printValue(expected)}`]
  if (typeof actual !== 'object' || actual === null)
    return [`${path}: ${printValue(actual)}, expected ${printValue(expected)}`]
  const wrongLength =
    Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)
      ? [`${path}: ${printValue(actual)}, expected ${expected.length} elements`]
      : []
  const members = Object.entries(expected).flatMap(([key, value]) =>
    differencesFromExpected(
      value,
      (actual as Readonly<Record<string, unknown>>)[key],
      path === '' ? key : `${path}.${key}`,
    ),
  )
  return [...wrongLength, ...members]
}

const printValue = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120)

/** One expectation for all messages of a file, or a list with one for each. */
export function compareWithExpected(expected: unknown, actual: readonly Translation[]): string[] {
  if (!Array.isArray(expected)) return actual.flatMap((translation) => differencesFromExpected(expected, translation))
  if (expected.length !== actual.length) return [`${actual.length} messages, expected ${expected.length}`]
  return actual.flatMap((translation, index) =>
    differencesFromExpected(expected[index], translation, `message ${index}`),
  )
}
