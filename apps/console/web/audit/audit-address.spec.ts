import { auditAddressOf, auditParamsOf, isFiltered } from './audit-address'

const addressOf = (query: string) => auditAddressOf(new URLSearchParams(query))

describe('the address of the audit', () => {
  it('shows everything by default', () => {
    expect(addressOf('')).toEqual({
      actor: undefined,
      action: undefined,
      subject: undefined,
      from: undefined,
      until: undefined,
    })
    expect(isFiltered(addressOf(''))).toBe(false)
    expect(auditParamsOf(addressOf('')).toString()).toBe('')
  })

  it('is the same after it was read and written again', () => {
    const query = 'actor=person%3A1&action=key.&subject=key%3A2&from=2026-11-22T10%3A00%3A00.000Z'
    expect(auditParamsOf(addressOf(query)).toString()).toBe(query)
    expect(isFiltered(addressOf(query))).toBe(true)
  })

  it('ignores a time that is not valid', () => {
    expect(auditParamsOf(addressOf('from=yesterday&until=&action=key.created')).toString()).toBe('action=key.created')
  })
})
