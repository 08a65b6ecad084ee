import { createHash } from 'node:crypto'
import { Directory, type Vault, loadKeys, openVault, messageSealingOf } from '#access'
import { checkStoreTerms, termsOf } from '#after-sale'
import { MARKETPLACES } from '#connectors'
import { readHistories } from '#event-store'
import { arm, changeStoreTerms, draftStrategy } from '#ledgers'
import type { FreshDatabase } from '../../../../test/postgres/database'
import { freshDatabase } from '../../../../test/postgres/database'
import type { Push, Stack } from '../../../../test/support/stack'
import { openStack, refundPush } from '../../../../test/support/stack'
import { ActionOrders } from '../performing/action-orders'
import { ReceiveMessages, ReceiveMessagesHandler } from '../receiving/receive-messages'
import { StrategiesInForce } from '../strategies/strategies-in-force'
import { StrategyJudge } from '../strategies/strategy-judge'
import { wayOf } from '../marketplace-requirements'
import { MessageInterpreter } from '../receiving/interpret-messages'
import { CaseWriter } from '../writing/case-writer'
import { buildSetup } from '../backtest/backtest'
import { loadInForceAt } from './in-force-at'
import type { ReplayReport } from './replay'
import { replay } from './replay'
import type { RecordedCaseEvent } from '../backtest/steps'
import { groupIntoSteps } from '../backtest/steps'
import { tryCase } from '../backtest/try-case'

const HOUR = 3_600_000
const CASES = 90
const SETTINGS = { reasons: [], codes: ['1'], matchesAllConfirmed: false }
const TERMS = { returnAddressId: '900' }
const manifests = Object.fromEntries(MARKETPLACES.map(({ marketplace, manifest }) => [marketplace, manifest]))

let live: Stack
let withoutStrategies: Stack
const databases: FreshDatabase[] = []

const openFreshStack = async (): Promise<Stack> => {
  const fresh = await freshDatabase()
  databases.push(fresh)
  return openStack(fresh.url)
}
/** The vault with the tests' master key and the organisation's key that this stack has created. */
async function openVaultOf(stack: Stack): Promise<Vault> {
  const vault = openVault(createHash('sha256').update('a key of the test').digest())
  await loadKeys(stack.database, vault)
  return vault
}

async function interpreterOf(stack: Stack): Promise<MessageInterpreter> {
  const vault = await openVaultOf(stack)
  return new MessageInterpreter(MARKETPLACES, new Directory(stack.database, vault), messageSealingOf(vault))
}

/** Returns and refunds; some have moved on before they were first seen, some change later. */
function pushesOf(morning: number): Push[][] {
  const rounds: Push[][] = [[], [], []]
  for (let n = 0; n < CASES; n++) {
    const caseNumber = `7000893115${String(n).padStart(9, '0')}`
    const at = morning + n * 60_000
    const type = n % 4 === 3 ? 1 : 0
    rounds[n % 5 === 0 ? 1 : 0]?.push(refundPush({ caseNumber, at, type, fen: 1_000 + n, id: `${n}a` }))
    if (n % 3 === 0)
      rounds[n % 2]?.push(refundPush({ tag: '202', caseNumber, status: 7, type, at: at + HOUR, id: `${n}b` }))
    if (n % 7 === 0)
      rounds[2]?.push(refundPush({ tag: '208', caseNumber, type, fen: 500, at: at + 2 * HOUR, id: `${n}c` }))
  }
  return rounds
}

/** A second passes with every batch, so that the transactions differ in their recorded time. */
async function receiveWith(stack: Stack, writer: CaseWriter): Promise<void> {
  const journal = {
    info: () => undefined,
    warn: (message: string, error: unknown) => void stack.troubles.push(`${message}: ${String(error)}`),
  }
  const interpreter = await interpreterOf(stack)
  const handler = new ReceiveMessagesHandler(stack.database, interpreter, writer, () => stack.now, journal)
  stack.receiveAll = async (batch = 500) => {
    let total = 0
    for (let n = -1; n !== 0; total += n, stack.now += 1_000) n = await handler.execute(new ReceiveMessages(batch))
    return total
  }
}

