import type { CaseRow } from '../api/schema'
import { NOTHING_SELECTED, extendedTo, isEmptySelection, toggled, toggledRows, unlisted } from './selection'

const rows = ['a', 'b', 'c', 'd', 'e'].map((caseId) => ({ caseId }) as CaseRow)
const ALL = { caseIds: [], filter: { turn: 'us' }, anchor: undefined } as const

describe('the selection of the queue', () => {
  it('has a row that was selected, and not one that was selected twice', () => {
    const once = toggled(NOTHING_SELECTED, 'b')
    expect(once.caseIds).toEqual(['b'])
    expect(isEmptySelection(toggled(once, 'b'))).toBe(true)
  })

  it('is extended from the row selected last, downward and upward, and keeps what was selected before', () => {
    const down = extendedTo(toggled(toggled(NOTHING_SELECTED, 'e'), 'b'), rows, 'd')
    expect(down.caseIds).toEqual(['e', 'b', 'c', 'd'])
    expect(extendedTo(toggled(NOTHING_SELECTED, 'd'), rows, 'b').caseIds).toEqual(['d', 'b', 'c'])
  })

  it('is extended to a single row where nothing was selected, or the row selected last has left the list', () => {
    expect(extendedTo(NOTHING_SELECTED, rows, 'c').caseIds).toEqual(['c'])
    expect(extendedTo(toggled(NOTHING_SELECTED, 'gone'), rows, 'c').caseIds).toEqual(['gone', 'c'])
  })

  it('takes all loaded rows, and leaves them when they are all selected', () => {
    const all = toggledRows(toggled(NOTHING_SELECTED, 'c'), rows)
    expect(all.caseIds).toEqual(['c', 'a', 'b', 'd', 'e'])
    expect(toggledRows(all, rows).caseIds).toEqual([])
  })

  it('starts from none with a single row after all that match were selected', () => {
    expect(isEmptySelection(ALL)).toBe(false)
    expect(toggled(ALL, 'c')).toEqual({ caseIds: ['c'], filter: undefined, anchor: 'c' })
  })

  it('knows which of its cases the list shows no more', () => {
    expect(unlisted(toggled(toggled(NOTHING_SELECTED, 'gone'), 'a'), rows)).toEqual(['gone'])
  })
})
