import { HOUR, NOON } from '../../../../../test/support/cases'
import type { StrategyAccount, StrategyGrant } from './grants'
import { grantStrategies, mayManageStrategies, revokeStrategies } from './grants'

const main: StrategyAccount = { account: 'main', id: 'owner' }
const sub = (...grants: StrategyGrant[]) => ({ account: 'sub', id: 'li', grants }) as const
const granted: StrategyGrant = { store: '7', by: 'owner', from: NOON }

describe('who may manage the strategies of a store', () => {
  it('R160: the main account, always', () => expect(mayManageStrategies(main, '7', NOON)).toBe(true))
  it('R160: a sub-account not by itself', () => expect(mayManageStrategies(sub(), '7', NOON)).toBe(false))
  it.each([
    ['a moment before it was granted', granted, '7', NOON - 1, false],
    ['from the moment it was granted', granted, '7', NOON, true],
    ['at another store', granted, '8', NOON, false],
    ['just before it was revoked', { ...granted, until: NOON + HOUR }, '7', NOON + HOUR - 1, true],
    ['once it was revoked', { ...granted, until: NOON + HOUR }, '7', NOON + HOUR, false],
  ] as const)('R160: a sub-account with a grant, %s', (_, grant, store, now, may) => {
    expect(mayManageStrategies(sub(grant), store, now)).toBe(may)
  })
})

describe('granting', () => {
  it('R160: the main account grants, and it is recorded who did and when', () => {
    expect(grantStrategies(main, sub(), '7', NOON)).toEqual({ type: 'granted', grants: [granted] })
  })
  it('R160: a sub-account cannot pass on what it was granted, nor take it from others', () => {
    const refused = { type: 'refused', reason: 'OnlyTheMainAccountGrants' }
    expect(grantStrategies(sub(granted), sub(), '7', NOON)).toEqual(refused)
    expect(revokeStrategies(sub(granted), sub(granted), '7', NOON)).toEqual(refused)
  })
  it('R160: a revoked grant ends at once and stays in the list; a new grant is added', () => {
    const revoked = { ...granted, until: NOON + HOUR }
    expect(revokeStrategies(main, sub(granted), '7', NOON + HOUR)).toEqual({ type: 'granted', grants: [revoked] })
    expect(grantStrategies(main, sub(revoked), '7', NOON + 2 * HOUR)).toEqual({
      type: 'granted',
      grants: [revoked, { ...granted, from: NOON + 2 * HOUR }],
    })
  })
  it('R160: a valid grant is not granted twice, and a missing one is not revoked', () => {
    expect(grantStrategies(main, sub(granted), '7', NOON)).toEqual({ type: 'refused', reason: 'AlreadyGranted' })
    expect(revokeStrategies(main, sub(granted), '8', NOON)).toEqual({ type: 'refused', reason: 'NotGranted' })
  })
})
