import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Directory, confirmationSigningOf, openVault, messageSealingOf } from '#access'
import type { AfterSaleCase, Intent } from '#after-sale'
import { defaultStoreTerms } from '#after-sale'
import type { ActionOutcome } from '#case-handling'
import { ActOnCases, ActOnCasesHandler, ActionOrders, CaseWriter, Confirmations, wayOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import type { TaskItem } from '#read-models'
import { TasksHandler, TasksQuery, projections } from '#read-models'
import type { PlannedFault } from '../../../apps/simulator/src/action-faults'
import type { Effects } from '../../../apps/simulator/src/world/case'
import { TEST_KEY } from '../../support/in-process-deployment'
import { waitUntil } from '../../processes/wait-until'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess } from '../../processes/real-process'

type Marketplace = 'pinduoduo' | 'douyin'

/** A deployment for tests of actions: a buyer applies, a person agrees to the refund, a worker carries it out. */
export interface ActingDeployment {
  readonly deployment: ProcessDeployment
  /** A buyer applies for a refund; resolves with the case number when the case is in the queue. */
  applyForRefund(marketplace: Marketplace): Promise<string>
  /** A person agrees to the refund. */
  agree(caseNumber: string): Promise<ActionOutcome>
  /** Starts another worker. The previous one keeps running and is ended with the deployment. */
  anotherWorker(env?: Readonly<Record<string, string>>): Promise<RealProcess>
  intent(caseNumber: string): Promise<Intent | undefined>
  untilIntent(caseNumber: string, states: readonly Intent['state'][], ms?: number): Promise<Intent>
  tasks(): Promise<readonly TaskItem[]>
  effectsOf(caseNumber: string): Effects
  /** Number of calls to the marketplace about a case, successful or not. */
  callsAbout(caseNumber: string): number
  strike(...strikes: readonly PlannedFault[]): void
  close(): Promise<void>
}

export async function openActingDeployment(url: string, seed: string): Promise<ActingDeployment> {
  const deployment = await openProcessDeployment(url, seed, {}, 0)
  const { simulator, database } = deployment
  const vault = openVault(TEST_KEY)
  const journal = { info: () => undefined, warn: () => undefined }
  const orders = new ActionOrders(messageSealingOf(vault))
  const writer = new CaseWriter(projections, undefined, undefined, orders)
  const clock = (): number => simulator.clock.now()
  const acting = new ActOnCasesHandler(
    database,
    writer,
    () => Promise.resolve(() => defaultStoreTerms),
    wayOf(MARKETPLACES),
    clock,
    journal,
    orders,
    new Confirmations(confirmationSigningOf(vault)),
  )
  const { organisations } = await new Directory(database, vault).current()
  const org = organisations[0]?.id ?? 0
  const stateOf = async (caseNumber: string): Promise<{ id: string; state: AfterSaleCase } | undefined> =>
    (
      await database.query<{ id: string; state: AfterSaleCase }[]>(
        `SELECT id, state FROM stream WHERE state->>'caseNumber' = $1`,
        [caseNumber],
      )
    )[0]
  /** The state of an action, for the error of a wait that timed out. */
  const actionState = async (caseNumber: string): Promise<string> => {
    const [row] = await database.query<object[]>(
      `SELECT s.state->'intents'->-1->>'state' AS intent, e.state, e.attempts, e.ended_as, e.ended_text, r.attempts AS readings,
         round(e.not_before - extract(epoch FROM clock_timestamp()) * 1000) AS again_in_ms
       FROM stream s LEFT JOIN effect e ON e.stream = s.id LEFT JOIN reading r ON r.stream = s.id
       WHERE s.state->>'caseNumber' = $1 ORDER BY e.token DESC LIMIT 1`,
      [caseNumber],
    )
    return JSON.stringify(row ?? 'no such case')
  }
  const intent = async (caseNumber: string): Promise<Intent | undefined> =>
    (await stateOf(caseNumber))?.state.intents?.at(-1)
  return {
    deployment,
    intent,
    async applyForRefund(marketplace) {
      const shop = simulator.world.shops.find((one) => one.marketplace === marketplace)
      const { number } = simulator.world.apply({ shopId: shop?.id ?? '', kind: 'refund-only-shipped', quiet: true })
      await waitUntil(
        `case ${number} is in the queue`,
        async () => (await stateOf(number))?.state.amounts !== undefined,
        30_000,
      )
      // Revisions are whole seconds, so the next change must happen in a later second than the application.
      simulator.clock.advance(2_000)
      return number
    },
    async agree(caseNumber) {
      const found = await stateOf(caseNumber)
      if (found === undefined) throw new Error(`no case ${caseNumber}`)
      const judged = found.state.lastSeen?.revision ?? 0
      const request = {
        caseId: found.id,
        intent: randomUUID(),
        action: { name: 'approve-refund' } as const,
        judged,
        facts: { groupFormed: true },
      }
      const [outcome] = await acting.execute(new ActOnCases(org, { kind: 'person', id: 'lin' }, [request]))
      if (outcome === undefined) throw new Error('no outcome')
      return outcome
    },
    async anotherWorker(env) {
      const worker = deployment.start('worker', env)
      await worker.startedIn
      return worker
    },
    async untilIntent(caseNumber, states, ms = 40_000) {
      let now: Intent | undefined
      const isSo = async (): Promise<boolean> => (
        (now = await intent(caseNumber)),
        now !== undefined && states.includes(now.state)
      )
      try {
        await waitUntil(`the action on ${caseNumber} is ${states.join(' or ')}`, isSo, ms)
      } catch (error) {
        throw new Error(`${String(error)}; ${await actionState(caseNumber)}`)
      }
      return now as Intent
    },
    tasks: async () => (await new TasksHandler(database).execute(new TasksQuery(org, clock(), 200))).items,
    effectsOf: (caseNumber) => {
      const record = simulator.world.find(caseNumber)
      if (record === undefined) throw new Error(`no case ${caseNumber}`)
      return record.effects
    },
    callsAbout: (caseNumber) => simulator.calls.last(10_000).filter((call) => call.caseNumber === caseNumber).length,
    strike: (...strikes) => simulator.faults.planned.set(strikes),
    close: () => deployment.close(),
  }
}

/** Whether a process is suspended by SIGSTOP. */
export const isSuspended = ({ pid }: RealProcess): boolean =>
  execFileSync('ps', ['-o', 'state=', '-p', String(pid)])
    .toString()
    .trim()
    .startsWith('T')
