/** Every connector that calls its marketplace acts at the simulated one, and keeps the contract of acting. */
import { MARKETPLACES } from '#connectors'
import { performingContract } from '../../libs/connectors/src/contract/suite/performing'
import { stageOf } from './stage'

const called = MARKETPLACES.filter(({ addresses }) => addresses !== undefined)

test('there are connectors that act', () => expect(called.length).toBeGreaterThan(0))

for (const connector of called) performingContract(connector.marketplace, connector, () => stageOf(connector))
