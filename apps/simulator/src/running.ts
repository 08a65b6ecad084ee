import type { Arrivals } from './arrivals'
import type { CallLog } from './call-log'
import type { SimulatedClock } from './clock'
import type { DouyinPushes, PushOptions } from './douyin/pushes'
import type { FaultSettings, Faults } from './faults'
import type { PinduoduoMessages } from './pinduoduo/pushes'
import type { Task } from './world/task'
import type { World } from './world/world'

export interface SimulatorOptions {
  readonly seed: string | number
  readonly host?: string
  /** The name by which others reach it, where that is not where it listens. */
  readonly publicHost?: string
  /** Whether the control API answers others than this machine: only where nobody else can reach it. */
  readonly controlOpen?: boolean
  /** 0 or left out: any free port. */
  readonly pinduoduoPort?: number
  readonly douyinPort?: number
  readonly controlPort?: number
  readonly shops?: { readonly pinduoduo: number; readonly douyin: number }
  /** Who moves cases besides the platform; by default nobody applies by himself. */
  readonly pace?: {
    readonly applicationsPerMinute?: number
    readonly backOfficeShare?: number
    readonly hurry?: number
  }
  /** Cases that were applied for in the days before the start and lived on since. */
  readonly history?: { readonly cases: number; readonly days: number }
  /** Douyin's push URL, as if accepted in an earlier session (no probe); `{app_key}` in it is the app's. */
  readonly pushUrl?: string
  /** Simulated time at the start, epoch ms. */
  readonly startAt?: number
  /** Time moves only by `clock.advance`. */
  readonly standingClock?: boolean
  readonly faults?: Partial<FaultSettings>
  /** Whether Douyin fetches evidence from where it is said to be, and refuses what it cannot fetch; otherwise any address will do. */
  readonly fetchesEvidence?: boolean
  /** Real ms until an unacknowledged Pinduoduo message goes out again. */
  readonly redeliverMs?: number
  readonly push?: Partial<PushOptions>
  /** JSON file that lets a later start go on from here. */
  readonly stateFile?: string
}

export interface ShopAccess {
  readonly name: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Can be exchanged for tokens, as after the owner's click on the authorise page. */
  readonly authorizationCode: string
  readonly returnAddressId: string
}

export interface RunningSimulator {
  readonly pinduoduo: {
    /** `http://host:port/api/router` */
    readonly apiUrl: string
    /** `ws://host:port`; a client adds `/message/{client_id}/{ms}/{digest}`. */
    readonly messageUrl: string
    readonly clientId: string
    readonly clientSecret: string
    readonly shops: readonly (ShopAccess & { readonly mallId: string })[]
    readonly messages: PinduoduoMessages
  }
  readonly douyin: {
    /** `http://host:port`; a client adds `/afterSale/List` and so on. */
    readonly apiUrl: string
    readonly appKey: string
    readonly appSecret: string
    readonly shops: readonly (ShopAccess & { readonly shopId: string })[]
    readonly pushes: DouyinPushes
    /** Probes the URL as the platform does; throws when it is not answered well. */
    setPushUrl(url: string): Promise<void>
  }
  readonly control: { readonly url: string }
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
