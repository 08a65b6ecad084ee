import { FACETS } from './facets'
import type { Schema } from './schema'
import { count, instant, nonEmptyText, optional, shape, text, openEnum } from './schema'

/** What adapters outside have seen and done. Buyers are in none of it: topics are read by many. */
export const ADAPTER_REPORTS: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>> = {
  'case-observed.v1': {
    description: 'A case as the marketplace shows it. What was not told there is left out; what is told is told whole.',
    schema: shape({
      shop: nonEmptyText,
      caseNumber: nonEmptyText,
      orderNumber: optional(nonEmptyText),
      revision: {
        ...instant,
        description: 'when the marketplace last changed the case: it decides which of two reports is newer',
      },
      observedAt: { ...instant, description: 'when the marketplace said so' },
      appliedAt: optional(instant),
      ...Object.fromEntries(Object.entries(FACETS).map(([facet, schema]) => [facet, optional(schema)])),
    }),
  },
  'act-answered.v1': {
    description: 'What became of an action. In doubt: it may have been done or not; nobody does it again.',
    schema: shape({
      shop: nonEmptyText,
      effect: nonEmptyText,
      token: count,
      outcome: openEnum(['done', 'already-done', 'refused', 'stale', 'try-later', 'in-doubt']),
      code: optional(text),
      words: optional(text),
      afterMs: optional(count),
    }),
  },
  'caught-up.v1': {
    description:
      'Every change of the shop in this time has been told; of so many cases since this was last said. From the beginning of the run: what does not join proves nothing.',
    schema: shape({ shop: nonEmptyText, from: instant, until: instant, cases: count }),
  },
}
