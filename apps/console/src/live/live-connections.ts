import { Injectable } from '@nestjs/common'
import type { Actor } from '#access'

/** The open connections of this process, by the session or key that they are of. */
@Injectable()
export class LiveConnections {
  private readonly open = new Map<AbortController, string>()

  get count(): number {
    return this.open.size
  }

  add(connection: AbortController, actor: Actor): void {
    this.open.set(connection, sessionOf(actor))
  }

  remove(connection: AbortController): void {
    this.open.delete(connection)
  }

  /** Ends those of a session that has ended or moved to another organisation: nothing more of the earlier one is sent. */
  closeOf(actor: Actor): void {
    for (const [connection, session] of this.open) if (session === sessionOf(actor)) connection.abort()
  }

  closeAll(): void {
    for (const connection of this.open.keys()) connection.abort()
  }
}

const sessionOf = (actor: Actor): string => (actor.kind === 'person' ? actor.session : actor.id)
