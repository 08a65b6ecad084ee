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
    ['that is ready', ready, sent],
    ['whose time has just come', { ...ready, notBefore: NOW }, { ...sent, notBefore: NOW }],
    ['whose time comes in a moment', { ...ready, notBefore: NOW + 1 }, undefined],
    ['that another has', sent, undefined],
    ['whose claim ran out', { ...sent, leaseUntil: 0 }, undefined],
    ['that has ended', ended, undefined],
    ['that a person does', byHand, undefined],
  ])('%s: claimed or not', (_, life, after) => {
    expect(effectSteps.claimed(life, claim)).toEqual(after)
  })

  it.each<[string, EffectLife, number, EffectLife | undefined]>([
    ['by who has it', sent, 7, ended],
    ['by its holder, after its claim ran out but before that was noticed', { ...sent, leaseUntil: 0 }, 7, ended],
    ['by who had it before', sent, 6, undefined],
    ['twice', ended, 7, undefined],
    ['when it is ready again', { ...sent, state: 'ready' }, 7, undefined],
  ])('answered %s', (_, life, token, after) => {
    expect(effectSteps.answered(life, token, { type: 'ended', as: 'done' }, NOW)).toEqual(after)
  })

  it.each([
    [1, 0, 500],
    [1, 9_000, 9_000],
    [4, 0, 4_000],
    [MAX_ATTEMPTS - 1, 0, 60_000],
  ])(
    'that was certainly not carried out at try %i, and is answered "in %i ms", is ready again in %i ms',
    (attempts, afterMs, wait) => {
      const after = effectSteps.answered({ ...sent, attempts }, 7, { type: 'later', afterMs }, NOW)
      expect(after).toMatchObject({ state: 'ready', notBefore: NOW + wait, leaseUntil: null })
    },
  )

  it('that was handed out stays with whom it was handed to, until it is waited for no longer', () => {
    const after = effectSteps.answered(sent, 7, { type: 'awaited', forMs: 60_000 }, NOW)
    expect(after).toEqual({ ...sent, leaseUntil: NOW + 60_000 })
    expect(effectSteps.answered(ended, 7, { type: 'awaited', forMs: 60_000 }, NOW)).toBeUndefined()
  })

  const doubt: EffectLife = { ...ended, endedAs: IN_DOUBT }
  it.each<[string, EffectLife, number, CallResult, string | undefined]>([
    ['that it was done', doubt, 7, { type: 'ended', as: 'done' }, 'done'],
    ['that it was refused', doubt, 7, { type: 'ended', as: 'refused' }, 'refused'],
    ['that it was certainly not done, and is not sent again', doubt, 7, { type: 'later', afterMs: 0 }, GAVE_UP],
    ['that is unknown', doubt, 7, { type: 'ended', as: IN_DOUBT }, undefined],
    ['under the token before', doubt, 6, { type: 'ended', as: 'done' }, undefined],
    ['what was answered in time', ended, 7, { type: 'ended', as: 'refused' }, undefined],
    ['while it is waited for', sent, 7, { type: 'ended', as: 'done' }, undefined],
  ])('is answered late %s', (_, life, token, end, endedAs) => {
    expect(effectSteps.answeredLate(life, token, end)?.endedAs).toBe(endedAs)
  })

  it('that was tried often enough is given up', () => {
    const after = effectSteps.answered({ ...sent, attempts: MAX_ATTEMPTS }, 7, { type: 'later', afterMs: 0 }, NOW)
    expect(after).toMatchObject({ state: 'ended', endedAs: GAVE_UP })
  })

  it.each<[string, EffectLife, string | undefined]>([
    ['a moment before its claim is over', { ...sent, leaseUntil: NOW + 1 }, undefined],
    ['when its claim is over', { ...sent, leaseUntil: NOW }, IN_DOUBT],
    ['that was not claimed', ready, undefined],
    ['that has ended', ended, undefined],
  ])('abandoned %s', (_, life, endedAs) => {
    expect(effectSteps.abandoned(life, NOW)?.endedAs).toBe(endedAs)
  })

  it.each<[string, EffectLife, string | undefined]>([
    ['that was not sent', ready, 'withdrawn'],
    ['that a person has not done yet', byHand, 'withdrawn'],
    ['that is being sent', sent, undefined],
    ['that has ended', ended, undefined],
  ])('taken back %s', (_, life, endedAs) => {
    expect(effectSteps.withdrawn(life)?.endedAs).toBe(endedAs)
  })
})
