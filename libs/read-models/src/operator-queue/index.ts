import { Question } from '../question'
import { QueueCountsHandler } from './queue-counts'
import { OperatorQueue1700000000003, QueueByLane1700000000063, QueueOverall1700000000073 } from './migration'
import { QueuePageHandler } from './queue-page'
import { queueRows } from './projection'
import { QueueSetHandler } from './queue-set'
import { QueueRefunded1700000000110 } from './refunded-migration'

export * from './queue-counts'
export { kindNumberOf, laneOf } from './lanes'
export { QueuePageHandler, QueuePageQuery, type QueuePage, type QueueFilter } from './queue-page'
export { QueueSetQuery } from './queue-set'
export type { QueueItem } from './queue-item'
export { NEVER } from './queue-row'

export const operatorQueue = new Question('operator-queue', {
  migrations: [
    OperatorQueue1700000000003,
    QueueByLane1700000000063,
    QueueOverall1700000000073,
    QueueRefunded1700000000110,
  ],
  readModels: [queueRows],
  handlers: [QueuePageHandler, QueueCountsHandler, QueueSetHandler],
})
