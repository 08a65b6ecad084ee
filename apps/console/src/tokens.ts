import type { EvidenceStore } from '#case-handling'
import { token } from '#runtime'
import type { ConnectingOptions } from './core/connecting'

/** `undefined` where evidence is not stored: uploads are refused. */
export const EVIDENCE_STORE = token<EvidenceStore | undefined>('evidence store')
/** The connectors, and what connecting a store needs besides. */
export const CONNECTING = token<ConnectingOptions>('connecting')
/** The prefix of topic names; `undefined`: the default. */
export const TOPIC_PREFIX = token<string | undefined>('topic prefix')
/** The folder of the built page; `undefined`: it was not built. */
export const PAGE_FOLDER = token<string | undefined>('page folder')
/** How many names and phones of buyers a person may see in a day. */
export const REVEALS_A_DAY = token<number>('reveals a day')
/** How long actions that cost money wait before they are sent, so that a person can withdraw them, ms. */
export const UNDO_MS = token<number>('time to withdraw an action')
/** Actions that cost more than this need a recent proof of who asks; fen. */
export const PROOF_ABOVE_FEN = token<number>('limit above which a proof is needed')
