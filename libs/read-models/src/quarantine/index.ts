import { Question } from '../question'
import { PendingHandler, QuarantineHandler, QuarantinedHandler } from './quarantine'
import { SealedMessageHandler } from './sealed-message'

export * from './quarantine'
export * from './sealed-message'

export const quarantine = new Question('quarantine', {
  handlers: [QuarantineHandler, QuarantinedHandler, PendingHandler, SealedMessageHandler],
})
