import type { Inbound } from '../../contract'
import { receive, refusalByHeaders } from './authenticate'
import { translate } from './translate'

export const inbound: Inbound = { receive, refusalByHeaders, translate }
