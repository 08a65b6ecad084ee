import { Link } from 'react-router'
import { isCatchingUp } from '../stores/catching-up'
import { useStores } from '../stores/use-stores'
import { useServerSecond } from '../time/server-clock'
import { useWords } from '../i18n/use-words'

/** Can the queue be trusted? One sentence about all stores and the oldest instant up to which they are proven. */
export function FreshnessSummary() {
  const { t, span } = useWords()
  const { data } = useStores()
  const now = useServerSecond()
  if (data === undefined) return null
  if (data.items.length === 0) return <span className="freshness faint">{t('header.noStores')}</span>

  const bad = data.items.filter((one) => one.state !== 'fresh' || one.provenUntil === null)
  const proven = data.items.map((one) => (one.provenUntil === null ? now : Date.parse(one.provenUntil)))
  const oldest = Math.max(0, now - Math.min(...proven))
  const early = bad.length > 0 && bad.every((one) => isCatchingUp(one, now))
  const grave = !early && bad.some((one) => one.state === 'blind' || one.state === 'reauthorise')
  return (
    <Link
      to="/stores"
      className={`freshness ${bad.length === 0 ? '' : grave ? 'freshness-grave' : 'freshness-behind'}`}
    >
      {bad.length === 0
        ? t('header.fresh', { n: data.items.length, span: span(oldest) })
        : t(early ? 'header.early' : 'header.notFresh', { n: data.items.length, bad: bad.length })}
    </Link>
  )
}
