import { FIRST_TEXTS } from './first-texts'
import { LATE_TEXTS } from './late-texts'
import type { Texts } from './translation'

/** All of the page's own texts. A text is read as `t('case.title')`. */
export const TEXTS = { ...FIRST_TEXTS, ...LATE_TEXTS } as const satisfies Texts
