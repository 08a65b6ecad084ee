import type { Action, ActionName } from '#after-sale'
import type { ActionOrder, Connector, StoreSession, CallContext } from '#connectors'
import { slidingPace } from '#connectors'
import type { RunningSimulator } from '../../apps/simulator/src'
import { startSimulator } from '../../apps/simulator/src'
import type { PerformingStage, Trouble } from '../../libs/connectors/src/contract/suite/performing'

/** What a test needs to know of one marketplace to act there. */
export interface Backdrop {
  readonly connector: Connector
  readonly session: (simulator: RunningSimulator) => StoreSession
  /** A new case on which the action can be carried out, and the action. */
  readonly made: (
    simulator: RunningSimulator,
    action: ActionName,
  ) => { readonly number: string; readonly action: Action }
  /** What the shell knows beside the case. */
  readonly beside: (simulator: RunningSimulator) => Partial<ActionOrder>
}

/** A simulator as a stage for the contract of acting. */
export async function stageOf({ connector, session, made, beside }: Backdrop): Promise<PerformingStage> {
  const simulator = await startSimulator({ seed: 73, standingClock: true, shops: { pinduoduo: 1, douyin: 1 } })
  const pace = slidingPace()
  const ctx = (signal = new AbortController().signal): CallContext => ({
    now: () => simulator.clock.now(),
    signal,
    pace,
  })
  const log = () => simulator.calls.last(10_000)
  return {
    session: session(simulator),
    ctx,
    order: async (name) => {
      const { number, action } = made(simulator, name)
      const orderNumber = simulator.world.find(number)?.orderNumber ?? ''
      return {
        ...(await readOrder(connector, session(simulator), ctx(), number, orderNumber)),
        ...beside(simulator),
        action,
      }
    },
    overtake: ({ caseNumber }) => {
      // Another second, so that the revision is another.
      simulator.clock.advance(1_000)
      simulator.world.act(caseNumber, { what: 'note', by: 'buyer', text: '请尽快处理' })
    },
    trouble: (trouble) => TROUBLES[trouble](simulator),
    settle: () => {
      simulator.faults.clear()
      simulator.clock.advance(60_000)
    },
    effects: ({ caseNumber }) => log().filter((call) => call.caseNumber === caseNumber && call.carriedOut).length,
    end: () => simulator.stop(),
  }
}

const TROUBLES: Readonly<Record<Trouble, (simulator: RunningSimulator) => void>> = {
  'cut after the effect': ({ faults }) => faults.strikes.set([{ fault: 'timeoutAfterEffect' }]),
  'cut before the effect': ({ faults }) => faults.strikes.set([{ fault: 'dropBeforeEffect' }]),
  'cut, and the effect comes late': ({ faults }) => faults.strikes.set([{ fault: 'effectLate' }]),
  'a server error after the effect': ({ faults }) => faults.strikes.set([{ fault: 'answer500AfterEffect' }]),
  'a case that has just changed': ({ faults }) => faults.strikes.set([{ fault: 'refuseStale' }]),
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

/** The order as the shell builds it: from what the marketplace told, and nothing else. */
async function readOrder(
  { inbound, outbound }: Connector,
  session: StoreSession,
  ctx: CallContext,
  caseNumber: string,
  orderNumber: string,
): Promise<Omit<ActionOrder, 'action'>> {
  const read = await outbound.read({ caseNumber, orderNumber }, session, ctx)
  if (read.type !== 'ok') throw new Error(JSON.stringify(read))
  const said = inbound.translate({ ...read.value, receivedAt: ctx.now() })
  if (said.type !== 'observed') throw new Error(said.type)
  const { facets, stamp } = said.report
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
