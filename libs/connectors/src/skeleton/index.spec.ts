import { connectorContract } from '../contract/suite'
import { skeleton } from '.'
import { fixtures } from './samples/contract'

connectorContract('skeleton', skeleton, fixtures)
