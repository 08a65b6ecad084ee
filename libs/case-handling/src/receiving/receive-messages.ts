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
  enterWindow,
  failpoint,
  loadStreams,
  notePush,
  openCursor,
  quarantineMessages,
  releaseFromQuarantine,
  awaitPipelined,
  withTenants,
} from '#event-store'
import { settleAnswers, streamsAnswered } from '../performing/adapter-answers'
import { isTransient } from '../transient-errors'
import type { Clock, Journal } from '../ports'
import type { InterpretedMessage, MessageInterpreter } from './interpret-messages'
import type { CommandResult, CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/write-cases'

/** Understand up to `limit` stored messages and bring their cases up to date. Returns how many were taken. */
export class ReceiveMessages extends Command<number> {
  constructor(readonly limit: number) {
    super()
  }
}

/**
 * One transaction per batch: claim messages → understand → decide → write. If it fails the messages stay pending. If it
 * fails because of its content, the batch is halved until the culprit is alone and is put into quarantine.
 */
@CommandHandler(ReceiveMessages)
export class ReceiveMessagesHandler implements ICommandHandler<ReceiveMessages> {
  constructor(
    private readonly database: DataSource,
    private readonly interpreter: MessageInterpreter,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
    private readonly journal: Journal,
    /** Called with each committed batch and the time it took (ms since 1970 by this machine), for tracing. */
    private readonly onCommitted?: (
      messages: readonly ClaimedMessage[],
      took: { readonly from: number; readonly to: number },
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
      await this.isolate(claimed, error)
    }
    return claimed.length
  }

  private async receiveBatch(manager: EntityManager, messages: readonly ClaimedMessage[]): Promise<void> {
    if (messages.length === 0) return
    const now = this.clock()
    const interpreted = await this.interpreter.interpret(messages)
    failpoint('receive.understood')
    const caseCommands = interpreted.flatMap((u) => (u.type === 'observed' ? [u.caseCommand] : []))
    const { done: results, notAccepted } = await this.write(manager, caseCommands, interpreted, now)
    const toQuarantine: readonly { id: number; org: number; reason: string; detail: string }[] = [
      ...interpreted.flatMap((u) => (u.type === 'quarantined' ? [u] : [])),
      ...notAccepted,
    ]
    const quarantinedIds = new Set(toQuarantine.map(({ id }) => id))
    await awaitPipelined([
      requestReads(manager, readingsAfter(interpreted, results), now),
      quarantineMessages(manager, toQuarantine, now),
      notePush(manager, latestPushes(interpreted)),
      releaseFromQuarantine(
        manager,
        interpreted.flatMap((u) => (quarantinedIds.has(u.id) ? [] : [u.id])),
      ),
    ])
    for (const u of interpreted) if (u.type === 'complete') await this.enterReportedWindow(manager, u, now)
  }

  /** Answers come before observations: an observation confirms an answer, not the other way round. */
  private async write(
    manager: EntityManager,
    caseCommands: readonly CaseCommand[],
    interpreted: readonly InterpretedMessage[],
    now: number,
  ) {
    const answers = interpreted.flatMap((u) => (u.type === 'answered' ? [u] : []))
    if (answers.length === 0) return { done: await this.writer.write(manager, caseCommands, now), notAccepted: [] }
    const streams = await loadStreams<AfterSaleCase>(manager, [
      ...new Set([...caseCommands.map(({ id }) => id), ...streamsAnswered(answers)]),
    ])
    const settled = await settleAnswers(manager, answers, now)
    return {
      done: await this.writer.write(manager, [...settled.caseCommands, ...caseCommands], now, streams),
      notAccepted: settled.rejected,
    }
  }

  /** An adapter's own declaration of completeness: claimed and seen are equal, for both are its own count. */
  private async enterReportedWindow(
    manager: EntityManager,
    { org, store, window: { from, to }, cases }: Extract<InterpretedMessage, { type: 'complete' }>,
    now: number,
  ): Promise<void> {
    await openCursor(manager, { id: store, org }, from, now)
    const counts = { pages: 1, claimed: cases, seen: cases, missing: 0, late: 0, extra: 0 }
    await enterWindow(manager, { org, store, from_at: from, to_at: to, ...counts, finished_at: now })
  }

  private async isolate(messages: readonly ClaimedMessage[], cause: unknown): Promise<void> {
    const ids = messages.map((m) => m.id)
    const [only] = messages
    if (messages.length === 1 && only !== undefined) {
      this.journal.warn('a message could not be processed and was put into quarantine', cause)
      await this.database.transaction(async (manager) => {
        const [still] = await claimMessagesById(manager, ids)
        if (still !== undefined)
          await quarantineMessages(
            manager,
            [{ id: still.id, org: still.org, reason: 'failed', detail: errorCodeOf(cause) }],
            this.clock(),
          )
      })
      return
    }
    const middle = Math.ceil(messages.length / 2)
    for (const half of [messages.slice(0, middle), messages.slice(middle)]) {
      try {
        await this.database.transaction(async (manager) => {
          const again = await claimMessagesById(
            manager,
            half.map((m) => m.id),
          )
          await withTenants(organisationsOf(again), () => this.receiveBatch(manager, again))
        })
      } catch (error) {
        if (isTransient(error)) throw error
        await this.isolate(half, error)
      }
    }
  }
}

/** The batch is judged and written for these only, whatever it was claimed from. */
const organisationsOf = (messages: readonly ClaimedMessage[]): number[] => messages.map(({ org }) => org)

/** The class of the error and the database's code: its text may quote the message, so it is not stored. */
const errorCodeOf = (error: unknown): string =>
  error instanceof Error
    ? [error.constructor.name, (error as { code?: string }).code].filter(Boolean).join(' ')
    : 'unknown error'

/**
 * A case that was only hinted at is read, and so is one that an unintelligible message names. A case that was reported
 * in part is read while it is open; a finished one only where the message says so.
 */
function readingsAfter(interpreted: readonly InterpretedMessage[], results: readonly CommandResult[]): ReadRequest[] {
  const finished = new Set(
    results.filter((d) => d.after !== undefined && isFinal(d.after)).map((d) => d.caseCommand.id),
  )
  // The writer has stored a reading of these already.
  const alreadyRequested = new Set(
    results.filter((d) => d.effects.some(({ type }) => type === 'ReadCase')).map((d) => d.caseCommand.id),
  )
  return interpreted.flatMap((u) => {
    const reading = 'reading' in u ? u.reading : undefined
    if (reading === undefined || alreadyRequested.has(reading.stream)) return []
    const isWanted = u.type === 'quarantined' || (u.type === 'observed' && u.readWhenOver === true)
    return isWanted || !finished.has(reading.stream) ? [reading] : []
  })
}

function latestPushes(interpreted: readonly InterpretedMessage[]): { store: number; org: number; at: number }[] {
  const latest = new Map<number, { store: number; org: number; at: number }>()
  for (const u of interpreted)
    if (u.type !== 'quarantined' && u.pushed !== undefined) {
      const known = latest.get(u.pushed.store)
      if (known === undefined || known.at < u.pushed.at) latest.set(u.pushed.store, u.pushed)
    }
  return [...latest.values()].sort((a, b) => a.store - b.store)
}
