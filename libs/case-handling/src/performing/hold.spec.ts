import { Hold, LEASE_MS } from './hold'

/** Longer than a connector waits for an answer. */
const CALL_MS = 12_000

describe('a claim held by one worker', () => {
  const heldFor = (ms: number): Hold => new Hold(1_000, () => 1_000 + ms)

  it.each([
    ['at once', 0, true],
    ['at the last moment in which its call can end within the claim', LEASE_MS - CALL_MS - 1, true],
    ['a millisecond later', LEASE_MS - CALL_MS, false],
    ['when the claim is over', LEASE_MS, false],
  ])('F: %s: a call may be begun: %s ms, %s', (_, ms, may) => {
    expect(heldFor(ms).isGood()).toBe(may)
  })

  it('records when something was sent, and only where something was', () => {
    const [good, over] = [heldFor(0), heldFor(LEASE_MS)]
    expect([good.sending(77), good.sentAt]).toEqual([true, 77])
    expect([over.sending(77), over.sentAt]).toEqual([false, undefined])
  })
})
