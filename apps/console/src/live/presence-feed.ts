import { Inject, Injectable } from '@nestjs/common'
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common'
import type { Actor } from '#access'
import { mayAtStore } from '#access'
import { WakeUps } from '#event-store'
import type { CasePresence } from '#teamwork'
import { parsePresence, PresenceBoard } from '#teamwork'
import type { LivePresence } from './live.answer'

const EXPIRY_INTERVAL_MS = 1_000

type Watcher = (changed: CasePresence) => void

/** Who is in which case, as every process hears it. A process that has started knows it after one interval of the reports. */
@Injectable()
export class PresenceFeed implements OnModuleInit, OnModuleDestroy {
  // The time since this process started: a clock that is set, or moved in the demonstration, ends no presence.
  private readonly board = new PresenceBoard(() => performance.now())
  private readonly watchers = new Set<Watcher>()
  private stopListening = (): void => undefined
  private expiry: NodeJS.Timeout | undefined

  constructor(@Inject(WakeUps) private readonly wakeUps: WakeUps) {}

  onModuleInit(): void {
    this.stopListening = this.wakeUps.listen('shouhou_presence', (payload) => {
      // Notices that were lost while the connection was down are repeated by the browsers.
      const notice = payload === undefined ? undefined : parsePresence(payload)
      const changed = notice === undefined ? undefined : this.board.hear(notice)
      if (changed !== undefined) this.announce([changed])
      this.expireLater()
    })
  }

  onModuleDestroy(): void {
    this.stopListening()
    clearTimeout(this.expiry)
  }

  /** Calls `changed` for each case in which people are now, then for each change, as far as the actor may see it. */
  watch({ org, stores }: Pick<Actor, 'org' | 'stores'>, changed: (presence: LivePresence) => void): () => void {
    const watcher: Watcher = ({ caseId, people, ...where }) => {
      if (where.org === org && mayAtStore({ stores }, where.store)) changed({ caseId, people: [...people] })
    }
    this.board.of(org).forEach(watcher)
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }

  private announce(changes: readonly CasePresence[]): void {
    for (const change of changes) for (const watcher of [...this.watchers]) watcher(change)
  }

  private expireLater(): void {
    if (this.expiry !== undefined || this.board.isEmpty) return
    this.expiry = setTimeout(() => {
      this.expiry = undefined
      this.announce(this.board.expire())
      this.expireLater()
    }, EXPIRY_INTERVAL_MS).unref()
  }
}
