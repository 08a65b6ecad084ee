import type { CallResult, EffectLife } from './effect-life'
import { GAVE_UP, IN_DOUBT, MAX_ATTEMPTS, effectSteps } from './effect-life'

const NOW = 1_000_000
const ready: EffectLife = {
  state: 'ready',
  token: 0,
  attempts: 0,
  notBefore: 0,
  leaseUntil: null,
  sentAt: null,
  endedAs: null,
}
const claim = { token: 7, at: NOW, leaseMs: 25_000, sentAt: 42 }
const sent: EffectLife = { ...ready, state: 'sent', token: 7, attempts: 1, leaseUntil: NOW + 25_000, sentAt: 42 }
const ended: EffectLife = { ...sent, state: 'ended', leaseUntil: null, endedAs: 'done' }
const byHand: EffectLife = { ...ready, state: 'by-hand' }

describe('an effect', () => {
  it.each<[string, EffectLife, EffectLife | undefined]>([
    ['it is ready', ready, sent],
    ['its delay has ended', { ...ready, notBefore: NOW }, { ...sent, notBefore: NOW }],
    ['its delay ends in a millisecond', { ...ready, notBefore: NOW + 1 }, undefined],
    ['another worker has claimed it', sent, undefined],
    ['its claim has expired', { ...sent, leaseUntil: 0 }, undefined],
    ['it has ended', ended, undefined],
    ['a person does it', byHand, undefined],
  ])('is claimed only when it is ready and not delayed: %s', (_, life, after) => {
    expect(effectSteps.claimed(life, claim)).toEqual(after)
  })

  it.each<[string, EffectLife, number, EffectLife | undefined]>([
    ['by its holder', sent, 7, ended],
    ['by its holder, after its claim expired but before that was noticed', { ...sent, leaseUntil: 0 }, 7, ended],
    ['by a former holder', sent, 6, undefined],
    ['twice', ended, 7, undefined],
    ['when it is ready again', { ...sent, state: 'ready' }, 7, undefined],
  ])('accepts one answer of its holder: it is answered %s', (_, life, token, after) => {
    expect(effectSteps.answered(life, token, { type: 'ended', as: 'done' }, NOW)).toEqual(after)
  })

  it.each([
    [1, 0, 500],
    [1, 9_000, 9_000],
    [4, 0, 4_000],
    [MAX_ATTEMPTS - 1, 0, 60_000],
  ])(
    'is ready again when attempt %i was certainly not carried out: the answer asks for %i ms, the delay is %i ms',
    (attempts, afterMs, wait) => {
      const after = effectSteps.answered({ ...sent, attempts }, 7, { type: 'later', afterMs }, NOW)
      expect(after).toMatchObject({ state: 'ready', notBefore: NOW + wait, leaseUntil: null })
    },
  )

  it('stays claimed for the given time when it was handed to an adapter', () => {
    const after = effectSteps.answered(sent, 7, { type: 'awaited', forMs: 60_000 }, NOW)
    expect(after).toEqual({ ...sent, leaseUntil: NOW + 60_000 })
    expect(effectSteps.answered(ended, 7, { type: 'awaited', forMs: 60_000 }, NOW)).toBeUndefined()
  })

  const doubt: EffectLife = { ...ended, endedAs: IN_DOUBT }
  it.each<[string, EffectLife, number, CallResult, string | undefined]>([
    ['that it was done', doubt, 7, { type: 'ended', as: 'done' }, 'done'],
    ['that it was refused', doubt, 7, { type: 'ended', as: 'refused' }, 'refused'],
    ['that it was certainly not done', doubt, 7, { type: 'later', afterMs: 0 }, GAVE_UP],
    ['that is unknown', doubt, 7, { type: 'ended', as: IN_DOUBT }, undefined],
    ['under the token before', doubt, 6, { type: 'ended', as: 'done' }, undefined],
    ['what was answered in time', ended, 7, { type: 'ended', as: 'refused' }, undefined],
    ['while it is waited for', sent, 7, { type: 'ended', as: 'done' }, undefined],
  ])('is settled by a late answer only when it is in doubt: the answer says %s', (_, life, token, end, endedAs) => {
    expect(effectSteps.answeredLate(life, token, end)?.endedAs).toBe(endedAs)
  })

  it('is given up after the last attempt', () => {
    const after = effectSteps.answered({ ...sent, attempts: MAX_ATTEMPTS }, 7, { type: 'later', afterMs: 0 }, NOW)
    expect(after).toMatchObject({ state: 'ended', endedAs: GAVE_UP })
  })

  it.each<[string, EffectLife, string | undefined]>([
    ['its claim expires in a millisecond', { ...sent, leaseUntil: NOW + 1 }, undefined],
    ['its claim has expired', { ...sent, leaseUntil: NOW }, IN_DOUBT],
    ['it was not claimed', ready, undefined],
    ['it has ended', ended, undefined],
  ])('is in doubt once its claim has expired without an answer: %s', (_, life, endedAs) => {
    expect(effectSteps.abandoned(life, NOW)?.endedAs).toBe(endedAs)
  })

  it.each<[string, EffectLife, string | undefined]>([
    ['it was not sent', ready, 'withdrawn'],
    ['a person has not done it yet', byHand, 'withdrawn'],
    ['it is being sent', sent, undefined],
    ['it has ended', ended, undefined],
  ])('can be withdrawn until it is sent: %s', (_, life, endedAs) => {
    expect(effectSteps.withdrawn(life)?.endedAs).toBe(endedAs)
  })
})
