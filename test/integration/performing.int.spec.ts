/** Every connector that calls its marketplace runs the contract of actions against the simulated one. */
import { MARKETPLACES } from '#connectors'
import { performingContract } from '../../libs/connectors/src/contract/suite/performing-contract'
import { openSimulatedStage } from './simulated-stage'

const callingConnectors = MARKETPLACES.filter(({ endpoints }) => endpoints !== undefined)

test('at least one connector calls its marketplace', () => expect(callingConnectors.length).toBeGreaterThan(0))

for (const connector of callingConnectors)
  performingContract(connector.marketplace, connector, () => openSimulatedStage(connector))
