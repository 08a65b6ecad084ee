import type { DataSource } from 'typeorm'
import type { ArmedStrategy, Instant, StoreTerms } from '#after-sale'
import { judge } from '#after-sale'
import type { CapabilityManifest } from '#connectors'
import { readHistories } from '#event-store'
import type { BacktestReport, Findings } from './backtest-report'
import { countCase, emptyFindings, buildReport } from './backtest-report'
import type { RecordedCaseEvent } from './steps'
import { findAppliedAt, groupIntoSteps } from './steps'
import type { BacktestSetup } from './try-case'
import { tryCase } from './try-case'

/**
 * Which strategies to test on which cases: those of one organisation whose buyers applied at `from` or later and before
 * `to` (UTC ms). The strategies are judged as if they had been live all the time. Plain values, validated by the caller.
 */
export interface BacktestOrder {
  readonly org: number
  readonly from: Instant
  readonly to: Instant
  readonly armed: readonly ArmedStrategy[]
  /** The present, UTC ms; strategies judge at no later time. Absent: `to`. */
  readonly now?: Instant
  /** Our stores' numbers; absent: all. */
  readonly stores?: readonly string[]
  /** By our store's number. */
  readonly terms: Readonly<Record<string, StoreTerms>>
  /** For stores that `terms` does not contain. */
  readonly defaultTerms: StoreTerms
}

/** How an action is done at each marketplace, by its name. */
export type Manifests = Readonly<Record<string, CapabilityManifest>>

/** Called with the number of cases judged so far. */
export type ReportProgress = (cases: number) => void

/**
 * Judges the recorded cases of a range with the facts as they were known then, and compares the decisions with what
 * really happened. Reads a snapshot through a cursor and writes nothing. If `signal` aborts, its reason is thrown.
 */
export async function backtest(
  database: DataSource,
  order: BacktestOrder,
  manifests: Manifests,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: ReportProgress } = {},
): Promise<BacktestReport> {
  return buildReport(
    [
      await computeFindings(database, order, manifests, {
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      }),
    ],
    order,
  )
}

interface PartOptions {
  readonly part?: { readonly index: number; readonly of: number }
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

/** Judges one part of the cases, or all of them, and returns the counts. */
export async function computeFindings(
  database: DataSource,
  order: BacktestOrder,
  manifests: Manifests,
  { part, signal, onProgress }: PartOptions = {},
): Promise<Findings> {
  const findings = emptyFindings()
  const setup = buildSetup(order, manifests)
  const stores = order.stores === undefined ? undefined : new Set(order.stores)
  let cases = 0
  // A case cannot have been recorded before its buyer applied, so older records need not be read.
  const range = { org: order.org, since: order.from, ...(part === undefined ? {} : { part }) }
  for await (const chunk of readHistories(database, range)) {
    signal?.throwIfAborted()
    for (const { events } of chunk) {
      const history = JSON.parse(events) as RecordedCaseEvent[]
      const appliedAt = findAppliedAt(history)
      if (appliedAt < order.from || appliedAt >= order.to) continue
      if (stores !== undefined && !stores.has(findStore(history))) continue
      const triedCase = tryCase(groupIntoSteps(history), setup, order.now ?? order.to)
      if (triedCase === undefined) continue
      countCase(findings, triedCase)
      cases += 1
    }
    onProgress?.(cases)
  }
  return findings
}

/**
 * What `tryCase` judges with: the live line-up of policies with the strategies of the order. As in live operation, the
 * model refuses an action that a marketplace does not offer.
 */
export function buildSetup({ armed, terms, defaultTerms }: BacktestOrder, manifests: Manifests): BacktestSetup {
  return {
    judge: (subject) => judge(subject, armed),
    termsOf: (store) => terms[store] ?? defaultTerms,
    wayOf: (marketplace, action) => manifests[marketplace]?.[action].way ?? 'NONE',
  }
}

function findStore(history: readonly RecordedCaseEvent[]): string {
  for (const [, event] of history) if (event.type === 'CaseOpened') return event.identity.store
  return ''
}
