import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Quota } from '#access'
import { actorRef, audited, takeFromQuota } from '#access'
import { iso } from '../core/instants'
import { problemOf } from '../problems/problem.filter'
import { currentActor } from '../security/current-actor'

const SPAN_MS = 10 * 60_000
/** There are 10,000 tails: whoever may try them all learns which buyers there are. */
export const TAILS_OF_ONE: Quota = { most: 30, spanMs: SPAN_MS }
/** All people and keys of an organisation together. */
export const TAILS_OF_ALL: Quota = { most: 300, spanMs: SPAN_MS }

/** Limits how often buyers are searched by the last four digits of a phone. */
@Injectable()
export class TailSearches {
  constructor(private readonly database: DataSource) {}

  /** @throws Problem where there were too many */
  async admit(): Promise<void> {
    const actor = currentActor()
    for (const [scope, quota] of [
      [actorRef(actor), TAILS_OF_ONE],
      ['all', TAILS_OF_ALL],
    ] as const) {
      const answer = await takeFromQuota(this.database, actor.org, `phone-tail/${scope}`, quota)
      if (answer.outcome === 'spent')
        throw problemOf('too-many-searches', {
          detail: `Too many searches by the end of a phone number. Try again from ${iso(answer.until)} on.`,
          more: { until: iso(answer.until) },
        })
      if (answer.left === 0)
        await this.database.transaction((manager) =>
          audited(manager, actor, 'search.limit-reached', actorRef(actor), { by: 'phone-tail', of: quota.most }),
        )
    }
  }
}
