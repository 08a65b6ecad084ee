import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { isFinal } from '#after-sale'
import type { ClaimedMessage, ReadRequest } from '#event-store'
import {
  requestReads,
  claimMessages,
  claimMessagesById,
  recordWindow,
  failpoint,
  loadStreams,
  recordPushes,
  openPullCursor,
  quarantineMessages,
  releaseFromQuarantine,
  awaitPipelined,
  withTenants,
} from '#event-store'
import { settleAnswers, answeredStreams } from '../performing/adapter-answers'
import { isTransient } from '../transient-errors'
import type { Clock, Journal } from '../ports'
import { eraseBodies, messagesOfErased } from '../erasure/erase-bodies'
import type { InterpretedMessage, MessageInterpreter } from './interpret-messages'
import type { CommandResult, CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/case-writer'

/** Interpret up to `limit` stored messages and bring their cases up to date. Returns how many were claimed. */
export class ReceiveMessages extends Command<number> {
  constructor(readonly limit: number) {
    super()
  }
}

/**
 * One transaction per batch: claim messages → interpret → decide → write. If it fails for a transient reason, the
 * messages stay pending. If it fails because of a message, the batch is halved until that message is alone and is put
 * into quarantine.
 */
@CommandHandler(ReceiveMessages)
export class ReceiveMessagesHandler implements ICommandHandler<ReceiveMessages> {
  constructor(
    private readonly database: DataSource,
    private readonly interpreter: MessageInterpreter,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
    private readonly journal: Journal,
    /** Called with each committed batch and when it began and ended (UTC ms of this machine), for tracing. */
    private readonly onCommitted?: (
      messages: readonly ClaimedMessage[],
      interval: { readonly from: number; readonly to: number },
    ) => void,
  ) {}

  async execute({ limit }: ReceiveMessages): Promise<number> {
    let claimed: ClaimedMessage[] = []
    const from = this.onCommitted === undefined ? 0 : Date.now()
    try {
      await this.database.transaction(async (manager) => {
        claimed = await claimMessages(manager, limit, this.clock())
        if (claimed.length > 0) failpoint('receive.claimed')
        await withTenants(organisationsOf(claimed), () => this.receiveBatch(manager, claimed))
        if (claimed.length > 0) failpoint('receive.written')
      })
      if (claimed.length > 0) failpoint('receive.committed')
      if (claimed.length > 0) this.onCommitted?.(claimed, { from, to: Date.now() })
    } catch (error) {
      if (claimed.length === 0 || isTransient(error)) throw error
      await this.isolateCulprit(claimed, error)
    }
    return claimed.length
  }

  private async receiveBatch(manager: EntityManager, messages: readonly ClaimedMessage[]): Promise<void> {
    if (messages.length === 0) return
    const now = this.clock()
    const interpreted = await this.interpreter.interpret(messages)
    failpoint('receive.understood')
    const caseCommands = interpreted.flatMap((message) => (message.type === 'observed' ? [message.caseCommand] : []))
    const { done: results, notAccepted } = await this.writeCases(manager, caseCommands, interpreted, now)
    await eraseBodies(manager, this.interpreter, messages, await messagesOfErased(manager, interpreted, results))
    const toQuarantine: readonly { id: number; org: number; reason: string; detail: string }[] = [
      ...interpreted.flatMap((message) => (message.type === 'quarantined' ? [message] : [])),
      ...notAccepted,
    ]
    const quarantinedIds = new Set(toQuarantine.map(({ id }) => id))
    await awaitPipelined([
      requestReads(manager, readRequestsAfter(interpreted, results), now),
      quarantineMessages(manager, toQuarantine, now),
      recordPushes(manager, latestPushes(interpreted)),
      releaseFromQuarantine(
        manager,
        interpreted.flatMap((message) => (quarantinedIds.has(message.id) ? [] : [message.id])),
      ),
    ])
    for (const message of interpreted)
      if (message.type === 'complete') await this.enterReportedWindow(manager, message, now)
  }

  /** Answers are written before observations, because an observation can confirm an answer. */
  private async writeCases(
    manager: EntityManager,
    caseCommands: readonly CaseCommand[],
    interpreted: readonly InterpretedMessage[],
    now: number,
  ) {
    const answers = interpreted.flatMap((message) => (message.type === 'answered' ? [message] : []))
    if (answers.length === 0) return { done: await this.writer.write(manager, caseCommands, now), notAccepted: [] }
    const streams = await loadStreams<AfterSaleCase>(manager, [
      ...new Set([...caseCommands.map(({ id }) => id), ...answeredStreams(answers)]),
    ])
    const settled = await settleAnswers(manager, answers, now)
    return {
      done: await this.writer.write(manager, [...settled.caseCommands, ...caseCommands], now, streams),
      notAccepted: settled.rejected,
    }
  }

  /** An adapter declares its own reports complete, so its count is both the claimed and the seen number of rows. */
  private async enterReportedWindow(
    manager: EntityManager,
    { org, store, window: { from, to }, cases }: Extract<InterpretedMessage, { type: 'complete' }>,
    now: number,
  ): Promise<void> {
    await openPullCursor(manager, { id: store, org }, from, now)
    const counts = { pages: 1, claimed: cases, seen: cases, missing: 0, late: 0, extra: 0 }
    await recordWindow(manager, { org, store, from_at: from, to_at: to, ...counts, finished_at: now })
  }

  private async isolateCulprit(messages: readonly ClaimedMessage[], cause: unknown): Promise<void> {
    const ids = messages.map((m) => m.id)
    const [onlyMessage] = messages
    if (messages.length === 1 && onlyMessage !== undefined) {
      this.journal.warn('a message could not be processed and was put into quarantine', cause)
      await this.database.transaction(async (manager) => {
        const [stillPending] = await claimMessagesById(manager, ids)
        if (stillPending !== undefined)
          await quarantineMessages(
            manager,
            [{ id: stillPending.id, org: stillPending.org, reason: 'failed', detail: errorCodeOf(cause) }],
            this.clock(),
          )
      })
      return
    }
    const middle = Math.ceil(messages.length / 2)
    for (const half of [messages.slice(0, middle), messages.slice(middle)]) {
      try {
        await this.database.transaction(async (manager) => {
          const claimedHalf = await claimMessagesById(
            manager,
            half.map((m) => m.id),
          )
          await withTenants(organisationsOf(claimedHalf), () => this.receiveBatch(manager, claimedHalf))
        })
      } catch (error) {
        if (isTransient(error)) throw error
        await this.isolateCulprit(half, error)
      }
    }
  }
}

/** The organisations whose rows the transaction may then read and write. */
const organisationsOf = (messages: readonly ClaimedMessage[]): number[] => messages.map(({ org }) => org)

/** The class of the error and the database's code. Its text is not stored: it may quote the message. */
const errorCodeOf = (error: unknown): string =>
  error instanceof Error
    ? [error.constructor.name, (error as { code?: string }).code].filter(Boolean).join(' ')
    : 'unknown error'

/**
 * The readings that a batch asks for: of a case that a message only announces or that an unintelligible message names,
 * and of a case that was reported in part. A finished case is read only if the message says so.
 */
function readRequestsAfter(
  interpreted: readonly InterpretedMessage[],
  results: readonly CommandResult[],
): ReadRequest[] {
  const finished = new Set(
    results
      .filter((result) => result.after !== undefined && isFinal(result.after))
      .map((result) => result.caseCommand.id),
  )
  // The writer has requested a reading of these already.
  const alreadyRequested = new Set(
    results
      .filter((result) => result.effects.some(({ type }) => type === 'ReadCase'))
      .map((result) => result.caseCommand.id),
  )
  return interpreted.flatMap((message) => {
    const reading = 'reading' in message ? message.reading : undefined
    if (reading === undefined || alreadyRequested.has(reading.stream)) return []
    const isWanted = message.type === 'quarantined' || (message.type === 'observed' && message.readWhenOver === true)
    return isWanted || !finished.has(reading.stream) ? [reading] : []
  })
}

/** The latest push of each store, by which its freshness is judged; sorted, so that writers lock the rows in one order. */
function latestPushes(interpreted: readonly InterpretedMessage[]): { store: number; org: number; at: number }[] {
  const latest = new Map<number, { store: number; org: number; at: number }>()
  for (const message of interpreted)
    if (message.type !== 'quarantined' && message.pushed !== undefined) {
      const known = latest.get(message.pushed.store)
      if (known === undefined || known.at < message.pushed.at) latest.set(message.pushed.store, message.pushed)
    }
  return [...latest.values()].sort((a, b) => a.store - b.store)
}
