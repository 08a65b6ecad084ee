import { translate } from './translate'
import type { Fields } from '../samples/messages'
import { CASE_NUMBER, detailOf, ORDER_NUMBER, pushOf, rowOf, storedMessage } from '../samples/messages'

const about = { caseNumber: String(CASE_NUMBER), orderNumber: String(ORDER_NUMBER) }

describe('a message that is not understood and names a case', () => {
  it.each<[string, string, string]>([
    ['a tag that no table has', pushOf('219'), 'unknown tag 219'],
    ['an unknown status', pushOf('204', { aftersale_status: 99 }), 'unknown aftersale_status 99'],
    ['a type that no table has', pushOf('200', { aftersale_type: 44 }), 'unknown aftersale_type 44'],
    ['no status', pushOf('201', { aftersale_status: '' }), 'unknown aftersale_status undefined'],
    ['no tag', pushOf('200').replace('"tag":"200",', ''), 'a push without a tag'],
  ])('pushed with %s is put aside and has the case read', (_, raw, why) => {
    const names = { shop: '10437001', case: about }
    expect(translate(storedMessage('push', raw))).toEqual({ type: 'unintelligible', why, names })
  })

  it.each(['aftersale_status', 'aftersale_type', 'refund_status', 'arbitrate_status'])(
    'listed with an unknown %s is put aside and has the case read',
    (field) => {
      expect(translate(storedMessage('list', rowOf({ [field]: 99 })))).toMatchObject({
        type: 'unintelligible',
        why: `unknown ${field} 99`,
        names: { case: about },
      })
    },
  )

  it('in a detail is only quarantined: reading it again would return the same', () => {
    expect(translate(storedMessage('detail', detailOf({ after_sale_status: 99 })))).not.toHaveProperty('names')
  })

  it.each<[string, Fields, Fields]>([
    ['aftersale_type', { aftersale_type: null }, { aftersale_type: undefined }],
    ['refund_status', { refund_status: '' }, { refund_status: undefined }],
    ['arbitrate_status', { arbitrate_status: '' }, { arbitrate_status: undefined }],
  ])('a blank %s of a row is understood as an absent one', (_, blank, absent) => {
    const translation = translate(storedMessage('list', rowOf(blank)))
    expect(translation).toEqual(translate(storedMessage('list', rowOf(absent))))
    expect(translation.type).toBe('observed')
  })
})
