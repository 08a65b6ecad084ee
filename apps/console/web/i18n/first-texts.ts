import type { Texts } from './translation'
import { batchTexts } from './batch-texts'
import { caseTexts } from './case-texts'
import { fieldTexts } from './field-texts'
import { queueTexts } from './queue-texts'
import { sessionTexts } from './session-texts'
import { shellTexts } from './shell-texts'
import { teamworkTexts } from './teamwork-texts'

/** The texts of the queue and of what surrounds it: all that the first load needs. */
export const FIRST_TEXTS = {
  ...batchTexts,
  ...caseTexts,
  ...fieldTexts,
  ...queueTexts,
  ...sessionTexts,
  ...shellTexts,
  ...teamworkTexts,
} as const satisfies Texts
