import { HeldClaim, LEASE_MS } from './held-claim'

/** Longer than a connector waits for an answer. */
const CALL_MS = 12_000

describe('a claim held by one worker', () => {
  const claimHeldFor = (ms: number): HeldClaim => new HeldClaim(1_000, () => 1_000 + ms)

  it.each([
    ['immediately', 0, true],
    ['at the last moment that still leaves time for the call', LEASE_MS - CALL_MS - 1, true],
    ['a millisecond later', LEASE_MS - CALL_MS, false],
    ['when the claim has expired', LEASE_MS, false],
  ])('lets a call start %s (%s ms after the claim): %s', (_, ms, isAllowed) => {
    expect(claimHeldFor(ms).mayStillSend()).toBe(isAllowed)
  })

  it('records the time of sending only if a call may start', () => {
    const [valid, expired] = [claimHeldFor(0), claimHeldFor(LEASE_MS)]
    expect([valid.markSending(77), valid.sentAt]).toEqual([true, 77])
    expect([expired.markSending(77), expired.sentAt]).toEqual([false, undefined])
  })
})
