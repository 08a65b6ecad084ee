import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { DataSource } from 'typeorm'
import { NaiveCase, NaiveEvent, NaiveMessage, NaiveOutgoing, NaiveQueueRow, NaiveTimer } from './entities'

const RESPONSE_MS = 48 * 3_600_000
const FINAL_STATUSES = [12, 14, 28, 51, 53]
const TURN_BY_STATUS: Readonly<Record<number, string>> = {
  6: 'us',
  8: 'us',
  11: 'us',
  7: 'buyer',
  13: 'buyer',
  27: 'buyer',
}

// Ids beyond 2^53 would lose their last digits.
const LONG_NUMBER = /:(\d{16,})/g

interface PushData {
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
      await this.applyPush(manager, message, tag, JSON.parse(data.replace(LONG_NUMBER, ':"$1"')) as PushData)
      message.done = true
      await manager.save(message)
      return true
    })
  }

  private async applyPush(manager: EntityManager, message: NaiveMessage, tag: string, data: PushData): Promise<void> {
    if (data.update_time === undefined) return
    const shop = String(data.shop_id)
    const caseNumber = data.aftersale_id
    const revision = new Date(data.update_time)
    const existing = await manager.findOne(NaiveCase, {
      where: { shop, caseNumber },
      lock: { mode: 'pessimistic_write' },
    })
    if (existing !== null && existing.revision >= revision) return
    const record = existing ?? manager.create(NaiveCase, { shop, caseNumber, version: 0 })
    record.version += 1
    record.orderNumber = data.p_id
    record.status = data.aftersale_status
    record.type = data.aftersale_type
    record.amountFen = data.refund_amount ?? 0
    record.revision = revision
    record.state = data
    await manager.save(record)
    await this.writeDependents(manager, record, message, tag)
  }

  private async writeDependents(
    manager: EntityManager,
    record: NaiveCase,
    message: NaiveMessage,
    tag: string,
  ): Promise<void> {
    const { id: caseId, version, shop, status, amountFen, orderNumber, revision } = record
    const type = version === 1 ? 'CaseOpened' : 'StatusMoved'
    const event = {
      caseId,
      version,
      type,
      body: { tag, ...record.state },
      messageId: message.id,
      recordedAt: new Date(),
    }
    await manager.save(manager.create(NaiveEvent, event))
    const isOpen = !FINAL_STATUSES.includes(status)
    const dueAt = isOpen ? new Date(revision.getTime() + RESPONSE_MS) : null
    const turn = isOpen ? (TURN_BY_STATUS[status] ?? 'platform') : 'nobody'
    await manager.save(manager.create(NaiveQueueRow, { caseId, shop, turn, status, dueAt, amountFen, orderNumber }))
    if (dueAt === null) await manager.delete(NaiveTimer, { caseId })
    else await manager.save(manager.create(NaiveTimer, { caseId, dueAt }))
    await manager.save(manager.create(NaiveOutgoing, { caseId, type, body: { status, amountFen, orderNumber } }))
  }
}
