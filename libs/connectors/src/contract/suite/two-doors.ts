import { FACET_NAMES } from '#after-sale'
import type { Facets } from '#after-sale'
import type { Connector } from '../connector'
import { contradictionsOf } from './contradictions'
import type { Channel, Translation } from '../inbound'
import type { ConnectorFixtures } from './fixtures'
import type { Aspect, OneCase } from './one-case'
import { TRIED } from './one-case'

/** Two doors, one truth: what push, list and detail tell of one case at one revision is equal, or told by one of them alone. */
export function describeDoors({ inbound }: Connector, { oneTruth, samples, untold = [] }: ConnectorFixtures): void {
  if (oneTruth === 'one-door') return
  const cases = oneTruth
  const tellings = ({ doors }: OneCase) =>
    Object.entries(doors).map(([door, message]) => ({ door: door as Channel, said: inbound.translate(message) }))
  const saidOf = (one: OneCase) => tellings(one).map(({ said }) => said)

  describe('two doors, one truth', () => {
    it.each(cases.map((one) => [one.name, one] as const))('A13: %s is told alike by every door', (_, one) => {
      const told = tellings(one)
      expect(told.map(({ said }) => said.type)).not.toContain('unintelligible')
      expect(told.filter(({ said }) => said.type === 'observed').length).toBeGreaterThanOrEqual(2)
      expect(contradictionsOf(told)).toEqual([])
    })

    const told = [...samples.map(({ message }) => inbound.translate(message)), ...cases.flatMap(saidOf)].map(facetsIn)
    it.each(Object.entries(TRIED).filter(([aspect]) => !untold.includes(aspect as Aspect)))(
      'is tried with %s',
      (_, isTried) => {
        expect(cases.some((one) => saidOf(one).some((said) => isTried(facetsIn(said))))).toBe(true)
      },
    )
    if (untold.length > 0)
      it.each(untold)('no door tells %s', (aspect) => expect(told.filter(TRIED[aspect])).toEqual([]))

    it('A13: a door that tells anything differently is reported, whatever it is', () => {
      const missed = cases.flatMap((one) => {
        const told = tellings(one)
        return plantedIn(told).filter(({ planted }) => contradictionsOf(planted).length === 0)
      })
      expect(missed.map(({ what }) => what)).toEqual([])
    })
  })
}

const facetsIn = (said: Translation): Partial<Facets> => (said.type === 'observed' ? said.report.facets : {})

interface Planted {
  readonly what: string
  readonly planted: readonly { readonly door: Channel; readonly said: Translation }[]
}

/** Every facet that two doors tell, changed at one of them; and every facet that one tells, told otherwise by another. */
function plantedIn(told: Planted['planted']): Planted[] {
  const observed = told.filter(({ said }) => said.type === 'observed')
  const [first, second] = observed
  if (first === undefined || second === undefined) return []
  return FACET_NAMES.filter((facet) => facet !== 'buyer').flatMap((facet) => {
    const value = facetsIn(first.said)[facet] ?? facetsIn(second.said)[facet]
    if (value === undefined) return []
    const other = Array.isArray(value) ? [...(value as readonly string[]), 'planted'] : { ...value, planted: 1 }
    const planted = observed.map((telling) => {
      if (telling === second) return { ...telling, said: withFacet(telling.said, facet, other) }
      return telling === first ? { ...telling, said: withFacet(telling.said, facet, value) } : telling
    })
    return [{ what: `${facet} at the ${second.door}`, planted }]
  })
}

function withFacet(said: Translation, facet: keyof Facets, value: unknown): Translation {
  if (said.type !== 'observed') return said
  return { ...said, report: { ...said.report, facets: { ...said.report.facets, [facet]: value } } }
}
