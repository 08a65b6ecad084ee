import type { EntityManager } from 'typeorm'

/** A case about which colleagues have agreed or written something. */
export interface TeamworkChange {
  readonly org: number
  readonly store: number
  readonly caseId: string
}

/** With the commit of the caller's transaction every process hears of it. Ids only: each of them asks for the rest by its own rights. */
export async function announceChange(manager: EntityManager, { org, store, caseId }: TeamworkChange): Promise<void> {
  await manager.query(`SELECT pg_notify('shouhou_teamwork', $1)`, [`${org}/${store}/${caseId}`])
}

/** `undefined`: no text of `announceChange`. */
export function parseChange(payload: string): TeamworkChange | undefined {
  const [, org, store, caseId] = /^(\d{1,9})\/(\d{1,9})\/([0-9a-f-]{36})$/.exec(payload) ?? []
  return caseId === undefined ? undefined : { org: Number(org), store: Number(store), caseId }
}
