import type { ReactNode } from 'react'
import { switchLanguage } from '../i18n/language'
import { useWords } from '../i18n/use-words'

/** The frame of the screens before log-in. */
export function SessionFrame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t, language } = useWords()
  return (
    <main className="session">
      <section className="panel session-card">
        <p className="session-brand">
          <img src="/favicon.svg" width="22" height="22" alt="" />
          <b>售后</b> Shouhou
          <span className="grow" />
          <button
            type="button"
            className="plain language"
            aria-label={t('header.languageLabel')}
            onClick={() => void switchLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            {t('header.language')}
          </button>
        </p>
        <h1>{title}</h1>
        {lead !== undefined && <p className="faint">{lead}</p>}
        {children}
      </section>
    </main>
  )
}
