import type { ActionFault } from './action-faults'
import { actionFaults, PlannedFaults } from './action-faults'
import type { Chance } from '../random'

/** Everything that can go wrong between a marketplace and an app. Probabilities are 0–1; 0 is off. */
export interface FaultSettings {
  /** Pushes that are never sent. */
  lostPushes: number
  /** Pushes that are sent twice (Douyin with the same msg_id, Pinduoduo with another id). */
  doubledPushes: number
  /** Pushes held back for up to `lateByMs` of real time. */
  latePushes: number
  lateByMs: number
  /** Pushes that a few later ones overtake. */
  reorderedPushes: number
  /** List reads before which some rows of the window are updated, so that they move to another page. */
  movedPages: number
  /** Every n-th call is answered with the platform's rate-limit error; 0 is off. */
  throttleEveryNth: number
  /** Actions and their answers: see `actionFaults`; `lateEffectMs` of the simulated clock for `effectLate`. */
  timeoutAfterEffect: number
  dropBeforeEffect: number
  effectLate: number
  lateEffectMs: number
  answer500AfterEffect: number
  refuseStale: number
  /** Calls that are not carried out: the connection is cut after `hangMs`. */
  timeouts: number
  hangMs: number
  /** Calls answered with HTTP 500 and no JSON. */
  serverErrors: number
  /** Cases whose status is shown as a code that no document names. */
  unknownStatuses: number
}

export const noFaults: Readonly<FaultSettings> = {
  lostPushes: 0,
  doubledPushes: 0,
  latePushes: 0,
  lateByMs: 2000,
  reorderedPushes: 0,
  movedPages: 0,
  throttleEveryNth: 0,
  timeoutAfterEffect: 0,
  dropBeforeEffect: 0,
  effectLate: 0,
  lateEffectMs: 30_000,
  answer500AfterEffect: 0,
  refuseStale: 0,
  timeouts: 0,
  hangMs: 500,
  serverErrors: 0,
  unknownStatuses: 0,
}

const probabilities: ReadonlySet<string> = new Set([
  'lostPushes',
  'doubledPushes',
  'latePushes',
  'reorderedPushes',
  'movedPages',
  ...actionFaults,
  'timeouts',
  'serverErrors',
  'unknownStatuses',
])

/** A status that no marketplace has. */
export const UNKNOWN_STATUS = 99

/** When the copies of one message are sent. */
export interface PushDelivery {
  /** Real delays in ms after which the message goes out; empty: it is lost. */
  readonly copies: readonly number[]
}

/** `hung`: the connection stays open without an answer. */
export type CallOutcome = 'answered' | 'throttled' | 'server-error' | 'hung'

/** Decides by seed and settings which pushes and calls fail, and counts what has failed. */
export class Faults {
  readonly counted = {
    lost: 0,
    doubled: 0,
    late: 0,
    reordered: 0,
    moved: 0,
    throttled: 0,
    timeoutAfterEffect: 0,
    dropBeforeEffect: 0,
    effectLate: 0,
    answer500AfterEffect: 0,
    refuseStale: 0,
    hung: 0,
    serverErrors: 0,
  }
  /** Faults planned for exact calls; they come before those by chance. */
  readonly planned = new PlannedFaults()
  private current: FaultSettings = { ...noFaults }
  private calls = 0

  constructor(private readonly chance: Chance) {}

  get settings(): Readonly<FaultSettings> {
    return this.current
  }

  /** Throws RangeError for an unknown name or a value that makes no sense. */
  set(changes: Partial<Record<string, unknown>>): void {
    const next: Record<string, number> = { ...this.current }
    for (const [name, value] of Object.entries(changes)) {
      if (!(name in noFaults)) throw new RangeError(`unknown fault ${name}; known: ${Object.keys(noFaults).join(', ')}`)
      const limit = probabilities.has(name) ? 1 : 1_000_000
      if (typeof value !== 'number' || !(value >= 0 && value <= limit))
        throw new RangeError(`${name} must be a number from 0 to ${limit}`)
      next[name] = value
    }
    this.current = next as unknown as FaultSettings
  }

  clear(): void {
    this.current = { ...noFaults }
    this.planned.set([])
  }

  /** Whether and when a message is sent. Decided by its own number: the same messages are lost in every run of a seed. */
  deliveryOf(channel: string, sequence: number): PushDelivery {
    const { lostPushes, doubledPushes, latePushes, lateByMs, reorderedPushes } = this.current
    const draw = this.chance.draw('push', channel, sequence)
    const [lost, doubled, late, reordered] = [draw.next(), draw.next(), draw.next(), draw.next()]
    if (lost < lostPushes) {
      this.counted.lost++
      return { copies: [] }
    }
    let delay = 0
    if (late < latePushes) {
      this.counted.late++
      delay = draw.between(Math.ceil(lateByMs / 2), lateByMs)
    } else if (reordered < reorderedPushes) {
      this.counted.reordered++
      delay = draw.between(5, 120)
    }
    if (doubled >= doubledPushes) return { copies: [delay] }
    this.counted.doubled++
    return { copies: [delay, delay + draw.between(0, 150)] }
  }

  /** Whether the next call is answered, and if not, how it fails. Counts the call. */
  nextCall(): CallOutcome {
    const call = this.calls++
    const { throttleEveryNth, serverErrors, timeouts } = this.current
    if (throttleEveryNth > 0 && call % throttleEveryNth === throttleEveryNth - 1) {
      this.counted.throttled++
      return 'throttled'
    }
    const draw = this.chance.draw('call', call)
    if (draw.chance(serverErrors)) {
      this.counted.serverErrors++
      return 'server-error'
    }
    if (!draw.chance(timeouts)) return 'answered'
    this.counted.hung++
    return 'hung'
  }

  /** The fault of a call that changes something: a planned one, else one by chance. */
  actionFault(api: string, text: string): ActionFault | undefined {
    const draw = this.chance.draw('answer', this.calls)
    const fault = this.planned.faultOf(api, text) ?? actionFaults.find((name) => draw.chance(this.current[name]))
    if (fault !== undefined) this.counted[fault]++
    return fault
  }

  /** Positions of the rows of a list that are updated before it is read; empty: no page moves. */
  movedRows(rowCount: number): number[] {
    const draw = this.chance.draw('pages', this.calls)
    if (rowCount === 0 || !draw.chance(this.current.movedPages)) return []
    this.counted.moved++
    return [...new Set([draw.between(0, rowCount - 1), draw.between(0, rowCount - 1)])]
  }

  /** The status code that the marketplace shows for a case: its own, or one that no document names. */
  shownStatus(sequence: number, status: number): number {
    if (this.current.unknownStatuses === 0) return status
    return this.chance.draw('status', sequence).chance(this.current.unknownStatuses) ? UNKNOWN_STATUS : status
  }
}
