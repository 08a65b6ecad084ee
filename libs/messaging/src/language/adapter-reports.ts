import { FACET_SCHEMAS } from './facets'
import type { Schema } from './schema'
import { count, instant, nonEmptyText, optional, shape, text, openEnum } from './schema'

/** Reports of external adapters. They contain nothing about buyers: topics have many readers. */
export const ADAPTER_REPORTS: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>> = {
  'case-observed.v1': {
    description:
      'A case as the marketplace shows it. Facets that are not shown are left out; a facet that is present is complete.',
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
      ...Object.fromEntries(Object.entries(FACET_SCHEMAS).map(([facet, schema]) => [facet, optional(schema)])),
    }),
  },
  'act-answered.v1': {
    description: 'The outcome of an action. In doubt: it may have been done or not, and is not done again.',
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
      'Every change of the shop in this time has been reported, for so many cases since the last such message. `from` is the beginning of the run: windows that do not join prove nothing.',
    schema: shape({ shop: nonEmptyText, from: instant, until: instant, cases: count }),
  },
}
