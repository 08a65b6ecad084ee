import type { Texts } from './translation'
import { accountTexts } from './account-texts'
import { actingTexts } from './acting-texts'
import { analyticsTexts } from './analytics-texts'
import { auditTexts } from './audit-texts'
import { erasureTexts } from './erasure-texts'
import { keysTexts } from './keys-texts'
import { passkeysTexts } from './passkeys-texts'
import { peopleTexts } from './people-texts'
import { rawTexts } from './raw-texts'
import { revealTexts } from './reveal-texts'
import { shownOnceTexts } from './shown-once-texts'
import { signOnTexts } from './sign-on-texts'
import { storesTexts } from './stores-texts'
import { timelineTexts } from './timeline-texts'

/** The texts of the other screens; they are loaded with the first of them. */
export const LATE_TEXTS = {
  ...accountTexts,
  ...actingTexts,
  ...analyticsTexts,
  ...auditTexts,
  ...erasureTexts,
  ...keysTexts,
  ...passkeysTexts,
  ...peopleTexts,
  ...rawTexts,
  ...revealTexts,
  ...shownOnceTexts,
  ...signOnTexts,
  ...storesTexts,
  ...timelineTexts,
} as const satisfies Texts
