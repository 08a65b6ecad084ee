import { requestOf, sampleActions } from '../../../../../test/support/action-commands'
import { SECOND, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import { decide } from '../../decide'
import type { Facets } from '../../facets'
import { STATUSES } from '../../glossary/status'
import type { Status } from '../../glossary/status'
import { KINDS } from '../../glossary/vocabulary'
import type { Kind } from '../../glossary/vocabulary'
import type { ActionName } from '../action-names'
import { ACTIONS } from '../action-names'
import { offeredActions } from './offered-actions'

const names = Object.keys(ACTIONS) as ActionName[]
const kinds = Object.keys(KINDS) as Kind[]
const statuses = Object.keys(STATUSES) as Status[]
const everywhere = () => 'API' as const

const aCase = (kind: Kind, status: Status, more: Partial<Facets> = {}): AfterSaleCase => {
  const afterSale = given(reported(0, aRefundRequest({ kind: { kind }, status: { status, raw: 'X' }, ...more })))
  if (afterSale === undefined) throw new Error('no case')
  return afterSale
}
const refusalOfRequest = (afterSale: AfterSaleCase, name: ActionName): string | undefined => {
  const decision = decide(afterSale, requestOf(sampleActions[name], { judged: afterSale.lastSeen?.revision ?? 0 }))
  return decision.type === 'refused' ? decision.reason : undefined
}

describe('the actions that a case offers', () => {
  it.each(kinds)(
    'are, for the kind %s in every status, refused for the reason that the request itself gets',
    (kind) => {
      for (const status of statuses) {
        const afterSale = aCase(kind, status)
        const offered = new Map(offeredActions(afterSale, everywhere).map((action) => [action.name, action]))
        for (const name of names) {
          const action = offered.get(name)
          const refusal = refusalOfRequest(afterSale, name)
          if (action === undefined) expect(['AlreadyFinished', 'NotForThisKind']).toContain(refusal)
          else if (action.refusal !== undefined) expect([status, name, refusal]).toEqual([status, name, action.refusal])
          else
            expect(['AlreadyFinished', 'NotForThisKind', 'NotInThisStatus', 'PlatformDecides']).not.toContain(refusal)
        }
      }
    },
  )

  it('are only those that the marketplace has, by a call or by hand', () => {
    const ways = { reject: 'ASSISTED', 'approve-refund': 'API', negotiate: 'OBSERVE_ONLY' } as const
    const offered = offeredActions(aCase('refund-only', 'awaiting-merchant-decision'), (name) =>
      name === 'reject' || name === 'approve-refund' || name === 'negotiate' ? ways[name] : 'NONE',
    )
    expect(offered.map(({ name, way }) => [name, way])).toEqual([
      ['approve-refund', 'API'],
      ['reject', 'ASSISTED'],
    ])
  })

  it('cost what is still asked for; unknown where the amount is a parameter', () => {
    const afterSale = aCase('refund-only', 'awaiting-merchant-decision')
    const amounts = new Map(offeredActions(afterSale, everywhere).map(({ name, amount }) => [name, amount]))
    expect([amounts.get('approve-refund'), amounts.get('reject'), amounts.get('send-small-payment')]).toEqual([
      8900,
      0,
      null,
    ])
  })

  it('are decided once: while a decision is under way the others are refused', () => {
    const afterSale = given(
      reported(0, aRefundRequest()),
      requestOf('approve-refund'),
      reported(SECOND, aRefundRequest(), 500),
    )
    if (afterSale === undefined) throw new Error('no case')
    const offered = new Map(offeredActions(afterSale, everywhere).map(({ name, refusal }) => [name, refusal]))
    expect([offered.get('approve-refund'), offered.get('reject'), offered.get('add-remark')]).toEqual([
      'AlreadyDecided',
      'AnotherUnderWay',
      undefined,
    ])
  })
})
