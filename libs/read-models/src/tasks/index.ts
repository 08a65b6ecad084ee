import { Question } from '../question'
import { SealedOrderHandler } from './sealed-order'
import { Tasks1700000000033 } from './migration'
import { taskRows } from './projection'
import { TasksHandler } from './tasks'

export * from './sealed-order'
export * from './tasks'

export const tasks = new Question('tasks', {
  migrations: [Tasks1700000000033],
  readModels: [taskRows],
  handlers: [TasksHandler, SealedOrderHandler],
})
