import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase, RequestAction, Verdict } from '#after-sale'
import { termsOf } from '#after-sale'
import { arm, changeStoreTerms, draftStrategy } from '#ledgers'
import { truthOf } from '../../../apps/simulator/src/world/truth'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import { writePersonRequests } from './person-requests'

const HOUR = 3_600_000
/** So many polls, 40 ms apart, with the same work left mean that the work waits for the platforms' clocks. */
const EQUAL_POLLS = 12
const DAY = 24 * HOUR

export interface DayRunOptions {
  readonly seed: string
  readonly cases: number
  /** How far the clock is moved at a time while deadlines pass, hours. */
  readonly stepHours?: number
  readonly log?: (line: string) => void
}

export interface DayRunReport {
  readonly seed: string
  readonly cases: number
  /** Number of actions decided by strategies, by action and final state. */
  readonly decided: Readonly<Record<string, number>>
  /** Cases that a strategy covers and that became overdue nevertheless. */
  readonly overdue: readonly string[]
  readonly refundedTwice: readonly string[]
  /** Orders for which more was refunded than paid. */
  readonly refundedTooMuch: readonly string[]
  /** Number of decisions without a rule that explains them. */
  readonly unexplained: number
  readonly doubtsLeft: number
  readonly tookMs: number
}

export const hasPassed = (report: DayRunReport): boolean =>
  report.overdue.length +
    report.refundedTwice.length +
    report.refundedTooMuch.length +
    report.unexplained +
    report.doubtsLeft ===
    0 && Object.keys(report.decided).length > 0

/** The strategies of the seeds that act by themselves: agree to returns, refund what the warehouse has accepted. */
const STRATEGIES = [
  { policy: 'withinSevenDaysOfDelivery', settings: { counting: 'natural-days' } },
  { policy: 'returnReasonIsChosen', settings: { reasons: [], codes: [], matchesAllConfirmed: true } },
  { policy: 'warehouseAcceptedGoods', settings: { receivedIsEnough: true } },
] as const

const AUTHOR = { org: 1, by: 'day', at: 0 }

/**
 * A day of cases at four stores of two marketplaces, over their real protocols, with returns handled by the strategies of the
 * seeds; then the platforms' clocks run out on everything unanswered. What a strategy covers must never be overdue.
 */
export async function dayRun(
  url: string,
  { seed, cases, stepHours = 2, log = () => undefined }: DayRunOptions,
): Promise<DayRunReport> {
  const started = performance.now()
  const deployment = await openProcessDeployment(url, seed, {}, 0)
  try {
    await armAll(deployment)
    // One step stays below the ten minutes by which a caller's clock may be off at the marketplaces, unless there are few cases.
    const slice = cases < 1_000 ? 40 : Math.ceil(cases / 150)
    for (let known = 0; known < cases; known += slice) {
      deployment.trade(Math.min(slice, cases - known), (DAY * slice) / cases)
      await waitUntilAllIsDone(deployment)
      await warehouseReports(deployment)
      if (known % 2_000 < slice) log(`${known} cases, ${Math.round((performance.now() - started) / 1000)} s`)
    }
    for (let hours = 0; hours < 50; hours += stepHours) {
      deployment.simulator.clock.advance(stepHours * HOUR)
      await waitUntilAllIsDone(deployment)
      await warehouseReports(deployment)
    }
    await waitUntilAllIsDone(deployment)
    return await buildReport(deployment, seed, started)
  } finally {
    await deployment.close()
  }
}

async function armAll({ database, simulator }: ProcessDeployment): Promise<void> {
  const addresses = new Map(simulator.world.shops.map((shop) => [shop.id, shop.returnAddressId]))
  const stores = await database.query<{ id: number; org: number; shop: string }[]>('SELECT id, org, shop FROM store')
  await database.transaction(async (manager) => {
    for (const { policy, settings } of STRATEGIES) {
      const { strategy, version } = await draftStrategy(manager, AUTHOR, { policy, name: policy, settings })
      for (const { id } of stores)
        await arm(manager, AUTHOR, { store: id, strategy, version, mode: 'live', cap: 10 ** 12, trial: null })
    }
    for (const { id, shop } of stores)
      await changeStoreTerms(manager, AUTHOR, id, { returnAddressId: addresses.get(shop) ?? '' }, 0)
  })
}

