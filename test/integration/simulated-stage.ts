import type { Action, ActionName } from '#after-sale'
import type { ActionOrder, Connector, StoreSession, CallContext } from '#connectors'
import { slidingWindowLimiter } from '#connectors'
import type { RunningSimulator } from '../../apps/simulator/src'
import { startSimulator } from '../../apps/simulator/src'
import type { SimulatedMarketplace } from '../../apps/simulator/src/marketplace'
import { MARKETPLACES as SIMULATED } from '../../apps/simulator/src/marketplaces'
import type { TestMarketplace, Fault } from '../../libs/connectors/src/contract/suite/performing-contract'
import { sampleAction } from '../../libs/connectors/src/contract/suite/performing-contract'

/** The contract suite's stage, and the simulator behind it. */
export interface SimulatedStage extends TestMarketplace {
  readonly simulator: RunningSimulator
}

/**
 * A simulator as the stage of the contract of actions. The simulated marketplace's `stage` makes the case that an action needs;
 * `simulated` is the one of the line-up unless another is given.
 */
export async function openSimulatedStage(
  connector: Connector,
  simulated = simulatedOf(connector),
): Promise<SimulatedStage> {
  const simulator = await startSimulator({
    seed: 73,
    standingClock: true,
    shops: { [simulated.id]: 1 },
    marketplaces: [simulated],
  })
  const [registration] = simulator.opened.map((one) => one.registration)
  const [store] = registration?.stores ?? []
  if (registration === undefined || store === undefined) throw new Error('no store')
  const { appKey, appSecret, endpoints } = registration
  const { shop, accessToken, refreshToken, returnAddressId } = store
  const session: StoreSession = { appKey, appSecret, shop, accessToken, refreshToken, endpoints }
  const rateLimiter = slidingWindowLimiter()
  const ctx = (signal = new AbortController().signal): CallContext => ({
    now: () => simulator.clock.now(),
    signal,
    rateLimiter,
  })
  const lastCalls = () => simulator.calls.last(10_000)
  return {
    simulator,
    session,
    ctx,
    order: async (name) => {
      const { number, details } = simulated.stage(simulator.world, shop, name)
      const orderNumber = simulator.world.find(number)?.orderNumber ?? ''
      return {
        ...(await readOrder(connector, session, ctx(), number, orderNumber)),
        addressId: returnAddressId,
        evidence: [{ hash: 'a'.repeat(64), kind: 'image', url: 'https://files.example.cn/a.jpg' }],
        action: { ...sampleActionFor(name), ...details } as Action,
      }
    },
    changeCase: ({ caseNumber }) => {
      // Revisions have whole seconds, so the clock moves to the next one.
      simulator.clock.advance(1_000)
      simulator.world.act(caseNumber, { what: 'note', by: 'buyer', text: '请尽快处理' })
    },
    inject: (fault) => INJECT_FAULT[fault](simulator),
    settle: () => {
      simulator.faults.clear()
      simulator.clock.advance(60_000)
    },
    effects: ({ caseNumber }) => lastCalls().filter((call) => call.caseNumber === caseNumber && call.carriedOut).length,
    end: () => simulator.stop(),
  }
}

/** The sample, except for confirm-receipt, whose sample names a parcel that this case does not have. */
const sampleActionFor = (name: ActionName): Action =>
  name === 'confirm-receipt' ? { name, fit: true } : sampleAction(name)

/** The simulated marketplace of the line-up that this connector calls. @throws Error where none is */
export function simulatedOf({ marketplace }: Connector): SimulatedMarketplace {
  const simulated = SIMULATED.find(({ id }) => id === marketplace)
  if (simulated === undefined) throw new Error(`${marketplace} is not simulated`)
  return simulated
}

/** How each fault of the contract suite is produced by the simulator. The shares of the last let most calls succeed, so that the run ends. */
const INJECT_FAULT: Readonly<Record<Fault, (simulator: RunningSimulator) => void>> = {
  'cut after the effect': ({ faults }) => faults.planned.set([{ fault: 'timeoutAfterEffect' }]),
  'cut before the effect': ({ faults }) => faults.planned.set([{ fault: 'dropBeforeEffect' }]),
  'cut, and the effect comes late': ({ faults }) => faults.planned.set([{ fault: 'effectLate' }]),
  'a server error after the effect': ({ faults }) => faults.planned.set([{ fault: 'answer500AfterEffect' }]),
  'a case that has just changed': ({ faults }) => faults.planned.set([{ fault: 'refuseStale' }]),
  'too many calls': ({ faults }) => faults.set({ throttleEveryNth: 1 }),
  'an expired token': (simulator) => simulator.expireTokens(),
  'any of it, by chance': ({ faults }) =>
    faults.set({
      timeoutAfterEffect: 0.12,
      dropBeforeEffect: 0.1,
      effectLate: 0.1,
      answer500AfterEffect: 0.1,
      refuseStale: 0.1,
      throttleEveryNth: 9,
      serverErrors: 0.05,
      timeouts: 0.05,
      hangMs: 2,
    }),
}

/** Builds the order as case handling does: only from what the marketplace reported. */
async function readOrder(
  { inbound, outbound }: Connector,
  session: StoreSession,
  ctx: CallContext,
  caseNumber: string,
  orderNumber: string,
): Promise<Omit<ActionOrder, 'action'>> {
  const read = await outbound.read({ caseNumber, orderNumber }, session, ctx)
  if (read.type !== 'ok') throw new Error(JSON.stringify(read))
  const translation = inbound.translate({ ...read.value, receivedAt: ctx.now() })
  if (translation.type !== 'observed') throw new Error(translation.type)
  const { facets, stamp } = translation.report
  const back = facets.goods?.parcels.find(({ direction }) => direction === 'back')
  return {
    caseNumber,
    orderNumber,
    revision: stamp.revision,
    ...facets.kind,
    ...(facets.status === undefined ? {} : { status: facets.status.raw }),
    ...(back === undefined ? {} : { returnParcel: { tracking: back.tracking } }),
  }
}
