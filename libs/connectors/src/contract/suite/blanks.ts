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
  const meanings = new Set(fixtures.nullMeans)

  it.each(messages.map((one) => [one.name, one.message] as const))(
    'A15: %s means the same whether a member is absent, null or empty',
    (_, message) => {
      const whole = JSON.parse(message.raw) as Json
      const meaningOf = (raw: Json) => inbound.translate({ ...message, raw: JSON.stringify(raw) })
      const paths = membersOf(whole).filter((path) => !meanings.has(String(path.at(-1))))
      expect(paths.length).toBeGreaterThan(0)
      for (const path of paths) {
        const absent = meaningOf(changed(whole, path, undefined))
        for (const blank of [null, '', ' ']) {
          expect({ path, blank, meaning: meaningOf(changed(whole, path, blank)) }).toEqual({
            path,
            blank,
            meaning: absent,
          })
        }
      }
    },
  )
}

/** The paths of all members, also of those in a JSON text within the JSON. */
function membersOf(value: Json, path: Path = []): Path[] {
  const inner = innerOf(value)
  if (typeof inner !== 'object' || inner === null) return []
  return Object.entries(inner).flatMap(([key, member]) => {
    const at = [...path, Array.isArray(inner) ? Number(key) : key]
    return [...(Array.isArray(inner) ? [] : [at]), ...membersOf(member as Json, at)]
  })
}

function innerOf(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}

function changed(value: Json, [key, ...rest]: Path, to: Json | undefined): Json {
  if (key === undefined) return value
  const inner = innerOf(value)
  const copy = (Array.isArray(inner) ? [...(inner as readonly Json[])] : { ...(inner as object) }) as Record<
    string | number,
    Json | undefined
  >
  copy[key] = rest.length === 0 ? to : changed(copy[key] as Json, rest, to)
  return typeof value === 'string' ? JSON.stringify(copy) : (copy as Json)
}
