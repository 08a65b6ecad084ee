import type { LineUp, LinkedEvidence } from '#case-handling'
import { token } from '#runtime'

/** The marketplaces whose deliveries are accepted. */
export const LINE_UP = token<LineUp>('line-up')
/** The evidence that links lead to; `undefined`: there are no links. */
export const EVIDENCE_LINKS = token<LinkedEvidence | undefined>('evidence links')
