import { Question } from '../question'
import { PendingHandler, QuarantineHandler, QuarantinedHandler } from './quarantine'
import { SealedMessageHandler } from './raw-message'

export * from './quarantine'
export * from './raw-message'

export const quarantine = new Question('quarantine', {
  handlers: [QuarantineHandler, QuarantinedHandler, PendingHandler, SealedMessageHandler],
})