async function armedWriter(stack: Stack): Promise<CaseWriter> {
  const author = { org: stack.org, by: 'lin', at: stack.now }
  const manager = stack.database.manager
  await changeStoreTerms(manager, author, stack.store, TERMS, 0)
  const { strategy, version } = await draftStrategy(manager, author, {
    policy: 'returnReasonIsChosen',
    name: 'test',
    settings: SETTINGS,
  })
  await arm(manager, author, { store: stack.store, strategy, version, mode: 'live', cap: 1_000_000_000, trial: null })
  const inForce = new StrategiesInForce({ info: () => undefined, warn: () => undefined })
  const orders = new ActionOrders(messageSealingOf(await openVaultOf(stack)))
  return new CaseWriter([], undefined, new StrategyJudge(inForce, wayOf(MARKETPLACES)), orders)
}

beforeAll(async () => {
  live = await openFreshStack()
  withoutStrategies = await openFreshStack()
  await receiveWith(live, await armedWriter(live))
  await receiveWith(withoutStrategies, new CaseWriter([]))
  const morning = live.now
  for (const stack of [live, withoutStrategies])
    for (const [round, pushes] of pushesOf(morning).entries()) {
      stack.now = morning + (round + 1) * 5 * HOUR
      await stack.push(...pushes)
      await stack.receiveAll(40)
    }
})
afterAll(async () => {
  for (const stack of [live, withoutStrategies]) await stack.close()
  for (const fresh of databases) await fresh.drop()
})

describe('a backtest and the live strategies', () => {
  it('decide the same actions on the same cases at the same times', async () => {
    const liveActs = await live.database.query<{ case: string; at: number }[]>(
      `SELECT s.state->>'caseNumber' AS case, min(e.recorded_at) AS at FROM event e JOIN stream s ON s.id = e.stream
       WHERE e.type = 'ActionIntended' GROUP BY 1 ORDER BY 1`,
    )
    expect(liveActs.length).toBeGreaterThan(30)
    expect(liveActs.length).toBeLessThan(CASES)
    expect(checkStoreTerms(TERMS)).toEqual([])
    const armed = [
      { reference: { id: '1', version: 1 }, policy: 'returnReasonIsChosen', settings: SETTINGS, mode: 'live' },
    ] as const
    const order = {
      org: withoutStrategies.org,
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      armed,
      terms: {},
      defaultTerms: termsOf(TERMS),
    }
    const triedActs: { case: string; at: number }[] = []
    for await (const chunk of readHistories(withoutStrategies.database, { org: withoutStrategies.org }))
      for (const { events } of chunk) {
        const triedCase = tryCase(
          groupIntoSteps(JSON.parse(events) as RecordedCaseEvent[]),
          buildSetup(order, manifests),
          live.now,
        )
        if (triedCase?.says === 'approve') triedActs.push({ case: triedCase.caseNumber, at: triedCase.at ?? 0 })
      }
    expect(triedActs.sort((a, b) => (a.case < b.case ? -1 : 1))).toEqual(liveActs)
  })
})

describe('a replay of what strategies decided', () => {
  const runReplay = async (): Promise<ReplayReport> =>
    replay(
      {
        record: live.database,
        interpreter: await interpreterOf(live),
        inForceAt: await loadInForceAt(live.database),
      },
      { from: 0, to: Number.MAX_SAFE_INTEGER },
    )

  it('gives the same verdicts and the same consequences', async () => {
    const { differences, checksums } = await runReplay()
    expect(differences).toEqual([])
    expect(checksums.find(({ projection }) => projection === 'verdicts')).toMatchObject({ equal: true })
    expect(checksums.find(({ projection }) => projection === 'verdicts')?.rows).toBeGreaterThan(30)
  })

  it('reports the verdict that differs under other settings', async () => {
    const changeSettings = (settings: object): Promise<unknown> =>
      live.database.query('UPDATE strategy_version SET settings = $1', [JSON.stringify(settings)])
    await changeSettings({ ...SETTINGS, codes: ['2'] })
    const { differences, checksums } = await runReplay()
    await changeSettings(SETTINGS)
    expect(checksums.filter(({ equal }) => !equal).map(({ projection }) => projection)).toEqual(['verdicts'])
    expect(
      differences.some(
        ({ at, recorded, replayed: now }) => at === 'outcome' && recorded === '"act"' && now === '"leave"',
      ),
    ).toBe(true)
  })
})
