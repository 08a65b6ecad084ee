import { redact } from './redact'

describe('redaction before a message is published', () => {
  it('returns a body without personal data itself, not a copy', () => {
    const body = { status: 'refused', amounts: { total: 8_900 }, goods: [{ title: '连衣裙' }], due: undefined }
    expect(redact(body)).toBe(body)
  })

  it('hides phone numbers and persons at any depth, and does not change its input', () => {
    const body = {
      reason: { text: '联系13812345678' },
      actions: [{ by: { kind: 'strategy', id: '1' } }, { by: { kind: 'person', id: 'li' } }],
      order: '13812345678',
    }
    const before = structuredClone(body)
    expect(redact(body)).toEqual({
      reason: { text: '联系***' },
      actions: [{ by: { kind: 'strategy', id: '1' } }, { by: { kind: 'person' } }],
      order: '13812345678',
    })
    expect(body).toEqual(before)
  })

  it('hides a phone number in a nested list, too', () => {
    expect(redact([[{ title: '138 1234 5678 找我' }]])).toEqual([[{ title: '*** 找我' }]])
  })
})
