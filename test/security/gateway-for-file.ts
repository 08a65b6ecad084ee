import { caseNumberOf } from '../faults/asking'
import { freshDatabase } from '../postgres/database'
import type { FreshDatabase } from '../postgres/database'
import type { Stack } from '../trade/stack'
import { openStack, refundPush } from '../trade/stack'
import { type OpenGateway, openGateway } from './gateway'

/** A gateway on a database of its own for the tests of one file: there before the first, gone after the last. */
export interface GatewayForFile {
  readonly stack: Stack
  readonly gateway: OpenGateway
  /** The body of a delivery about a case that is not known yet. */
  genuine(): Buffer
}

export function gatewayForThisFile(more: Parameters<typeof openGateway>[1] = {}): GatewayForFile {
  let fresh: FreshDatabase
  let next = 0
  const opened = {
    genuine: () =>
      Buffer.from(JSON.stringify([refundPush({ caseNumber: caseNumberOf(next++), at: opened.stack.now })])),
  } as { stack: Stack; gateway: OpenGateway; genuine(): Buffer }
  beforeAll(async () => {
    fresh = await freshDatabase()
    opened.stack = await openStack(fresh.url)
    opened.gateway = await openGateway(opened.stack, more)
  })
  afterAll(async () => {
    await opened.gateway.close()
    await opened.stack.close()
    await fresh.drop()
  })
  return opened
}
