import type { Outbound } from '../../contract'
import { ask } from './ask'
import { NOT_CALLED } from './errors'
import { perform } from './perform'

const notCalled = (): Promise<typeof NOT_CALLED> => Promise.resolve(NOT_CALLED)

/** No call is made: an adapter is asked by a message and answers by reports. */
export const outbound: Outbound = { pull: notCalled, read: notCalled, refresh: notCalled, perform, ask }
