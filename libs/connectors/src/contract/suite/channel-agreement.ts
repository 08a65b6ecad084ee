import { FACET_NAMES } from '#after-sale'
import type { Facets } from '#after-sale'
import type { Connector } from '../connector'
import { findContradictions } from './contradictions'
import type { Channel, Translation } from '../inbound'
import type { ConnectorFixtures } from './fixtures'
import type { Aspect, CaseOnEveryChannel } from './case-on-channels'
import { ASPECTS } from './case-on-channels'

/**
 * Tests that push, list and detail report the same about one case at one revision, or that only one of them reports it.
 */
export function describeChannelAgreement(
  { inbound }: Connector,
  { sameCase, samples, notReported = [] }: ConnectorFixtures,
): void {
  if (sameCase === 'one-channel') return
  const cases = sameCase
  const translateChannels = ({ channels }: CaseOnEveryChannel) =>
    Object.entries(channels).map(([channel, message]) => ({
      channel: channel as Channel,
      translation: inbound.translate(message),
    }))
  const translationsOf = (caseSample: CaseOnEveryChannel) =>
    translateChannels(caseSample).map(({ translation }) => translation)

  describe('push, list and detail (fault A13)', () => {
    it.each(cases.map((caseSample) => [caseSample.name, caseSample] as const))(
      '%s is reported alike on every channel',
      (_, caseSample) => {
        const reports = translateChannels(caseSample)
        expect(reports.map(({ translation }) => translation.type)).not.toContain('unintelligible')
        expect(reports.filter(({ translation }) => translation.type === 'observed').length).toBeGreaterThanOrEqual(2)
        expect(findContradictions(reports)).toEqual([])
      },
    )

    const allFacets = [
      ...samples.map(({ message }) => inbound.translate(message)),
      ...cases.flatMap(translationsOf),
    ].map(facetsIn)
    it.each(Object.entries(ASPECTS).filter(([aspect]) => !notReported.includes(aspect as Aspect)))(
      'is tried with %s',
      (_, hasAspect) => {
        expect(
          cases.some((caseSample) =>
            translationsOf(caseSample).some((translation) => hasAspect(facetsIn(translation))),
          ),
        ).toBe(true)
      },
    )
    if (notReported.length > 0)
      it.each(notReported)('no channel reports %s', (aspect) => expect(allFacets.filter(ASPECTS[aspect])).toEqual([]))

    it('a difference in any facet between two channels is detected', () => {
      const undetected = cases.flatMap((caseSample) => {
        const reports = translateChannels(caseSample)
        return plantDifferences(reports).filter(({ changedReports }) => findContradictions(changedReports).length === 0)
      })
      expect(undetected.map(({ difference }) => difference)).toEqual([])
    })
  })
}

const facetsIn = (translation: Translation): Partial<Facets> =>
  translation.type === 'observed' ? translation.report.facets : {}

interface PlantedDifference {
  readonly difference: string
  readonly changedReports: readonly { readonly channel: Channel; readonly translation: Translation }[]
}

/** Copies of the reports, each with one facet that differs between two channels: the comparison must find each of them. */
function plantDifferences(reports: PlantedDifference['changedReports']): PlantedDifference[] {
  const observed = reports.filter(({ translation }) => translation.type === 'observed')
  const [first, second] = observed
  if (first === undefined || second === undefined) return []
  return FACET_NAMES.filter((facet) => facet !== 'buyer').flatMap((facet) => {
    const value = facetsIn(first.translation)[facet] ?? facetsIn(second.translation)[facet]
    if (value === undefined) return []
    const changedValue = Array.isArray(value)
      ? [...(value as readonly string[]), 'planted']
      : { ...value, changedReports: 1 }
    const changedReports = observed.map((report) => {
      if (report === second) return { ...report, translation: withFacet(report.translation, facet, changedValue) }
      return report === first ? { ...report, translation: withFacet(report.translation, facet, value) } : report
    })
    return [{ difference: `${facet} on ${second.channel}`, changedReports }]
  })
}

function withFacet(translation: Translation, facet: keyof Facets, value: unknown): Translation {
  if (translation.type !== 'observed') return translation
  return { ...translation, report: { ...translation.report, facets: { ...translation.report.facets, [facet]: value } } }
}
