import type { CallLog } from '../http/call-log'
import type { Faults } from '../faults/faults'
import type { CallQuota } from '../http/call-quotas'
import type { Tokens } from '../http/tokens'
import type { WireValue } from '../http/wire-json'
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
