import fc from 'fast-check'
import { confirmationSigningOf, openVault } from '#access'
import type { ActionWarning } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import { property } from '../../../../test/property'
import { NOON, SECOND } from '../../../../test/support/cases'
import type { ConfirmationSubject } from './confirmations'
import { CONFIRMATION_VALID_MS, Confirmations } from './confirmations'

const confirmationsUnder = (key: number): Confirmations =>
  new Confirmations(confirmationSigningOf(openVault(Buffer.alloc(32, key))))
const confirmations = confirmationsUnder(1)
const WARNINGS: readonly ActionWarning[] = ['NoChatYet', 'GoodsSentBack']
const subject: ConfirmationSubject = {
  org: 1,
  by: { kind: 'person', id: 'lin' },
  caseId: '0e9b2a34-0000-8000-a000-000000000001',
  action: { name: 'send-small-payment', amount: 500, text: '说明' },
  judged: NOON,
}
const token = confirmations.issue(subject, WARNINGS, NOON)
const NOT_FOR_THIS_SUBJECT = { warnings: [], reason: 'ConfirmationNotForThis' }
const EXPIRED = { warnings: [], reason: 'ConfirmationExpired' }

describe('a confirmation token (fault A21)', () => {
  it('confirms the warnings that it was issued for, at once and until it expires', () => {
    const confirmed = { warnings: ['GoodsSentBack', 'NoChatYet'] }
    expect(confirmations.read(token, subject, NOON)).toEqual(confirmed)
    expect(
      confirmations.read(token, { ...subject, action: { ...subject.action } }, NOON + CONFIRMATION_VALID_MS),
    ).toEqual(confirmed)
  })

  it('is needed: without a token nothing is confirmed', () => {
    expect(confirmations.read(undefined, subject, NOON)).toEqual({ warnings: [] })
  })

  it.each<[string, number]>([
    ['a millisecond after its expiry', CONFIRMATION_VALID_MS + 1],
    ['a day later', 86_400 * SECOND],
    ['before it was issued', -1],
  ])('confirms nothing %s', (_, later) => {
    expect(confirmations.read(token, subject, NOON + later)).toEqual(EXPIRED)
  })

  it.each<[string, Partial<ConfirmationSubject>]>([
    ['another organisation', { org: 2 }],
    ['another person', { by: { kind: 'person', id: 'wang' } }],
    ['another case', { caseId: '0e9b2a34-0000-8000-a000-000000000002' }],
    ['another revision', { judged: NOON + 1 }],
    ['another action', { action: { name: 'approve-refund' } }],
    ['another amount', { action: { name: 'send-small-payment', amount: 501, text: '说明' } }],
    ['another text', { action: { name: 'send-small-payment', amount: 500, text: '说 明' } }],
  ])('confirms nothing for %s', (_, changedFields) => {
    expect(confirmations.read(token, { ...subject, ...changedFields }, NOON)).toEqual(NOT_FOR_THIS_SUBJECT)
  })

  it('confirms nothing if it was signed with another key or for another purpose', () => {
    expect(confirmations.read(confirmationsUnder(2).issue(subject, WARNINGS, NOON), subject, NOON)).toEqual(
      NOT_FOR_THIS_SUBJECT,
    )
    const vault = openVault(Buffer.alloc(32, 1))
    const link = new Confirmations({ signConfirmation: (payload) => vault.sign('evidence-link', payload) })
    expect(confirmations.read(link.issue(subject, WARNINGS, NOON), subject, NOON)).toEqual(NOT_FOR_THIS_SUBJECT)
  })

  it('confirms nothing once a character was changed in its expiry, its warnings or its signature', () =>
    property(fc.nat(token.length - 1), fc.constantFrom(...'aZ09.-_'), (position, letter) => {
      const changed = token.slice(0, position) + letter + token.slice(position + 1)
      // The last character of base64url has unused bits: several characters decode to the same bytes.
      if (changed === token || position === token.length - 1) return
      expect(confirmations.read(changed, subject, NOON)).toEqual(NOT_FOR_THIS_SUBJECT)
    }))

  it('is recognised: an arbitrary text confirms nothing', () =>
    property(fc.string(), (text) => {
      expect(confirmations.read(text, subject, NOON)).toEqual(NOT_FOR_THIS_SUBJECT)
    }))

  it('confirms any set of warnings', () =>
    property(fc.subarray(Object.keys(ACTION_WARNINGS) as ActionWarning[], { minLength: 1 }), (warnings) => {
      const { warnings: confirmed } = confirmations.read(confirmations.issue(subject, warnings, NOON), subject, NOON)
      expect([...confirmed].sort()).toEqual([...warnings].sort())
    }))
})
