import { Inject, Injectable } from '@nestjs/common'
import type { Actor } from '#access'
import { mayAtStore } from '#access'
import { WakeUps } from '#event-store'
import { parseChange } from '#teamwork'
import type { LiveTeamwork } from './live.answer'

/** What colleagues agree and write, as it happens in any process. It has no history: who was away asks for everything again. */
@Injectable()
export class TeamworkFeed {
  constructor(@Inject(WakeUps) private readonly wakeUps: WakeUps) {}

  /** Calls `changed` for each change that the actor may see, until the returned function is called. */
  watch({ org, stores }: Pick<Actor, 'org' | 'stores'>, changed: (change: LiveTeamwork) => void): () => void {
    return this.wakeUps.listen('shouhou_teamwork', (payload) => {
      if (payload === undefined) return changed({ caseId: null })
      const change = parseChange(payload)
      if (change?.org === org && mayAtStore({ stores }, change.store)) changed({ caseId: change.caseId })
    })
  }
}
