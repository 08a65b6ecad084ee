import type { Arrivals } from './world/arrivals'
import type { CallLog } from './http/call-log'
import type { SimulatedClock } from './clock'
import type { FaultSettings, Faults } from './faults/faults'
import type { OpenMarketplace, Registration, SimulatedMarketplace } from './marketplace'
import type { MARKETPLACES } from './marketplaces'
import type { Task } from './world/task'
import type { World } from './world/world'

type LineUp = (typeof MARKETPLACES)[number]
type AccessOf<M> = M extends SimulatedMarketplace<infer Access, never> ? Access : never
type OptionsOf<M> = M extends SimulatedMarketplace<unknown, infer Options> ? Options : never
type All<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never

/** What tests and the control API get of each marketplace of the line-up, by its id. */
export type Accesses = { readonly [M in LineUp as M['id']]: AccessOf<M> }

export interface GeneralOptions {
  readonly seed: string | number
  readonly host?: string
  /** The name by which others reach it, where that is not where it listens. */
  readonly publicHost?: string
  /** Whether the control API answers others than this machine: only in a network without others. */
  readonly controlOpen?: boolean
  /** By marketplace and for `control`; 0 or left out: any free port. */
  readonly ports?: Readonly<Record<string, number>>
  /** The name by which a browser reaches the authorisation pages; left out: the same as for programs. */
  readonly pageHost?: string
  /** By marketplace; left out: two. */
  readonly shops?: Readonly<Record<string, number>>
  /** Shops of each marketplace beyond those, whose owners have not authorised the app yet. */
  readonly furtherShops?: number
  /** In place of the line-up. */
  readonly marketplaces?: readonly SimulatedMarketplace[]
  /** How often simulated people act; by default no buyer applies by itself. */
  readonly pace?: {
    readonly applicationsPerMinute?: number
    readonly backOfficeShare?: number
    readonly hurry?: number
  }
  /** Cases that were applied for in the days before the start and lived on since. */
  readonly history?: { readonly cases: number; readonly days: number }
  /** Simulated time at the start, epoch ms. */
  readonly startAt?: number
  /** Time moves only by `clock.advance`. */
  readonly standingClock?: boolean
  readonly faults?: Partial<FaultSettings>
  /** JSON file that lets a later start continue from here. */
  readonly stateFile?: string
}

/** The options of the simulator and of every marketplace of the line-up. */
export type SimulatorOptions = GeneralOptions & All<OptionsOf<LineUp>>

/** A marketplace that runs and can be reached. */
export interface Opened {
  readonly id: string
  readonly title: string
  readonly market: OpenMarketplace<unknown>
  readonly registration: Registration
}

export interface RunningSimulator extends Accesses {
  readonly control: { readonly url: string }
  /** All that run, in the order of the line-up. */
  readonly opened: readonly Opened[]
  readonly clock: SimulatedClock<Task>
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly arrivals: Arrivals
  /** Every access token is refused as expired after so many real ms; left out: from now on. */
  expireTokens(inMs?: number): void
  /** Writes the state file now, if there is one. */
  save(): Promise<void>
  stop(): Promise<void>
}
