import type { CallFailure, Outbound } from '../../contract'
import { perform } from './perform'
import { requestCase } from './request-case'

const NOT_CALLABLE = {
  type: 'refused',
  code: 'ours:no-call',
  text: 'an external adapter is not called: it is sent messages and answers by reports',
} as const satisfies CallFailure

const refuseCall = (): Promise<typeof NOT_CALLABLE> => Promise.resolve(NOT_CALLABLE)

/** What is asked of an external adapter: actions and cases, each by a message; its reports are the answers. */
export const outbound: Outbound = {
  pull: refuseCall,
  read: refuseCall,
  refresh: refuseCall,
  perform,
  requestCase,
}
