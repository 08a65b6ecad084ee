import type { Term } from '../api/schema'
import { accountTexts } from './account-texts'
import { actingTexts } from './acting-texts'
import { analyticsTexts } from './analytics-texts'
import { auditTexts } from './audit-texts'
import { batchTexts } from './batch-texts'
import { caseTexts } from './case-texts'
import { erasureTexts } from './erasure-texts'
import { fieldTexts } from './field-texts'
import { keysTexts } from './keys-texts'
import { passkeysTexts } from './passkeys-texts'
import { peopleTexts } from './people-texts'
import { queueTexts } from './queue-texts'
import { rawTexts } from './raw-texts'
import { revealTexts } from './reveal-texts'
import { sessionTexts } from './session-texts'
import { shellTexts } from './shell-texts'
import { shownOnceTexts } from './shown-once-texts'
import { signOnTexts } from './sign-on-texts'
import { storesTexts } from './stores-texts'
import { teamworkTexts } from './teamwork-texts'
import { timelineTexts } from './timeline-texts'

/** A text in both languages, or a group of them. */
export type Texts = { readonly [key: string]: Term | Texts }

/** All of the page's own texts. A text is read as `t('case.title')`. */
export const TEXTS = {
  ...accountTexts,
  ...actingTexts,
  ...analyticsTexts,
  ...auditTexts,
  ...batchTexts,
  ...caseTexts,
  ...erasureTexts,
  ...fieldTexts,
  ...keysTexts,
  ...passkeysTexts,
  ...peopleTexts,
  ...queueTexts,
  ...rawTexts,
  ...revealTexts,
  ...sessionTexts,
  ...shellTexts,
  ...shownOnceTexts,
  ...signOnTexts,
  ...storesTexts,
  ...teamworkTexts,
  ...timelineTexts,
} as const satisfies Texts

/** The texts of one language, as i18next takes them. */
export type Translation = { readonly [key: string]: string | Translation }

export function translationIn(language: keyof Term, texts: Texts = TEXTS): Translation {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, isTerm(text) ? text[language] : translationIn(language, text)]),
  )
}

const isTerm = (text: Term | Texts): text is Term => typeof text['zh'] === 'string'
