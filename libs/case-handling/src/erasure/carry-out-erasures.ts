import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { failpoint, loadOwnStreams, newestMessage, readMessagesBetween, withTenants } from '#event-store'
import type { BatchState, ErasureRow } from '#ledgers'
import {
  advanceErasure,
  beginMessages,
  casesToErase,
  erasedStreams,
  forgetTexts,
  lockBatchesOf,
  lockErasure,
  markErased,
  messagesOfErasure,
  unfinishedErasures,
} from '#ledgers'
import type { EvidenceStore } from '../evidence/evidence-store'
import type { BuyerOpening, Clock, Sealing } from '../ports'
import type { MessageInterpreter } from '../receiving/interpret-messages'
import type { CaseWriter } from '../writing/case-writer'
import { caseOfMessage, eraseBodies } from './erase-bodies'
import { eraseFromCases } from './erase-case'
import { deleteEvidence, eraseOrders, forgetFailures, forgetQuarantined } from './erase-copies'

/** Carry out what was requested. Returns how many requests were finished. */
export class CarryOutErasures extends Command<number> {
  constructor(readonly signal?: AbortSignal) {
    super()
  }
}

/** Cases in one transaction: their locks must not be felt. */
const CASES = 20
const MESSAGES = 500
const isAtWork = (state: BatchState): boolean => state === 'running' || state === 'recalling'
const FIRST = '00000000-0000-0000-0000-000000000000'

export interface ErasureParts {
  readonly database: DataSource
  readonly writer: CaseWriter
  readonly interpreter: MessageInterpreter
  readonly sealing: BuyerOpening & Pick<Sealing, 'sealOrder'>
  /** Absent: this process does not reach the files of evidence. */
  readonly evidence: EvidenceStore | undefined
  /** Takes the texts out of what colleagues wrote about these cases; answers how many. */
  readonly eraseNotes: (manager: EntityManager, org: number, cases: readonly string[], at: number) => Promise<number>
  readonly clock: Clock
}

/**
 * Erases buyers in small transactions: first from the cases, with evidence and orders; from then on reports are applied without
 * them (`messagesOfErased`). Then from the messages that were received until then. Each transaction records how far it came, so a process that
 * is killed leaves nothing half done, and the next one goes on. Any number of workers may do so at once.
 */
@CommandHandler(CarryOutErasures)
export class CarryOutErasuresHandler implements ICommandHandler<CarryOutErasures> {
  constructor(private readonly parts: ErasureParts) {}

  async execute({ signal }: CarryOutErasures): Promise<number> {
    let finished = 0
    for (const erasure of await unfinishedErasures(this.parts.database.manager))
      if (await withTenants([erasure.org], () => this.carryOut(erasure.id, signal))) finished += 1
    return finished
  }

  /** @returns whether it is finished; if not, there is an obstacle, or another worker is at it */
  private async carryOut(id: number, signal: AbortSignal | undefined): Promise<boolean> {
    let after = FIRST
    for (;;) {
      if (signal?.aborted === true) return false
      const step = await this.parts.database.transaction(async (manager) => {
        const erasure = await lockErasure(manager, id)
        if (erasure === undefined) return 'not-ours'
        if (erasure.messageUntil !== null) return this.eraseMessages(manager, erasure, erasure.messageUntil)
        const cases = await casesToErase(manager, id, after, CASES)
        if (cases.length > 0) {
          await this.eraseCases(manager, erasure, cases)
          return { after: cases.at(-1) ?? after }
        }
        // Some are left: there was an obstacle.
        if ((await casesToErase(manager, id, FIRST, 1)).length > 0) return 'waiting'
        await beginMessages(manager, id, await newestMessage(manager))
        return 'more'
      })
      failpoint('erasure.batch')
      if (step === 'finished') return true
      if (step === 'not-ours' || step === 'waiting') return false
      if (step !== 'more') ({ after } = step)
    }
  }

  private async eraseCases(manager: EntityManager, erasure: ErasureRow, ids: readonly string[]): Promise<void> {
    const { writer, sealing, evidence, eraseNotes, clock } = this.parts
    const { id, org, why, requestedBy, withOpen } = erasure
    const now = clock()
    const order = { why, withOpen, ...(requestedBy === null ? {} : { by: requestedBy }) }
    const batches = await lockBatchesOf(manager, org, ids)
    // A batch at work needs its texts, and may be about to act on the case: it ends first.
    const busy = new Set(batches.flatMap(({ state, cases }) => (isAtWork(state) ? cases : [])))
    const free = ids.filter((stream) => !busy.has(stream))
    const rows = await loadOwnStreams<AfterSaleCase>(manager, org, free)
    const erased = await eraseFromCases(manager, rows, order, { opening: sealing, now })
    const streams = erased.map(({ change }) => change.id)
    await writer.rewrite(
      manager,
      erased.map(({ change }) => change),
      erased.map(({ event }) => event),
    )
    await eraseOrders(manager, sealing, org, streams)
    const notes = await eraseNotes(manager, org, streams, now)
    await forgetTexts(
      manager,
      batches.filter(({ cases }) => cases.some((stream) => streams.includes(stream))).map((batch) => batch.id),
    )
    await forgetFailures(manager, streams)
    const pieces = await deleteEvidence(manager, evidence, org, streams)
    await markErased(manager, streams, now)
    await advanceErasure(manager, id, { pieces, notes })
    failpoint('erasure.case')
  }

  private async eraseMessages(
    manager: EntityManager,
    { id, org, messageAfter }: ErasureRow,
    until: number,
  ): Promise<'more' | 'finished' | 'waiting'> {
    const { interpreter, clock } = this.parts
    const page = await readMessagesBetween(manager, { org, after: messageAfter, until, limit: MESSAGES })
    // A message that waits is still needed. It is erased as soon as it is processed, or by the next run.
    const firstWaiting = page.findIndex(({ waiting }) => waiting)
    const messages = firstWaiting === -1 ? page : page.slice(0, firstWaiting)
    const interpreted = await interpreter.interpret(messages)
    const named = interpreted.flatMap((message) => caseOfMessage(message) ?? [])
    const cases = await erasedStreams(manager, named)
    const recorded = await messagesOfErasure(
      manager,
      id,
      messages.map((message) => message.id),
    )
    const erased = new Set(
      interpreted.flatMap((message) =>
        recorded.has(message.id) || cases.has(caseOfMessage(message) ?? '') ? [message.id] : [],
      ),
    )
    await eraseBodies(manager, interpreter, messages, erased)
    await forgetQuarantined(manager, [...erased])
    const isLast = firstWaiting === -1 && page.length < MESSAGES
    await advanceErasure(manager, id, {
      messageAfter: messages.at(-1)?.id ?? messageAfter,
      messages: erased.size,
      ...(isLast ? { finishedAt: clock() } : {}),
    })
    return isLast ? 'finished' : firstWaiting === -1 ? 'more' : 'waiting'
  }
}
