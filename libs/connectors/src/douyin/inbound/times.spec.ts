import { INVALID_TIMES, spellInstant } from '../../contract/suite/time-spellings'
import type { Translation } from '../../contract'
import { translate } from './translate'
import { detailOf, pushOf, rowOf, storedMessage } from '../samples/messages'

const INSTANT = Date.UTC(2026, 2, 3, 4, 5, 6)

type Time = (value: number | string | boolean) => Translation
const TIME_FIELDS: readonly (readonly [string, Time, (translation: Translation) => number | null | undefined])[] = [
  ['update_time of a push', (v) => translate(storedMessage('push', pushOf('200', { update_time: v }))), revisionIn],
  ['apply_time of a push', (v) => translate(storedMessage('push', pushOf('200', { apply_time: v }))), appliedIn],
  ['update_time of a row', (v) => translate(storedMessage('list', rowOf({ update_time: v }))), revisionIn],
  ['apply_time of a row', (v) => translate(storedMessage('list', rowOf({ apply_time: v }))), appliedIn],
  ['status_deadline of a row', (v) => translate(storedMessage('list', rowOf({ status_deadline: v }))), dueIn],
  ['update_time of a detail', (v) => translate(storedMessage('detail', detailOf({ update_time: v }))), revisionIn],
  ['apply_time of a detail', (v) => translate(storedMessage('detail', detailOf({ apply_time: v }))), appliedIn],
  ['status_deadline of a detail', (v) => translate(storedMessage('detail', detailOf({ status_deadline: v }))), dueIn],
  [
    'arbitrate_status_deadline',
    (v) => translate(storedMessage('detail', detailOf({}, { arbitrate_status: 4, arbitrate_status_deadline: v }))),
    (translation) => (translation.type === 'observed' ? translation.report.facets.dispute?.evidenceDue : undefined),
  ],
]

function revisionIn(translation: Translation) {
  return translation.type === 'observed' ? translation.report.stamp.revision : undefined
}
function appliedIn(translation: Translation) {
  return translation.type === 'observed' ? translation.report.appliedAt : undefined
}
function dueIn(translation: Translation) {
  return translation.type === 'observed' ? translation.report.facets.deadline?.due : undefined
}

describe.each(TIME_FIELDS)('%s', (_, write, read) => {
  it.each(spellInstant(INSTANT))('is read as %j', (spelling) => expect(read(write(spelling))).toBe(INSTANT))
  it.each(INVALID_TIMES)('is no time as %j', (value) => expect(read(write(value)) ?? undefined).toBeUndefined())
})
