import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { FIRST_TEXTS } from './first-texts'
import { translationIn } from './translation'
import type { Texts } from './translation'

export type Language = 'zh' | 'en'

const KEPT_AS = 'shouhou.language'

/** `?lang=` wins and is remembered; then the previous choice; then Chinese. */
export function chosenLanguage(search: string, kept: string | null): Language {
  const wanted = new URLSearchParams(search).get('lang')
  if (wanted === 'en' || wanted === 'zh') return wanted
  return kept === 'en' ? 'en' : 'zh'
}

export async function startLanguage(): Promise<void> {
  const language = chosenLanguage(window.location.search, kept())
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: {
      zh: { translation: translationIn('zh', FIRST_TEXTS) },
      en: { translation: translationIn('en', FIRST_TEXTS) },
    },
    interpolation: { escapeValue: false },
  })
  remember(language)
}

/** Adds the texts of the other screens; they stay loaded. */
export async function loadLateTexts(): Promise<void> {
  const { LATE_TEXTS } = await import('./late-texts')
  addTexts(LATE_TEXTS)
}

function addTexts(texts: Texts): void {
  for (const language of ['zh', 'en'] as const)
    i18next.addResourceBundle(language, 'translation', translationIn(language, texts))
}

export async function switchLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  remember(language)
}

function remember(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  try {
    window.localStorage.setItem(KEPT_AS, language)
  } catch {
    // Without storage the page still works.
  }
}

function kept(): string | null {
  try {
    return window.localStorage.getItem(KEPT_AS)
  } catch {
    return null
  }
}
