import { Tooltip } from 'antd'
import { Link, NavLink } from 'react-router'
import { useLiveState } from '../api/live'
import { switchLanguage } from '../i18n/language'
import { useWords } from '../i18n/use-words'
import { useMay, useMe } from '../session/use-me'
import { FreshnessSummary } from './freshness-summary'
import { latePart } from './late-part'

const AccountMenu = latePart(() => import('../session/account-menu'), 'AccountMenu', AccountLink)

/** Navigation by the reader's permissions, freshness, the live connection, language and account. */
export function Header() {
  const { t, meta, language } = useWords()
  const mayRead = {
    quarantine: useMay('quarantine.read'),
    analytics: useMay('analytics.read'),
    people: useMay('people.read'),
    keys: useMay('keys.read'),
    audit: useMay('audit.read'),
  }
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
        <NavLink to="/tasks">{t('nav.tasks')}</NavLink>
        <NavLink to="/batches">{t('nav.batches')}</NavLink>
        {mayRead.quarantine && <NavLink to="/quarantine">{t('nav.quarantine')}</NavLink>}
        <NavLink to="/stores">{t('nav.stores')}</NavLink>
        {mayRead.analytics && <NavLink to="/analytics">{t('nav.analytics')}</NavLink>}
        {mayRead.people && <NavLink to="/people">{t('nav.people')}</NavLink>}
        {mayRead.keys && <NavLink to="/keys">{t('nav.keys')}</NavLink>}
        {mayRead.audit && <NavLink to="/audit">{t('nav.audit')}</NavLink>}
      </nav>
      <span className="grow" />
      <FreshnessSummary />
      <LiveDot />
      <button
        type="button"
        className="plain language"
        aria-label={t('header.languageLabel')}
        onClick={() => void switchLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('header.language')}
      </button>
      <AccountMenu />
    </header>
  )
}

/** Whether changes arrive as they happen. */
function LiveDot() {
  const { t } = useWords()
  const state = useLiveState()
  return (
    <Tooltip title={t(`header.${state}`)}>
      <span className={`live live-${state}`} role="status" aria-label={t(`header.${state}`)} tabIndex={0} />
    </Tooltip>
  )
}

/** In the place of the menu until it is loaded. */
function AccountLink() {
  const { data: me } = useMe()
  return me === undefined || me === null ? null : (
    <a href="/account" className="plain account ellipsis">
      {me.name}
    </a>
  )
}
