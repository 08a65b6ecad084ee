import type { Outbound } from '../../contract'
import { requestCase } from './request-case'
import { NO_CALL } from './errors'
import { perform } from './perform'

const refuseCall = (): Promise<typeof NO_CALL> => Promise.resolve(NO_CALL)

/** No call is made: an adapter is asked by a message and answers by reports. */
export const outbound: Outbound = {
  pull: refuseCall,
  read: refuseCall,
  refresh: refuseCall,
  perform,
  requestCase: requestCase,
}
