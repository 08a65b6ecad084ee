import { auditAddressOf, auditParamsOf, isFiltered } from './audit-address'

const at = (words: string) => auditAddressOf(new URLSearchParams(words))

describe('the audit in the address bar', () => {
  it('shows everything by default', () => {
    expect(at('')).toEqual({
      actor: undefined,
      action: undefined,
      subject: undefined,
      from: undefined,
      until: undefined,
    })
    expect(isFiltered(at(''))).toBe(false)
    expect(auditParamsOf(at('')).toString()).toBe('')
  })

  it('survives the round trip', () => {
    const words = 'actor=person%3A1&action=key.&subject=key%3A2&from=2026-11-22T10%3A00%3A00.000Z'
    expect(auditParamsOf(at(words)).toString()).toBe(words)
    expect(isFiltered(at(words))).toBe(true)
  })

  it('ignores a time that is none', () => {
    expect(auditParamsOf(at('from=yesterday&until=&action=key.created')).toString()).toBe('action=key.created')
  })
})
