import type { EntityManager } from 'typeorm'
import { noteChange } from '#event-store'
import type { Author, Ledger } from '../author'
import { StrategyEntity, StrategyVersionEntity } from './strategy.entity'

/** A strategy with its newest version, as people see it in a list. */
export interface StrategyRow extends Omit<StrategyEntity, 'org'> {
  readonly version: number
  readonly settings: unknown
}

export interface StrategyVersionRow extends StrategyVersionEntity {
  readonly policy: string
}

/** A new strategy with its first version. */
export async function draftStrategy(
  manager: EntityManager,
  author: Author,
  { policy, name, settings }: { policy: string; name: string; settings: unknown },
): Promise<{ readonly strategy: number; readonly version: number }> {
  const { org, by: createdBy, at: createdAt } = author
  const { identifiers } = await manager
    .getRepository(StrategyEntity)
    .insert({ org, policy, name, createdAt, createdBy })
  const strategy = (identifiers[0] as Pick<StrategyEntity, 'id'>).id
  await insertVersion(manager, author, strategy, 1, settings)
  noteChange({ strategy, version: 1 })
  return { strategy, version: 1 }
}

/** Adds a version and returns its number; earlier versions stay as they are. `undefined`: there is no such strategy. */
export async function reviseStrategy(
  manager: EntityManager,
  author: Author,
  strategy: number,
  settings: unknown,
): Promise<number | undefined> {
  const { org } = author
  const locked = await manager
    .getRepository(StrategyEntity)
    .findOne({ where: { id: strategy, org }, lock: { mode: 'pessimistic_write' } })
  if (locked === null) return undefined
  const newest = (await manager.getRepository(StrategyVersionEntity).maximum('version', { strategy })) ?? 0
  await insertVersion(manager, author, strategy, newest + 1, settings)
  noteChange({ version: newest + 1 })
  return newest + 1
}

const insertVersion = (
  manager: EntityManager,
  { org, by: createdBy, at: createdAt }: Author,
  strategy: number,
  version: number,
  settings: unknown,
): Promise<unknown> =>
  manager
    .getRepository(StrategyVersionEntity)
    .insert({ strategy, version, org, settings: settings as object, createdAt, createdBy })

/** All strategies of an organisation. By hand: the newest version of each in one statement. */
export const strategiesOf = (ledger: Ledger, org: number): Promise<StrategyRow[]> =>
  ledger.query(
    `SELECT DISTINCT ON (s.id) s.id, s.policy, s.name, s.created_at AS "createdAt", s.created_by AS "createdBy", v.version, v.settings
     FROM strategy s JOIN strategy_version v ON v.strategy = s.id WHERE s.org = $1 ORDER BY s.id, v.version DESC`,
    [org],
  )

/** All versions of a strategy, newest first; empty: the organisation has no such strategy. */
export async function versionsOf(ledger: Ledger, org: number, strategy: number): Promise<StrategyVersionRow[]> {
  const strategyRow = await ledger.getRepository(StrategyEntity).findOneBy({ id: strategy, org })
  if (strategyRow === null) return []
  const versions = await ledger
    .getRepository(StrategyVersionEntity)
    .find({ where: { strategy, org }, order: { version: 'DESC' } })
  return versions.map((version) => ({ ...version, policy: strategyRow.policy }))
}

/** All versions of all strategies. By hand: each with the policy of its strategy, in one statement. */
export const allStrategyVersions = (
  ledger: Ledger,
): Promise<Pick<StrategyVersionRow, 'strategy' | 'version' | 'policy' | 'settings'>[]> =>
  ledger.query(
    'SELECT v.strategy, v.version, s.policy, v.settings FROM strategy_version v JOIN strategy s ON s.id = v.strategy',
  )
