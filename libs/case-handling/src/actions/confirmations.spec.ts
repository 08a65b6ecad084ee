import fc from 'fast-check'
import { confirmationSigningOf, openVault } from '#access'
import type { ActionWarning } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import { property } from '../../../../test/property'
import { NOON, SECOND } from '../../../../test/trade/cases'
import type { ConfirmationSubject } from './confirmations'
import { CONFIRMATION_VALID_MS, Confirmations } from './confirmations'

const confirmationsUnder = (key: number): Confirmations =>
  new Confirmations(confirmationSigningOf(openVault(Buffer.alloc(32, key))))
const ours = confirmationsUnder(1)
const WARNINGS: readonly ActionWarning[] = ['NoChatYet', 'GoodsSentBack']
const what: ConfirmationSubject = {
  org: 1,
  by: { kind: 'person', id: 'lin' },
  caseId: '0e9b2a34-0000-8000-a000-000000000001',
  action: { name: 'send-small-payment', amount: 500, text: '说明' },
  judged: NOON,
}
const token = ours.issue(what, WARNINGS, NOON)
const NOT_FOR_THIS = { warnings: [], reason: 'ConfirmationNotForThis' }
const EXPIRED = { warnings: [], reason: 'ConfirmationExpired' }

describe('A21: a token confirms the warnings that it was given for', () => {
  it('at once and until its end', () => {
    const confirmed = { warnings: ['GoodsSentBack', 'NoChatYet'] }
    expect(ours.read(token, what, NOON)).toEqual(confirmed)
    expect(ours.read(token, { ...what, action: { ...what.action } }, NOON + CONFIRMATION_VALID_MS)).toEqual(confirmed)
  })

  it('by no token nothing is confirmed', () => {
    expect(ours.read(undefined, what, NOON)).toEqual({ warnings: [] })
  })

  it.each<[string, number]>([
    ['a millisecond after its end', CONFIRMATION_VALID_MS + 1],
    ['a day later', 86_400 * SECOND],
    ['before it was given', -1],
  ])('and none %s', (_, later) => {
    expect(ours.read(token, what, NOON + later)).toEqual(EXPIRED)
  })

  it.each<[string, Partial<ConfirmationSubject>]>([
    ['another organisation', { org: 2 }],
    ['another person', { by: { kind: 'person', id: 'wang' } }],
    ['another case', { caseId: '0e9b2a34-0000-8000-a000-000000000002' }],
    ['another revision', { judged: NOON + 1 }],
    ['another action', { action: { name: 'approve-refund' } }],
    ['another amount', { action: { name: 'send-small-payment', amount: 501, text: '说明' } }],
    ['another text', { action: { name: 'send-small-payment', amount: 500, text: '说 明' } }],
  ])('and none for %s', (_, other) => {
    expect(ours.read(token, { ...what, ...other }, NOON)).toEqual(NOT_FOR_THIS)
  })

  it('and none that was signed with another key, or for another purpose', () => {
    expect(ours.read(confirmationsUnder(2).issue(what, WARNINGS, NOON), what, NOON)).toEqual(NOT_FOR_THIS)
    const vault = openVault(Buffer.alloc(32, 1))
    const link = new Confirmations({ signConfirmation: (said) => vault.sign('evidence-link', said) })
    expect(ours.read(link.issue(what, WARNINGS, NOON), what, NOON)).toEqual(NOT_FOR_THIS)
  })

  it('and none of which a letter was changed: neither its end, nor a warning, nor the signature', () =>
    property(fc.nat(token.length - 1), fc.constantFrom(...'aZ09.-_'), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1)
      // The last letter of base64url has bits that mean nothing: it may be written in several ways.
      if (changed === token || at === token.length - 1) return
      expect(ours.read(changed, what, NOON)).toEqual(NOT_FOR_THIS)
    }))

  it('and none that is no token', () =>
    property(fc.string(), (text) => {
      expect(ours.read(text, what, NOON)).toEqual(NOT_FOR_THIS)
    }))

  it('however many warnings there are', () =>
    property(fc.subarray(Object.keys(ACTION_WARNINGS) as ActionWarning[], { minLength: 1 }), (warnings) => {
      const { warnings: read } = ours.read(ours.issue(what, warnings, NOON), what, NOON)
      expect([...read].sort()).toEqual([...warnings].sort())
    }))
})
