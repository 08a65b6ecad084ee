import { PRESENCE_LASTS_MS, PresenceBoard } from './presence-board'
import type { PresenceNotice } from './presence-notices'
import { parsePresence } from './presence-notices'

const [LI, WANG] = ['li', 'wang']

describe('who is in a case', () => {
  let now: number
  let board: PresenceBoard
  beforeEach(() => {
    now = 1_000
    board = new PresenceBoard(() => now)
  })

  const notice = (person: string, more: Partial<PresenceNotice> = {}): PresenceNotice => ({
    ...{ org: 7, store: 1, caseId: 'case', person, view: `page of ${person}`, presence: 'looking' },
    ...more,
  })
  const people = (caseId = 'case', org = 7): unknown => board.of(org).find((one) => one.caseId === caseId)?.people
  const looking = (id: string) => ({ id, typing: false })
  const typing = (id: string) => ({ id, typing: true })

  it('is announced when it changes, and not with each report', () => {
    expect(board.hear(notice(LI))?.people).toEqual([looking(LI)])
    expect(board.hear(notice(LI))).toBe(undefined)
    expect(board.hear(notice(WANG, { presence: 'typing' }))?.people).toEqual([looking(LI), typing(WANG)])
    expect(board.hear(notice(WANG))?.people).toEqual([looking(LI), looking(WANG)])
    expect(board.hear(notice(LI, { presence: 'left' }))?.people).toEqual([looking(WANG)])
    expect(board.hear(notice(LI, { presence: 'left' }))).toBe(undefined)
  })

  it('ends without a report, by the clock of the server', () => {
    board.hear(notice(LI))
    now += PRESENCE_LASTS_MS - 1
    board.hear(notice(WANG))
    expect(board.expire()).toEqual([])
    now += 1
    expect(board.expire()).toEqual([{ org: 7, store: 1, caseId: 'case', people: [looking(WANG)] }])
    now += PRESENCE_LASTS_MS
    expect(board.expire().map((one) => one.people)).toEqual([[]])
    expect(board.isEmpty).toBe(true)
  })

  it('counts a person with two pages once, until both are closed', () => {
    board.hear(notice(LI, { view: 'first', presence: 'typing' }))
    expect(board.hear(notice(LI, { view: 'second' }))).toBe(undefined)
    expect(board.hear(notice(LI, { view: 'first', presence: 'left' }))?.people).toEqual([looking(LI)])
    expect(board.hear(notice(LI, { view: 'second', presence: 'left' }))?.people).toEqual([])
  })

  it('is of one organisation, whatever ids another uses', () => {
    board.hear(notice(LI))
    board.hear(notice(LI, { org: 8, presence: 'left' }))
    board.hear(notice(WANG, { org: 8 }))
    expect([people(), people('case', 8)]).toEqual([[looking(LI)], [looking(WANG)]])
  })

  it('remembers no more pages than a person can look at', () => {
    for (let n = 0; n < 30; n += 1) board.hear(notice(LI, { view: String(n), caseId: `case ${n}` }))
    expect(board.of(7)).toHaveLength(20)
    expect(board.hear(notice(WANG))?.people).toEqual([looking(WANG)])
  })
})

describe('the notification of a presence', () => {
  const ID = '0c0c0c0c-0000-4000-8000-000000000001'

  it('is read as it was written, and nothing else is', () => {
    expect(parsePresence(`7/12/${ID}/${ID}/${ID}/typing`)).toEqual({
      ...{ org: 7, store: 12, caseId: ID, person: ID, view: ID, presence: 'typing' },
    })
    for (const text of ['', `7/12/${ID}`, `7/12/${ID}/${ID}/${ID}/dancing`, `7/x/${ID}/${ID}/${ID}/typing`])
      expect(parsePresence(text)).toBe(undefined)
  })
})
