import type { DataSource } from 'typeorm'
import type { ArmedStrategy, Instant, StoreTerms } from '#after-sale'
import { judge } from '#after-sale'
import type { CapabilityManifest } from '#connectors'
import { readHistories } from '#event-store'
import type { BacktestReport, Findings } from './report'
import { addCase, noFindings, reportOf } from './report'
import type { RecordedCaseEvent } from './steps'
import { appliedIn, stepsOf } from './steps'
import type { BacktestSetup } from './try-case'
import { tryCase } from './try-case'

/**
 * What is to be backtested, on which cases: those of one organisation whose buyers applied at `from` or later and
 * before `to` (UTC ms). Plain values, validated by the caller. The strategies are tested as if they had been live all
 * the time.
 */
export interface BacktestOrder {
  readonly org: number
  readonly from: Instant
  readonly to: Instant
  readonly armed: readonly ArmedStrategy[]
  /** The present: strategies do not judge at later times. Absent: `to`. UTC ms. */
  readonly now?: Instant
  /** Our stores' numbers; absent: all. */
  readonly stores?: readonly string[]
  /** By our store's number. */
  readonly terms: Readonly<Record<string, StoreTerms>>
  /** Of stores that `terms` does not name. */
  readonly defaultTerms: StoreTerms
}

/** How an action is done at each marketplace, by its name. */
export type Manifests = Readonly<Record<string, CapabilityManifest>>

/** Called with the number of cases judged so far. */
export type Progress = (cases: number) => void

/**
 * Judges the recorded cases of a range with the facts as they were known then, and compares the decisions with what
 * really happened. Reads a snapshot through a cursor and writes nothing. If `signal` aborts, its reason is thrown.
 */
export async function backtest(
  database: DataSource,
  order: BacktestOrder,
  manifests: Manifests,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: Progress } = {},
): Promise<BacktestReport> {
  return reportOf(
    [await findingsOf(database, order, manifests, { ...(signal && { signal }), ...(onProgress && { onProgress }) })],
    order,
  )
}

interface Part {
  readonly part?: { readonly index: number; readonly of: number }
  readonly signal?: AbortSignal
  readonly onProgress?: Progress
}

/** Runs one part of a backtest and returns its counts. */
export async function findingsOf(
  database: DataSource,
  order: BacktestOrder,
  manifests: Manifests,
  { part, signal, onProgress }: Part = {},
): Promise<Findings> {
  const findings = noFindings()
  const setup = setupOf(order, manifests)
  const stores = order.stores === undefined ? undefined : new Set(order.stores)
  let cases = 0
  // A case that was applied for since `from` was reported since then.
  const range = { org: order.org, since: order.from, ...(part === undefined ? {} : { part }) }
  for await (const chunk of readHistories(database, range)) {
    signal?.throwIfAborted()
    for (const { events } of chunk) {
      const history = JSON.parse(events) as RecordedCaseEvent[]
      const applied = appliedIn(history)
      if (applied < order.from || applied >= order.to) continue
      if (stores !== undefined && !stores.has(storeIn(history))) continue
      const tried = tryCase(stepsOf(history), setup, order.now ?? order.to)
      if (tried === undefined) continue
      addCase(findings, tried)
      cases += 1
    }
    onProgress?.(cases)
  }
  return findings
}

/**
 * The live line-up over the order's strategies. An action that a marketplace does not offer is refused by the model, as
 * in live operation.
 */
export function setupOf({ armed, terms, defaultTerms }: BacktestOrder, manifests: Manifests): BacktestSetup {
  return {
    judge: (subject) => judge(subject, armed),
    termsOf: (store) => terms[store] ?? defaultTerms,
    wayOf: (marketplace, action) => manifests[marketplace]?.[action].way ?? 'NONE',
  }
}

function storeIn(history: readonly RecordedCaseEvent[]): string {
  for (const [, event] of history) if (event.type === 'CaseOpened') return event.identity.store
  return ''
}
