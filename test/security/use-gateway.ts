import { caseNumberOf } from '../support/case-numbers'
import { freshDatabase } from '../postgres/database'
import type { FreshDatabase } from '../postgres/database'
import type { Stack } from '../support/stack'
import { openStack, refundPush } from '../support/stack'
import { type TestGateway, startGateway } from './gateway'

/** A gateway on a database of its own for the tests of one file: started before the first, stopped after the last. */
export interface GatewayFixture {
  readonly stack: Stack
  readonly gateway: TestGateway
  /** The body of a valid delivery about a new case. */
  genuine(): Buffer
}

/** Registers the hooks of the fixture; its members may be used in tests and later hooks only. */
export function useGateway(options: Parameters<typeof startGateway>[1] = {}): GatewayFixture {
  let fresh: FreshDatabase
  let next = 0
  const fixture = {
    genuine: () =>
      Buffer.from(JSON.stringify([refundPush({ caseNumber: caseNumberOf(next++), at: fixture.stack.now })])),
  } as { stack: Stack; gateway: TestGateway; genuine(): Buffer }
  beforeAll(async () => {
    fresh = await freshDatabase()
    fixture.stack = await openStack(fresh.url)
    fixture.gateway = await startGateway(fixture.stack, options)
  })
  afterAll(async () => {
    await fixture.gateway.close()
    await fixture.stack.close()
    await fresh.drop()
  })
  return fixture
}
