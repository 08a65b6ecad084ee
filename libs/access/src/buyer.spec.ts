import { vaultWithOrganisationKeys } from '../../../test/support/test-keys'
import type { ClearBuyer } from './buyer'
import { fingerprintsOf, maskName, maskPhone, openBuyer, keepKnownBuyer, sealBuyer } from './buyer'
import { messageSealingOf } from './sealing'
import { openVault } from './vault'

const vault = openVault(Buffer.alloc(32, 7))
const CASE = '0b9e6c1e-5b1f-5d0c-9d43-0d1c6f3a9d11'
const buyer = { name: '王小明', phone: '13800135678' }

describe('what is shown of a buyer', () => {
  it.each([
    ['王小明', '王**'],
    ['欧阳震华', '欧**'],
    ['😀李', '😀**'],
    ['', '**'],
  ])('of the name %j is %j', (name, mask) => expect(maskName(name)).toBe(mask))

  it.each([
    ['13800135678', '138****5678'],
    ['138 0013 5678', '138****5678'],
    ['+86 138-0013-5678', '138****5678'],
    ['008613800135678', '138****5678'],
    ['１３８００１３５６７８', '138****5678'],
    ['021-5551234', '****1234'],
    ['55512345', '****2345'],
    ['5551234', '****'],
    ['110', '****'],
    ['', '****'],
  ])('of the phone %j is %j', (phone, mask) => expect(maskPhone(phone)).toBe(mask))

  it('hides at least four digits of every phone', () => {
    for (let length = 0; length < 20; length++) {
      const shown = maskPhone('2345678901234567890'.slice(0, length)).replace(/\D/g, '').length
      expect(shown).toBeLessThanOrEqual(Math.max(0, length - 4))
    }
  })
})

describe('R169: a buyer is found', () => {
  it('by the whole name, the whole number and its last four digits, however they are typed', () => {
    const sealed = sealBuyer(vault, 1, CASE, buyer)
    expect(fingerprintsOf.name(vault, 1, ' 王小明')).toEqual([sealed.nameHash])
    expect(fingerprintsOf.phone(vault, 1, '+86 138 0013 5678')).toEqual([sealed.phoneHash])
    expect(fingerprintsOf.phoneTail(vault, 1, '5678')).toEqual([sealed.phoneTailHash])
  })

  it('never by the number of another, by a part of it, or in another organisation', () => {
    const { phoneHash, phoneTailHash } = sealBuyer(vault, 1, CASE, buyer)
    for (const phone of ['13800135679', '1380013567', '5678', ''])
      expect(fingerprintsOf.phone(vault, 1, phone)).not.toContain(phoneHash)
    expect(fingerprintsOf.phone(vault, 2, buyer.phone)).not.toContain(phoneHash)
    expect(phoneTailHash).not.toBe(phoneHash)
  })
})

describe('a stored buyer', () => {
  it('opens to what was reported, and shows only masks and fingerprints', () => {
    const { sealed, ...shown } = sealBuyer(vault, 1, CASE, buyer)
    expect(openBuyer(vault, 1, CASE, { sealed })).toEqual(buyer)
    expect(Object.keys(shown).sort()).toEqual(['nameHash', 'nameMask', 'phoneHash', 'phoneMask', 'phoneTailHash'])
    expect([shown.nameMask, shown.phoneMask]).toEqual(['王**', '138****5678'])
  })

  it('has no name and no phone in it, in no field', () => {
    const kept = JSON.stringify(messageSealingOf(vault).sealBuyer(1, CASE, buyer))
    for (const canary of ['小明', '00135', 'NjgwMDEz', Buffer.from('王小明').toString('base64')])
      expect(kept).not.toContain(canary)
  })

  it.each([
    ['only the name', { name: '王小明' }, ['nameHash', 'nameMask', 'sealed']],
    ['only the phone', { phone: '13800135678' }, ['phoneHash', 'phoneMask', 'phoneTailHash', 'sealed']],
    ['a phone too short for a tail', { phone: '110' }, ['phoneHash', 'phoneMask', 'sealed']],
    ['nothing', {}, ['sealed']],
  ])('of whom we know %s claims no more than that', (_, known, keys) => {
    expect(Object.keys(sealBuyer(vault, 1, CASE, known)).sort()).toEqual(keys)
  })

  it('is the same row when it is reported again, so that a repetition changes nothing', () => {
    expect(sealBuyer(vault, 1, CASE, buyer)).toEqual(sealBuyer(vault, 1, CASE, { ...buyer }))
  })
})

describe('a message as it is kept', () => {
  it('opens to the same text for its organisation only', () => {
    const sealing = messageSealingOf(vault)
    const place = { org: 1, app: 1, digest: Buffer.alloc(16, 3) }
    const sealed = sealing.sealMessage(place, '{"a":"收件人 王小明"}')
    expect(sealing.openMessage(place, sealed)).toBe('{"a":"收件人 王小明"}')
    expect(() => sealing.openMessage({ ...place, org: 2 }, sealed)).toThrow('not sealed')
  })
})

describe('a buyer who is reported again after a change of keys (fault C2)', () => {
  const before = openVault(Buffer.alloc(32, 7))
  const after = vaultWithOrganisationKeys([Buffer.alloc(32, 8), Buffer.alloc(32, 7)])
  const known = sealBuyer(before, 1, CASE, buyer)
  const recorded = (reported: ClearBuyer): unknown =>
    keepKnownBuyer(after, 1, CASE, sealBuyer(after, 1, CASE, reported), known)

  it('is recorded as the case has it already: a change of keys is no change of the case', () => {
    expect(recorded(buyer)).toBe(known)
  })

  it.each([
    ['another name', { ...buyer, name: '李雷' }],
    ['another phone', { ...buyer, phone: '13900005678' }],
    ['no name', { phone: buyer.phone }],
  ])('is another one with %s', (_, reported) => {
    expect(recorded(reported)).toEqual(sealBuyer(after, 1, CASE, reported))
  })
})
