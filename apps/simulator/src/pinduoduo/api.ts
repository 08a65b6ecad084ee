import type { CallLog } from '../call-log'
import type { Faults } from '../faults'
import type { CallQuota } from '../call-quotas'
import type { Tokens } from '../tokens'
import type { WireValue } from '../wire-json'
import type { World } from '../world/world'
import type { PinduoduoPushes } from './pushes'

/** The input of an API of the router; parameters are text, as they were signed. */
export interface PinduoduoContext {
  readonly api: string
  /** Every API that the app may call: what a token answers as its scope. */
  readonly apiNames: readonly string[]
  readonly params: Readonly<Record<string, string>>
  /** The shop of the access token; empty for APIs that need none. */
  readonly shopId: string
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly tokens: Tokens
  readonly messages: PinduoduoPushes
  /** Answer as if the case had just changed. */
  readonly stale?: true
}

export interface PinduoduoApi {
  /** Throws PinduoduoError. */
  readonly run: (context: PinduoduoContext) => WireValue
  readonly quotas: readonly CallQuota[]
  /** It changes something: action faults apply to it. */
  readonly action?: true
  readonly withoutToken?: true
}
