import type { LineUp, LinkedEvidence } from '#case-handling'
import { token } from '#runtime'

/** The marketplaces that deliver here. */
export const LINE_UP = token<LineUp>('line-up')
/** The evidence that links lead to; `undefined` where no links are given out. */
export const EVIDENCE_LINKS = token<LinkedEvidence | undefined>('evidence links')
