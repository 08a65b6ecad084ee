import { INVALID_TIMES, spellInstant } from '../../contract/suite/time-spellings'
import type { Channel, Translation } from '../../contract'
import { inbound } from '.'

const INSTANT = Date.UTC(2026, 2, 3, 4, 5, 6)
const ANSWERED = Date.UTC(2026, 2, 9)

const translationOf = (channel: Channel, fields: Readonly<Record<string, unknown>>): Translation => {
  const base = { id: 1, order_sn: '260301-1', after_sales_status: 2, after_sales_type: 2, updated_time: '1772328605' }
  return inbound.translate({ channel, raw: JSON.stringify({ ...base, ...fields }), receivedAt: ANSWERED })
}

type Read = (translation: Translation) => number | null | undefined
const revisionIn: Read = (translation) =>
  translation.type === 'observed' ? translation.report.stamp.revision : undefined
const appliedIn: Read = (translation) => (translation.type === 'observed' ? translation.report.appliedAt : undefined)
const dueIn: Read = (translation) =>
  translation.type === 'observed' ? translation.report.facets.deadline?.due : undefined

const TIME_FIELDS: readonly (readonly [string, Channel, Read, number | undefined])[] = [
  ['updated_time', 'list', revisionIn, undefined],
  ['created_time', 'list', appliedIn, undefined],
  // A detail without a readable revision counts from its answer.
  ['updated_time', 'detail', revisionIn, ANSWERED],
  ['recreated_at', 'detail', appliedIn, undefined],
  ['expire_time', 'detail', dueIn, undefined],
]

describe.each(TIME_FIELDS)('%s of the %s (fault A14)', (field, channel, read, otherwise) => {
  it.each(spellInstant(INSTANT))('is read as %j', (spelling) =>
    expect(read(translationOf(channel, { [field]: spelling }))).toBe(INSTANT),
  )
  it.each(INVALID_TIMES)('is no time as %j', (value) =>
    expect(read(translationOf(channel, { [field]: value })) ?? undefined).toBe(otherwise),
  )
})
