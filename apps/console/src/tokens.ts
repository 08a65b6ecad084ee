import type { Organisation } from '#access'
import type { EvidenceStore } from '#case-handling'
import { token } from '#runtime'

/** Whose cases are shown; until people log in, every caller belongs to it. */
export const ORGANISATION = token<Organisation>('organisation')
/** `undefined` where evidence is not stored: uploads are refused. */
export const EVIDENCE_STORE = token<EvidenceStore | undefined>('evidence store')
/** The prefix of topic names; `undefined`: the default. */
export const TOPIC_PREFIX = token<string | undefined>('topic prefix')
/** The folder of the built page; `undefined`: it was not built. */
export const PAGE_FOLDER = token<string | undefined>('page folder')