/** Waits until nothing is pending, to be read or to be sent. Work that is retried later gets the time for it. */
async function waitUntilAllIsDone({ database, simulator }: ProcessDeployment): Promise<void> {
  const outcome = performance.now() + 120_000
  let [before, equalPolls] = ['', 0]
  for (;;) {
    const undelivered = simulator.douyin.pushes.backlog + simulator.pinduoduo.messages.backlog
    const [row] = await database.query<{ pending: number; readings: number; effects: number }[]>(
      `SELECT (SELECT count(*)::int FROM pending) AS pending, (SELECT count(*)::int FROM reading WHERE attempts < 3) AS readings,
         (SELECT count(*)::int FROM effect WHERE state IN ('ready', 'sent')) AS effects`,
    )
    if (row !== undefined && undelivered + row.pending + row.readings + row.effects === 0) return
    if (performance.now() > outcome) throw new Error(`still under way: ${undelivered} messages, ${JSON.stringify(row)}`)
    await pause(40)
    const workLeft = `${undelivered} ${JSON.stringify(row)}`
    equalPolls = workLeft === before ? equalPolls + 1 : 0
    before = workLeft
    if (equalPolls < EQUAL_POLLS) continue
    simulator.clock.advance(60_000)
    equalPolls = 0
  }
}

/** Warehouse staff confirm the receipt of every return that has arrived. */
async function warehouseReports(deployment: ProcessDeployment): Promise<void> {
  const waiting = await readCasesWithStatus(deployment.database, 'awaiting-merchant-receipt')
  const now = deployment.simulator.clock.now()
  const requests = waiting
    .filter(({ state }) => !state.intents?.some(({ action }) => action.name === 'confirm-receipt'))
    .map(({ id, store, state }) => ({ id, store, request: receiptRequest(id, state, now) }))
  await writePersonRequests(deployment.database, requests, now)
}

const receiptRequest = (id: string, afterSale: AfterSaleCase, now: number): RequestAction => ({
  type: 'RequestAction',
  intent: `warehouse-${id}`,
  action: { name: 'confirm-receipt', fit: true },
  by: { kind: 'person', id: 'warehouse' },
  way: 'API',
  judged: afterSale.lastSeen?.revision ?? 0,
  terms: termsOf({}),
  facts: {},
  confirmed: [],
  now,
})

interface Row {
  readonly id: string
  readonly store: number
  readonly state: AfterSaleCase
}

const readCasesWithStatus = (database: DataSource, status: string): Promise<Row[]> =>
  database.query(`SELECT id, store, state FROM stream WHERE state->'status'->>'status' = $1`, [status])

async function buildReport(
  { database, simulator }: ProcessDeployment,
  seed: string,
  started: number,
): Promise<DayRunReport> {
  const rows = await database.query<Row[]>('SELECT id, store, state FROM stream')
  const intents = rows.flatMap(({ state }) => (state.intents ?? []).filter(({ by }) => by.kind === 'strategy'))
  const decided: Record<string, number> = {}
  for (const { action, state, code } of intents) {
    const outcome = `${action.name} ${state}${code === undefined ? '' : ` ${code}`}`
    decided[outcome] = (decided[outcome] ?? 0) + 1
  }
  const verdicts = await database.query<{ verdict: Verdict | null }[]>(
    `SELECT body->'verdict' AS verdict FROM event WHERE type = 'ActionIntended' AND body->'by'->>'kind' = 'strategy'`,
  )
  const truths = simulator.world.page(0, Number.MAX_SAFE_INTEGER).map((record) => truthOf(record, simulator))
  const refunded = new Map<string, number>()
  for (const { orderNumber, effects } of truths)
    refunded.set(orderNumber, (refunded.get(orderNumber) ?? 0) + effects.refundedFen)
  return {
    seed,
    cases: rows.length,
    decided,
    overdue: rows.flatMap(({ state }) =>
      isCovered(state) && state.passed.SELLER_RESPONSE !== undefined ? [state.caseNumber] : [],
    ),
    refundedTwice: truths.flatMap(({ caseNumber, effects }) => (effects.refundsPaid > 1 ? [caseNumber] : [])),
    refundedTooMuch: truths.flatMap(({ orderNumber, orderPaidFen }) =>
      orderPaidFen !== null && (refunded.get(orderNumber) ?? 0) > orderPaidFen ? [orderNumber] : [],
    ),
    unexplained: verdicts.filter(({ verdict }) => !isExplained(verdict)).length,
    doubtsLeft: intents.filter(({ state }) => state === 'in-doubt').length,
    tookMs: Math.round(performance.now() - started),
  }
}

/** Whether the strategies cover the case: returns, unless the platform has taken them over. */
const isCovered = (afterSale: AfterSaleCase): boolean =>
  afterSale.kind?.kind === 'return-and-refund' &&
  !Object.keys(afterSale.reached).some((stage) => stage.startsWith('dispute:') && stage !== 'dispute:none')

const isExplained = (verdict: Verdict | null): boolean =>
  verdict !== null &&
  verdict.conditions.length > 0 &&
  verdict.conditions.every(({ rule, truth }) => /^R\d{3}$/.test(rule) && truth === 'true')
