import type { ActionName, Kind } from '#after-sale'
import { ALLOWANCES } from '#after-sale'
import type { Application, Operation } from './operations'
import { OPERATIONS, repairWithoutReturn } from './operations'
import { AFTERSALE_STATUS } from '../statuses'

const kindOf = (application: Application): Kind =>
  application === 'shipped-refund' || application === 'unshipped-refund' ? 'refund-only' : application

const OPERATION_ROWS = Object.entries(OPERATIONS).flatMap(([action, applications]) =>
  Object.entries(applications).flatMap(([application, operations]) =>
    operations.map(
      (operation) => [operation.type, action as ActionName, application as Application, operation] as const,
    ),
  ),
)

describe('the model allows what the marketplace accepts', () => {
  it.each([...OPERATION_ROWS, [repairWithoutReturn.type, 'approve-repair', 'repair', repairWithoutReturn] as const])(
    'operate %i is %s of %s',
    (_type, action, application, { statuses }: Operation) => {
      const { kinds, statuses: allowed } = ALLOWANCES[action]
      expect(kinds ?? [kindOf(application)]).toContain(kindOf(application))
      for (const code of statuses) {
        const status = AFTERSALE_STATUS[code as keyof typeof AFTERSALE_STATUS]
        expect(allowed ?? [status]).toContain(status)
      }
    },
  )

  it('no type code has two meanings, and an action of an application is one code in each status', () => {
    const types = [...OPERATION_ROWS.map(([type]) => type), repairWithoutReturn.type]
    expect(new Set(types).size).toBe(types.length)
    for (const applications of Object.values(OPERATIONS))
      for (const operations of Object.values(applications)) {
        const statuses = operations.flatMap((operation) => operation.statuses)
        expect(new Set(statuses).size).toBe(statuses.length)
      }
  })
})
