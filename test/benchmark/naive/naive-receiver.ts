import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { DataSource } from 'typeorm'
import { NaiveCase, NaiveEvent, NaiveMessage, NaiveOutgoing, NaiveQueueRow, NaiveTimer } from './entities'

/** The merchant has 48 hours to respond; the only deadline that this receiver knows. */
const RESPONSE_DEADLINE_MS = 48 * 3_600_000
/** Douyin's statuses after which nothing is due. */
const FINAL_STATUSES = [12, 14, 28, 51, 53]
/** Whose turn it is in each of Douyin's open statuses; in all others the platform acts next. */
const TURN_BY_STATUS: Readonly<Record<number, string>> = {
  6: 'us',
  8: 'us',
  11: 'us',
  7: 'buyer',
  13: 'buyer',
  27: 'buyer',
}

/** Case and order numbers exceed 2^53: as JavaScript numbers they would lose their last digits, so they become strings. */
const LONG_NUMBER = /:(\d{16,})/g

/** The fields of a Douyin push that the receiver uses. */
interface DouyinPushData {
  readonly aftersale_id: string
  readonly aftersale_status: number
  readonly aftersale_type: number
  readonly p_id: string
  readonly shop_id: number
  readonly refund_amount?: number
  readonly update_time?: string
}

/**
 * The after-sale inbox in the most common style: one transaction per message, one entity saved after the other. It does
 * less than we do (one deadline, no rails, no reasons, no encryption, no search), which makes it faster, not slower.
 */
@Injectable()
export class NaiveReceiver {
  constructor(private readonly database: DataSource) {}

  /** Processes the oldest message; false when there is none. */
  receiveOne(): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const message = await manager
        .createQueryBuilder(NaiveMessage, 'm')
        .where('m.done = false')
        .orderBy('m.id')
        .limit(1)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getOne()
      if (message === null) return false
      const { tag, data } = JSON.parse(message.raw) as { tag: string; data: string }
      await this.applyPush(manager, message, tag, JSON.parse(data.replace(LONG_NUMBER, ':"$1"')) as DouyinPushData)
      message.done = true
      await manager.save(message)
      return true
    })
  }

  private async applyPush(
    manager: EntityManager,
    message: NaiveMessage,
    tag: string,
    data: DouyinPushData,
  ): Promise<void> {
    // Pushes that only announce that a case has changed carry its ids and nothing to store.
    if (data.update_time === undefined) return
    const shop = String(data.shop_id)
    const caseNumber = data.aftersale_id
    const revision = new Date(data.update_time)
    const existing = await manager.findOne(NaiveCase, {
      where: { shop, caseNumber },
      lock: { mode: 'pessimistic_write' },
    })
    // A repeated or older push changes nothing.
    if (existing !== null && existing.revision >= revision) return
    const naiveCase = existing ?? manager.create(NaiveCase, { shop, caseNumber, version: 0 })
    naiveCase.version += 1
    naiveCase.orderNumber = data.p_id
    naiveCase.status = data.aftersale_status
    naiveCase.type = data.aftersale_type
    // The naive column allows no NULL: an amount that is not known becomes 0.
    naiveCase.amountFen = data.refund_amount ?? 0
    naiveCase.revision = revision
    naiveCase.state = data
    await manager.save(naiveCase)
    await this.saveRowsOfCase(manager, naiveCase, message, tag)
  }

  /** Saves the event, queue row, timer and outgoing message that follow from the new state of a case. */
  private async saveRowsOfCase(
    manager: EntityManager,
    naiveCase: NaiveCase,
    message: NaiveMessage,
    tag: string,
  ): Promise<void> {
    const { id: caseId, version, shop, status, amountFen, orderNumber, revision } = naiveCase
    const type = version === 1 ? 'CaseOpened' : 'StatusMoved'
    const event = {
      caseId,
      version,
      type,
      body: { tag, ...naiveCase.state },
      messageId: message.id,
      recordedAt: new Date(),
    }
    await manager.save(manager.create(NaiveEvent, event))
    const isOpen = !FINAL_STATUSES.includes(status)
    const dueAt = isOpen ? new Date(revision.getTime() + RESPONSE_DEADLINE_MS) : null
    const turn = isOpen ? (TURN_BY_STATUS[status] ?? 'platform') : 'nobody'
    await manager.save(manager.create(NaiveQueueRow, { caseId, shop, turn, status, dueAt, amountFen, orderNumber }))
    if (dueAt === null) await manager.delete(NaiveTimer, { caseId })
    else await manager.save(manager.create(NaiveTimer, { caseId, dueAt }))
    await manager.save(manager.create(NaiveOutgoing, { caseId, type, body: { status, amountFen, orderNumber } }))
  }
}
