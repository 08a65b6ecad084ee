import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Quota } from '#access'
import { actorRef, audited, takeFromQuota } from '#access'
import { iso } from '../core/instants'
import { problemOf } from '../problems/problem.filter'
import { currentActor } from '../security/current-actor'

/** Long enough to slow guessing down, short enough for a person who must go on working. */
const WINDOW_MS = 10 * 60_000
/** There are only 10,000 tails: a person who could try them all would learn which buyers the merchant has. */
export const TAIL_SEARCHES_PER_PERSON: Quota = { most: 30, spanMs: WINDOW_MS }
/** Of all people and keys of an organisation together. */
export const TAIL_SEARCHES_PER_ORGANISATION: Quota = { most: 300, spanMs: WINDOW_MS }

/** Limits how often buyers are searched by the last four digits of a phone. */
@Injectable()
export class TailSearches {
  constructor(private readonly database: DataSource) {}

  /** Counts one search. @throws Problem `too-many-searches` if a quota is spent */
  async admit(): Promise<void> {
    const actor = currentActor()
    for (const [scope, quota] of [
      [actorRef(actor), TAIL_SEARCHES_PER_PERSON],
      ['all', TAIL_SEARCHES_PER_ORGANISATION],
    ] as const) {
      const answer = await takeFromQuota(this.database, actor.org, `phone-tail/${scope}`, quota)
      if (answer.outcome === 'spent')
        throw problemOf('too-many-searches', {
          detail: `Too many searches by the end of a phone number. Try again from ${iso(answer.until)} on.`,
          more: { until: iso(answer.until) },
        })
      // The search that uses the quota up is audited, once in each window.
      if (answer.left === 0)
        await this.database.transaction((manager) =>
          audited(manager, actor, 'search.limit-reached', actorRef(actor), { by: 'phone-tail', of: quota.most }),
        )
    }
  }
}
