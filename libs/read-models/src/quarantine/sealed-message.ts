import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'

/** A message as it is stored, sealed. The console opens it and decides what the person may see of it. */
export interface SealedMessage {
  readonly id: number
  readonly org: number
  readonly app: number
  /** Identifies the message; without it the message cannot be opened. */
  readonly digest: Buffer
  readonly store: number | null
  readonly channel: string
  readonly receivedAt: number
  readonly sealed: Buffer
}

/** One sealed message; undefined if the organisation has no such message. */
export class SealedMessageQuery extends Query<SealedMessage | undefined> {
  constructor(
    readonly org: number,
    readonly id: number,
    /** Only of these stores; absent: of every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

const FIND_SEALED_MESSAGE = `
  SELECT id, org, app, digest, store, channel, received_at AS "receivedAt", raw AS sealed FROM message WHERE id = $1 AND org = $2
    AND ($3::int[] IS NULL OR store = ANY ($3))`

@QueryHandler(SealedMessageQuery)
export class SealedMessageHandler implements IQueryHandler<SealedMessageQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, id, stores }: SealedMessageQuery): Promise<SealedMessage | undefined> {
    const [row] = await this.database.query<SealedMessage[]>(FIND_SEALED_MESSAGE, [id, org, stores ?? null])
    return row
  }
}
