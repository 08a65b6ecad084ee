import type { Author, Ledger } from '../author'
import type { LoggedAction } from './operator-log.entity'
import { OperatorLogEntity } from './operator-log.entity'

export type OperatorLogRow = Omit<OperatorLogEntity, 'id' | 'org'>

/** To be called in the transaction that makes the change: what is done is logged, and what is logged was done. */
export const logOperator = (
  manager: Ledger,
  { org, by, at }: Author,
  what: LoggedAction,
  subject: string | number,
): Promise<unknown> =>
  manager.getRepository(OperatorLogEntity).insert({ org, at, operator: by, what, subject: String(subject) })

/** What an organisation's people did, newest first. */
export async function operatorLogOf(ledger: Ledger, org: number, limit = 100): Promise<OperatorLogRow[]> {
  const rows = await ledger
    .getRepository(OperatorLogEntity)
    .find({ where: { org }, order: { id: 'DESC' }, take: limit })
  return rows.map(({ at, operator, what, subject }) => ({ at, operator, what, subject }))
}
