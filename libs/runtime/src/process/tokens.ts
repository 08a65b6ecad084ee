import type { KeyReadiness, MessageSealing, Vault } from '#access'
import type { Metrics } from '../metrics/metrics'
import type { Tracing } from '../tracing/tracing'
import type { Clock } from './clock'
import type { Journal } from './journal'
import { token } from './provide'

// Tokens for the parts of the runtime that have no class. All others are injected by their class.
export const CLOCK = token<Clock>('clock')
export const JOURNAL = token<Journal>('journal')
export const KEY_READINESS = token<KeyReadiness>('key readiness')
/** `undefined` where the process has none. */
export const METRICS = token<Metrics | undefined>('metrics')
export const SEALING = token<MessageSealing>('sealing of messages')
/** `undefined` where no endpoint for traces is set. */
export const TRACING = token<Tracing | undefined>('tracing')
export const VAULT = token<Vault>('vault')
