import { Tooltip } from 'antd'
import { Link } from 'react-router'
import type { StoreFreshness, UnprovenWindows } from '../api/schema'
import { Ago } from '../components/ago'
import { StoreName } from '../components/marketplace-mark'
import { fullInstant } from '../time/instants'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'
import { isCatchingUp } from './catching-up'
import { ConnectionState } from './connection-state'
import { isRead } from './is-read'
import { StoreActions } from './store-actions'

/** One store: its state and why, how far it is proven, and how pushes and pulls agree. */
export function StoreRow({ item, mayChange }: { item: StoreFreshness; mayChange: boolean }) {
  const { t, marketplace } = useWords()
  const isCatching = isCatchingUp(item, useServerSecond())
  const state = isCatching ? 'catching' : item.state
  return (
    <tr className={item.state === 'removed' ? 'passed' : ''}>
      <td>
        <Link to={`/?store=${encodeURIComponent(item.store.id)}`}>
          <StoreName id={item.marketplace} name={item.store.name} />
        </Link>
        <div className="second">{marketplace(item.marketplace)}</div>
      </td>
      <td className="store-state">
        <span className={`fresh fresh-${isCatching ? 'behind' : state}`}>
          {t(`stores.states.${state}`, { defaultValue: state })}
        </span>
        <div className="second">{t(`stores.stateHint.${state}`, { defaultValue: '' })}</div>
        <ConnectionState item={item} isCatchingUp={isCatching} />
        {isRead(item) && item.trouble !== null && item.trouble !== item.unproven?.why && (
          <div className="second trouble">{item.trouble}</div>
        )}
        {item.unread.cases > 0 && <div className="second trouble">{t('stores.unread', { n: item.unread.cases })}</div>}
        {item.unproven !== null && <UnprovenNotice unproven={item.unproven} />}
      </td>
      <td>
        <b className={item.state === 'fresh' ? '' : `fresh-text-${isCatching ? 'behind' : item.state}`}>
          <Ago at={item.provenUntil} missing={t('stores.never')} />
        </b>
      </td>
      <td>
        <Ago at={item.lastPushAt} />
      </td>
      <td>
        <Ago at={item.lastPullAt} />
      </td>
      <td className="end apart number">{item.pushes24h.toLocaleString('en-US')}</td>
      <td>
        <span className="reconciled">
          <ReconciliationCount word={t('stores.late')} n={item.late} />
          <ReconciliationCount word={t('stores.missing')} n={item.missing} grave />
          <ReconciliationCount word={t('stores.extra')} n={item.extra} />
        </span>
      </td>
      <td>
        <MessageConnection item={item} />
      </td>
      {mayChange && (
        <td className="end">
          <StoreActions item={item} />
        </td>
      )}
    </tr>
  )
}

function UnprovenNotice({ unproven: { windows, from, claimed, seen, why } }: { unproven: UnprovenWindows }) {
  const { t } = useWords()
  const isShort = claimed !== null && claimed !== seen
  return (
    <div className="second trouble">
      {isShort ? t('stores.short', { claimed, seen }) : claimed === null ? t('stores.noClaim') : why}
      <br />
      {t('stores.unproven', { windows, from: fullInstant(from) })}
    </div>
  )
}

function ReconciliationCount({ word, n, grave = false }: { word: string; n: number; grave?: boolean }) {
  return (
    <span className={n === 0 ? 'tally faint' : grave ? 'tally tally-grave' : 'tally'}>
      {word} <b className="number">{n}</b>
    </span>
  )
}

function MessageConnection({ item }: { item: StoreFreshness }) {
  const { t } = useWords()
  if (item.messages === null) return <span className="faint">{t('stores.noConnection')}</span>
  const { connected, since } = item.messages
  return (
    <Tooltip title={<Ago at={since} />}>
      <span className={connected ? 'connected' : 'disconnected'}>
        {t(connected ? 'stores.connected' : 'stores.disconnected')}
      </span>
    </Tooltip>
  )
}
