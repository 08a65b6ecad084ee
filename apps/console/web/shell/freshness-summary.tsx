import { Link } from 'react-router'
import { isCatchingUp } from '../stores/catching-up'
import { isRead } from '../stores/is-read'
import { useStores } from '../stores/use-stores'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'

/** Can the queue be trusted? One sentence about all stores and the oldest instant up to which they are proven. */
export function FreshnessSummary() {
  const { t, span } = useWords()
  const { data } = useStores()
  const now = useServerSecond()
  if (data === undefined) return null
  const items = data.items.filter(isRead)
  if (items.length === 0) return <span className="freshness faint">{t('header.noStores')}</span>

  const notFresh = items.filter(({ state, provenUntil }) => state !== 'fresh' || provenUntil === null)
  // A store that was never proven has no age; it counts among those that are not fresh.
  const proven = items.map(({ provenUntil }) => (provenUntil === null ? now : Date.parse(provenUntil)))
  const oldestAge = Math.max(0, now - Math.min(...proven))
  const areAllCatchingUp = notFresh.length > 0 && notFresh.every((store) => isCatchingUp(store, now))
  const isGrave = !areAllCatchingUp && notFresh.some(({ state }) => state === 'blind' || state === 'reauthorise')
  return (
    <Link
      to="/stores"
      className={`freshness ${notFresh.length === 0 ? '' : isGrave ? 'freshness-grave' : 'freshness-behind'}`}
    >
      {notFresh.length === 0
        ? t('header.fresh', { n: items.length, span: span(oldestAge) })
        : t(areAllCatchingUp ? 'header.early' : 'header.notFresh', { n: items.length, notFresh: notFresh.length })}
    </Link>
  )
}
