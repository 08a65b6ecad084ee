import type { DataSource } from 'typeorm'
import type { AfterSaleCase, Command } from '#after-sale'
import { FOLD_VERSION, decide, evolve } from '#after-sale'
import type { StreamEvent, StreamWrite } from '#event-store'
import { loadStreams, writeStreams } from '#event-store'
import { Draws } from './draws'
import { nextCommand, ownerOf } from './random-history'

export const idOf = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`

/** Commands of one case. */
export interface CaseCommands {
  readonly n: number
  readonly org: number
  readonly store: number
  /** Given the case as it is known. */
  readonly commands: readonly ((known: AfterSaleCase | undefined) => Command)[]
}

/** Decides and writes, as the write path does: streams are locked, then events and states are written in one transaction. */
export async function writeCommands(database: DataSource, all: readonly CaseCommands[]): Promise<void> {
  await database.transaction(async (manager) => {
    const rows = await loadStreams<AfterSaleCase>(
      manager,
      all.map(({ n }) => idOf(n)),
    )
    const known = new Map(rows.map(({ id, state }) => [id, state]))
    const events: StreamEvent[] = []
    const streams: StreamWrite[] = []
    for (const { n, org, store, commands } of all) {
      const id = idOf(n)
      const before = known.get(id)
      const after = commands.reduce((state, commandFor) => decided(id, org, state, commandFor(state), events), before)
      if (after === undefined || after === before) continue
      const revision = after.lastSeen?.revision ?? 0
      streams.push({ id, org, store, version: after.version, fold: FOLD_VERSION, revision, state: after })
    }
    await writeStreams(manager, streams, events)
  })
}

function decided(
  stream: string,
  org: number,
  before: AfterSaleCase | undefined,
  command: Command,
  events: StreamEvent[],
): AfterSaleCase | undefined {
  const decision = decide(before, command)
  if (decision.type === 'refused') return before
  return decision.events.reduce<AfterSaleCase | undefined>((state, event) => {
    const after = evolve(state, event)
    const { type, ...body } = event
    const version = after?.version ?? 0
    events.push({ stream, version, org, type, body, message_id: null, occurred_at: 0, recorded_at: 0 })
    return after
  }, before)
}

/** Writes random histories: each case gets a few commands a transaction, in a random order of cases. */
export class HistoryWriter {
  private readonly draws: Draws

  constructor(
    private readonly database: DataSource,
    seed: number,
  ) {
    this.draws = new Draws(seed)
  }

  /** One transaction over so many cases from `from` on, chosen at random. */
  writeBatch(from: number, cases: number, size: number): Promise<void> {
    const chosen = new Set(Array.from({ length: size }, () => from + this.draws.below(cases)))
    return this.write([...chosen])
  }

  /** One transaction: up to three commands for each of these cases. */
  write(numbers: readonly number[]): Promise<void> {
    return writeCommands(
      this.database,
      numbers.map((n) => ({
        n,
        ...ownerOf(n),
        commands: Array.from(
          { length: 1 + this.draws.below(3) },
          () => (known: AfterSaleCase | undefined) => nextCommand(n, known, this.draws),
        ),
      })),
    )
  }
}
