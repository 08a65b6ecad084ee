import { isCatchingUp } from './catching-up'

describe('isCatchingUp', () => {
  const now = Date.parse('2026-11-22T04:00:00Z')
  const store = {
    state: 'blind',
    provenUntil: '2026-11-20T04:00:00Z',
    lastPullAt: '2026-11-22T03:59:58Z',
    trouble: null,
  } as const

  it('is true for a store that is not proven while it is read', () => {
    expect(isCatchingUp(store, now)).toBe(true)
    expect(isCatchingUp({ ...store, provenUntil: null, lastPullAt: null }, now)).toBe(true)
  })

  it('is false when the store is not read, reading fails, or the authorisation is missing', () => {
    expect(isCatchingUp({ ...store, lastPullAt: '2026-11-22T03:50:00Z' }, now)).toBe(false)
    expect(isCatchingUp({ ...store, trouble: 'no answer' }, now)).toBe(false)
    expect(isCatchingUp({ ...store, state: 'reauthorise' }, now)).toBe(false)
  })

  it('is false when the store is fresh', () => {
    expect(isCatchingUp({ ...store, state: 'fresh' }, now)).toBe(false)
  })
})
