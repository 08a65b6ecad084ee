import type { Author, Ledger } from '../author'
import type { LoggedAction } from './operator-log.entity'
import { OperatorLogEntity } from './operator-log.entity'

export type OperatorLogRow = Omit<OperatorLogEntity, 'id' | 'org'>

/** Call it in the transaction that makes the change, so that both are committed or neither is. */
export const logOperator = (
  manager: Ledger,
  { org, by, at }: Author,
  what: LoggedAction,
  subject: string | number,
): Promise<unknown> =>
  manager.getRepository(OperatorLogEntity).insert({ org, at, operator: by, what, subject: String(subject) })

/** The logged actions of an organisation, newest first, at most `limit`. */
export async function operatorLogOf(ledger: Ledger, org: number, limit = 100): Promise<OperatorLogRow[]> {
  const rows = await ledger
    .getRepository(OperatorLogEntity)
    .find({ where: { org }, order: { id: 'DESC' }, take: limit })
  return rows.map(({ at, operator, what, subject }) => ({ at, operator, what, subject }))
}
