import type { Connector } from '../connector'
import type { Json } from '../exact-json'
import type { ConnectorFixtures } from './fixtures'

type Path = readonly (string | number)[]

/**
 * Tests that absent, `null` and `""` mean the same, because marketplaces, SDKs and relays use any of them for a missing
 * value.
 */
export function describeBlanks({ inbound }: Connector, fixtures: ConnectorFixtures): void {
  const messages = [
    ...fixtures.samples.map(({ name, message }) => ({ name, message })),
    ...(fixtures.sameCase === 'one-channel' ? [] : fixtures.sameCase).flatMap(({ name, channels }) =>
      Object.entries(channels).map(([channel, message]) => ({ name: `${name}, ${channel}`, message })),
    ),
  ]
  const nullableMembers = new Set(fixtures.membersWithMeaningfulNull)

  it.each(messages.map((one) => [one.name, one.message] as const))(
    '%s means the same whether a member is absent, null or empty',
    (_, message) => {
      const messageJson = JSON.parse(message.raw) as Json
      const translateJson = (raw: Json) => inbound.translate({ ...message, raw: JSON.stringify(raw) })
      const paths = listMemberPaths(messageJson).filter((path) => !nullableMembers.has(String(path.at(-1))))
      expect(paths.length).toBeGreaterThan(0)
      for (const path of paths) {
        const absent = translateJson(setMember(messageJson, path, undefined))
        for (const blank of [null, '', ' ']) {
          expect({ path, blank, meaning: translateJson(setMember(messageJson, path, blank)) }).toEqual({
            path,
            blank,
            meaning: absent,
          })
        }
      }
    },
  )
}

/** The paths of all members, also of those in a JSON text inside the JSON, as pushes have it. */
function listMemberPaths(value: Json, path: Path = []): Path[] {
  const parsed = parseNestedJson(value)
  if (typeof parsed !== 'object' || parsed === null) return []
  return Object.entries(parsed).flatMap(([key, member]) => {
    const memberPath = [...path, Array.isArray(parsed) ? Number(key) : key]
    return [...(Array.isArray(parsed) ? [] : [memberPath]), ...listMemberPaths(member as Json, memberPath)]
  })
}

function parseNestedJson(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}

function setMember(value: Json, [key, ...rest]: Path, replacement: Json | undefined): Json {
  if (key === undefined) return value
  const parsed = parseNestedJson(value)
  const copy = (Array.isArray(parsed) ? [...(parsed as readonly Json[])] : { ...(parsed as object) }) as Record<
    string | number,
    Json | undefined
  >
  copy[key] = rest.length === 0 ? replacement : setMember(copy[key] as Json, rest, replacement)
  return typeof value === 'string' ? JSON.stringify(copy) : (copy as Json)
}
