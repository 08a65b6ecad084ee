import { Tooltip } from 'antd'
import { Link, NavLink } from 'react-router'
import { useLiveState } from '../api/live'
import { switchLanguage } from '../i18n/language'
import { useWords } from '../i18n/use-words'
import { FreshnessSummary } from './freshness-summary'

export function Header() {
  const { t, meta, language } = useWords()
  return (
    <header className="top">
      <Link to="/" className="brand">
        <img src="/favicon.svg" width="22" height="22" alt="" />
        <b>售后</b>
        <span>Shouhou</span>
      </Link>
      {meta !== undefined && <span className="organisation ellipsis">{meta.organisation.name}</span>}
      <nav aria-label={t('nav.label')}>
        <NavLink to="/" end>
          {t('nav.queue')}
        </NavLink>
        <NavLink to="/quarantine">{t('nav.quarantine')}</NavLink>
        <NavLink to="/stores">{t('nav.stores')}</NavLink>
      </nav>
      <span className="grow" />
      <FreshnessSummary />
      <LiveDot />
      <Tooltip title={t('header.loopbackDetail')} placement="bottomRight">
        <span className="loopback" tabIndex={0}>
          <LockIcon />
          {t('header.loopback')}
        </span>
      </Tooltip>
      <button
        type="button"
        className="plain language"
        aria-label={t('header.languageLabel')}
        onClick={() => void switchLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('header.language')}
      </button>
    </header>
  )
}

function LiveDot() {
  const { t } = useWords()
  const state = useLiveState()
  return (
    <Tooltip title={t(`header.${state}`)}>
      <span className={`live live-${state}`} role="status" aria-label={t(`header.${state}`)} tabIndex={0} />
    </Tooltip>
  )
}

function LockIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden>
      <rect x="3" y="7" width="10" height="7" rx="1.5" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </svg>
  )
}
