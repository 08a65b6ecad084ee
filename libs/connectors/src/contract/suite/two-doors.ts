import { FACET_NAMES } from '#after-sale'
import type { Facets } from '#after-sale'
import type { Connector } from '../connector'
import { contradictionsOf } from './contradictions'
import type { Channel, Translation } from '../inbound'
import type { ConnectorFixtures } from './fixtures'
import type { Aspect, OneCase } from './one-case'
import { TRIED } from './one-case'

/** Two doors, one truth: what push, list and detail report of one case at one revision is equal, or reported by one of them alone. */
export function describeDoors(
  { inbound }: Connector,
  { oneTruth, samples, notReported = [] }: ConnectorFixtures,
): void {
  if (oneTruth === 'one-door') return
  const cases = oneTruth
  const reportsOf = ({ doors }: OneCase) =>
    Object.entries(doors).map(([door, message]) => ({ door: door as Channel, translation: inbound.translate(message) }))
  const translationsOf = (one: OneCase) => reportsOf(one).map(({ translation }) => translation)

  describe('two doors, one truth', () => {
    it.each(cases.map((one) => [one.name, one] as const))('A13: %s is reported alike by every door', (_, one) => {
      const reports = reportsOf(one)
      expect(reports.map(({ translation }) => translation.type)).not.toContain('unintelligible')
      expect(reports.filter(({ translation }) => translation.type === 'observed').length).toBeGreaterThanOrEqual(2)
      expect(contradictionsOf(reports)).toEqual([])
    })

    const allFacets = [
      ...samples.map(({ message }) => inbound.translate(message)),
      ...cases.flatMap(translationsOf),
    ].map(facetsIn)
    it.each(Object.entries(TRIED).filter(([aspect]) => !notReported.includes(aspect as Aspect)))(
      'is tried with %s',
      (_, isTried) => {
        expect(cases.some((one) => translationsOf(one).some((translation) => isTried(facetsIn(translation))))).toBe(
          true,
        )
      },
    )
    if (notReported.length > 0)
      it.each(notReported)('no door reports %s', (aspect) => expect(allFacets.filter(TRIED[aspect])).toEqual([]))

    it('A13: a door that reports anything differently is found, whatever it is', () => {
      const missed = cases.flatMap((one) => {
        const reports = reportsOf(one)
        return plantedIn(reports).filter(({ planted }) => contradictionsOf(planted).length === 0)
      })
      expect(missed.map(({ what }) => what)).toEqual([])
    })
  })
}

const facetsIn = (translation: Translation): Partial<Facets> =>
  translation.type === 'observed' ? translation.report.facets : {}

interface Planted {
  readonly what: string
  readonly planted: readonly { readonly door: Channel; readonly translation: Translation }[]
}

/** Every facet of two doors, changed at one of them; and every facet of one door, reported differently by another. */
function plantedIn(reports: Planted['planted']): Planted[] {
  const observed = reports.filter(({ translation }) => translation.type === 'observed')
  const [first, second] = observed
  if (first === undefined || second === undefined) return []
  return FACET_NAMES.filter((facet) => facet !== 'buyer').flatMap((facet) => {
    const value = facetsIn(first.translation)[facet] ?? facetsIn(second.translation)[facet]
    if (value === undefined) return []
    const other = Array.isArray(value) ? [...(value as readonly string[]), 'planted'] : { ...value, planted: 1 }
    const planted = observed.map((report) => {
      if (report === second) return { ...report, translation: withFacet(report.translation, facet, other) }
      return report === first ? { ...report, translation: withFacet(report.translation, facet, value) } : report
    })
    return [{ what: `${facet} at the ${second.door}`, planted }]
  })
}

function withFacet(translation: Translation, facet: keyof Facets, value: unknown): Translation {
  if (translation.type !== 'observed') return translation
  return { ...translation, report: { ...translation.report, facets: { ...translation.report.facets, [facet]: value } } }
}
