import type { DataSource, EntityManager } from 'typeorm'
import { messageSealingOf, type Vault } from '#access'
import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { FOLD_VERSION, fold, timersOf } from '#after-sale'
import { canonicalJson } from './canonical-json'
import { messageIdentity, type RecordingProxy } from './recording-proxy'

/** Checks invariants of the tables that hold whichever process was killed, and whenever: one line for each violation. */
export function findInconsistencies(database: DataSource): Promise<string[]> {
  // In one snapshot, because the processes keep working.
  return database.transaction('REPEATABLE READ', async (manager) => {
    // Folding the histories of a long run between two queries takes longer than a transaction may be idle by default.
    await manager.query('SET LOCAL idle_in_transaction_session_timeout = 0')
    return [...(await findCaseInconsistencies(manager)), ...(await findQueueInconsistencies(manager))]
  })
}

async function findCaseInconsistencies(database: EntityManager): Promise<string[]> {
  const violations: string[] = []
  const streams = await database.query<{ id: string; version: number; fold: number; state: AfterSaleCase }[]>(
    'SELECT id, version, fold, state FROM stream',
  )
  const rows = await database.query<{ stream: string; version: number; type: string; body: object }[]>(
    'SELECT stream, version, type, body FROM event ORDER BY stream, version',
  )
  const histories = new Map<string, CaseEvent[]>()
  for (const { stream, version, type, body } of rows) {
    const history = histories.get(stream) ?? []
    history.push({ type, ...body } as CaseEvent)
    histories.set(stream, history)
    if (version !== history.length) violations.push(`${stream}: event ${history.length} is numbered ${version}`)
  }
  const timers = await database.query<{ stream: string; kind: string; due_at: number }[]>(
    `SELECT stream, kind, due_at FROM timer WHERE kind <> 'RECHECK'`,
  )
  const timerKeys = new Set(timers.map(({ stream, kind, due_at }) => `${stream} ${kind} ${due_at}`))
  for (const { id, version, fold: foldedBy, state } of streams) {
    const history = histories.get(id) ?? []
    histories.delete(id)
    if (version !== history.length) violations.push(`${id}: version ${version}, ${history.length} events`)
    // A row of another fold version is folded again when its case is loaded, so it is not compared here.
    if (foldedBy === FOLD_VERSION && canonicalJson(fold(history)) !== canonicalJson(state))
      violations.push(`${id}: its events fold into another case`)
    for (const { kind, due } of timersOf(state))
      if (kind !== 'RECHECK' && !timerKeys.delete(`${id} ${kind} ${due}`))
        violations.push(`${id}: no timer for ${kind}`)
  }
  for (const timer of timerKeys) violations.push(`a timer without a deadline: ${timer}`)
  for (const id of histories.keys()) violations.push(`${id}: events without a case`)
  return violations
}

async function findQueueInconsistencies(database: EntityManager): Promise<string[]> {
  const checks: Record<string, string> = {
    'counts differ from the rows': `
      SELECT coalesce(c.store, r.store) FROM (SELECT store, lane, sum(n) AS n FROM queue_count GROUP BY 1, 2 HAVING sum(n) <> 0) c
      FULL JOIN (SELECT store, lane, count(*) AS n FROM queue_row GROUP BY 1, 2) r USING (store, lane) WHERE c.n IS DISTINCT FROM r.n`,
    'cases without a queue row':
      'SELECT 1 FROM stream s WHERE NOT EXISTS (SELECT FROM queue_row q WHERE q.case_id = s.id)',
    'queue rows without a case':
      'SELECT 1 FROM queue_row q WHERE NOT EXISTS (SELECT FROM stream s WHERE q.case_id = s.id)',
    'messages in quarantine': 'SELECT 1 FROM quarantine',
    'facts published twice': 'SELECT 1 FROM outgoing GROUP BY stream, version HAVING count(*) > 1',
  }
  const violations: string[] = []
  for (const [what, sql] of Object.entries(checks)) {
    const violationCount = (await database.query<unknown[]>(sql)).length
    if (violationCount > 0) violations.push(`${violationCount} ${what}`)
  }
  return violations
}

/** Acknowledged messages that are not in the database. */
export async function findLostMessages(
  database: DataSource,
  vault: Vault,
  { acknowledged }: Pick<RecordingProxy, 'acknowledged'>,
): Promise<string[]> {
  // The acknowledged ones are collected first, so that a message that arrives in between is not expected.
  const expected = [...acknowledged.delivered, ...acknowledged.messages]
  const rows = await database.query<{ org: number; app: number; digest: Buffer; raw: Buffer }[]>(
    `SELECT org, app, digest, raw FROM message WHERE channel = 'push'`,
  )
  const sealing = messageSealingOf(vault)
  const storedIds = new Set<string>()
  for (const { raw, ...identity } of rows) {
    const message = JSON.parse(sealing.openMessage(identity, raw)) as {
      msg_id?: string
      message?: Parameters<typeof messageIdentity>[0]
    }
    if (message.msg_id !== undefined) storedIds.add(message.msg_id)
    else if (message.message !== undefined) storedIds.add(messageIdentity(message.message))
  }
  return expected.filter((message) => !storedIds.has(message))
}
