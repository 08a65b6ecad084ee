import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Directory, confirmationSigningOf, openVault, messageSealingOf } from '#access'
import type { AfterSaleCase, Intent } from '#after-sale'
import { defaultStoreTerms } from '#after-sale'
import type { ActionRequestOutcome } from '#case-handling'
import { ActOnCases, ActOnCasesHandler, ActionOrders, CaseWriter, Confirmations, wayOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import type { TaskItem } from '#read-models'
import { TasksHandler, TasksQuery, projections } from '#read-models'
import type { PlannedFault } from '../../../apps/simulator/src/faults/action-faults'
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
  agreeToRefund(caseNumber: string): Promise<ActionRequestOutcome>
  /** Starts another worker. The previous one keeps running and is ended with the deployment. */
  startAnotherWorker(env?: Readonly<Record<string, string>>): Promise<RealProcess>
  readIntent(caseNumber: string): Promise<Intent | undefined>
  untilIntent(caseNumber: string, states: readonly Intent['state'][], ms?: number): Promise<Intent>
  readTasks(): Promise<readonly TaskItem[]>
  effectsOf(caseNumber: string): Effects
  /** Number of calls to the marketplace about a case, successful or not. */
  countCallsAbout(caseNumber: string): number
  planFaults(...faults: readonly PlannedFault[]): void
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
  const readCase = async (caseNumber: string): Promise<{ id: string; state: AfterSaleCase } | undefined> =>
    (
      await database.query<{ id: string; state: AfterSaleCase }[]>(
        `SELECT id, state FROM stream WHERE state->>'caseNumber' = $1`,
        [caseNumber],
      )
    )[0]
  /** The state of an action, for the error of a wait that timed out. */
  const describeAction = async (caseNumber: string): Promise<string> => {
    const [row] = await database.query<object[]>(
      `SELECT s.state->'intents'->-1->>'state' AS intent, e.state, e.attempts, e.ended_as, e.ended_text, r.attempts AS readings,
         round(e.not_before - extract(epoch FROM clock_timestamp()) * 1000) AS again_in_ms
       FROM stream s LEFT JOIN effect e ON e.stream = s.id LEFT JOIN reading r ON r.stream = s.id
       WHERE s.state->>'caseNumber' = $1 ORDER BY e.token DESC LIMIT 1`,
      [caseNumber],
    )
    return JSON.stringify(row ?? 'no such case')
  }
  const readIntent = async (caseNumber: string): Promise<Intent | undefined> =>
    (await readCase(caseNumber))?.state.intents?.at(-1)
  return {
    deployment,
    readIntent,
    async applyForRefund(marketplace) {
      const shop = simulator.world.shops.find((one) => one.marketplace === marketplace)
      const { number } = simulator.world.apply({ shopId: shop?.id ?? '', kind: 'refund-only-shipped', quiet: true })
      await waitUntil(
        `case ${number} is in the queue`,
        async () => (await readCase(number))?.state.amounts !== undefined,
        30_000,
      )
      // Revisions are whole seconds, so the next change must happen in a later second than the application.
      simulator.clock.advance(2_000)
      return number
    },
    async agreeToRefund(caseNumber) {
      const caseRow = await readCase(caseNumber)
      if (caseRow === undefined) throw new Error(`no case ${caseNumber}`)
      const judged = caseRow.state.lastSeen?.revision ?? 0
      const request = {
        caseId: caseRow.id,
        intent: randomUUID(),
        action: { name: 'approve-refund' } as const,
        judged,
        facts: { groupFormed: true },
      }
      const [outcome] = await acting.execute(new ActOnCases(org, { kind: 'person', id: 'lin' }, [request]))
      if (outcome === undefined) throw new Error('no outcome')
      return outcome
    },
    async startAnotherWorker(env) {
      const worker = deployment.start('worker', env)
      await worker.startedIn
      return worker
    },
    async untilIntent(caseNumber, states, ms = 40_000) {
      let currentIntent: Intent | undefined
      const hasWantedState = async (): Promise<boolean> => (
        (currentIntent = await readIntent(caseNumber)),
        currentIntent !== undefined && states.includes(currentIntent.state)
      )
      try {
        await waitUntil(`the action on ${caseNumber} is ${states.join(' or ')}`, hasWantedState, ms)
      } catch (error) {
        throw new Error(`${String(error)}; ${await describeAction(caseNumber)}`)
      }
      return currentIntent as Intent
    },
    readTasks: async () => (await new TasksHandler(database).execute(new TasksQuery(org, clock(), 200))).items,
    effectsOf: (caseNumber) => {
      const record = simulator.world.find(caseNumber)
      if (record === undefined) throw new Error(`no case ${caseNumber}`)
      return record.effects
    },
    countCallsAbout: (caseNumber) =>
      simulator.calls.last(10_000).filter((call) => call.caseNumber === caseNumber).length,
    planFaults: (...faults) => simulator.faults.planned.set(faults),
    close: () => deployment.close(),
  }
}

/** Whether a process is suspended by SIGSTOP. */
export const isSuspended = ({ pid }: RealProcess): boolean =>
  execFileSync('ps', ['-o', 'state=', '-p', String(pid)])
    .toString()
    .trim()
    .startsWith('T')
