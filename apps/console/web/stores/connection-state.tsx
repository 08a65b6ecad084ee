import type { StoreFreshness } from '../api/schema'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'
import { authorisationEndOf } from './authorisation-end'

/** Since when a store is paused or removed, when its authorisation ends, and how far its first reading has come. */
export function ConnectionState({ item, isCatchingUp }: { item: StoreFreshness; isCatchingUp: boolean }) {
  const { t } = useWords()
  const { connection, reading } = item
  const end = authorisationEndOf(item, Date.now())
  const date = (at: string | null): string => fullInstant(at)?.slice(0, 16) ?? ''
  const { pausedAt, removedAt, authorisedUntil } = connection
  return (
    <>
      {removedAt !== null && <div className="second">{t('connect.removedAt', { date: date(removedAt) })}</div>}
      {removedAt === null && pausedAt !== null && (
        <div className="second">{t('connect.pausedAt', { date: date(pausedAt) })}</div>
      )}
      {end !== undefined && (
        <div className={`second ${end === 'ended' ? 'fresh-text-blind' : 'fresh-text-behind'}`}>
          {t(end === 'ended' ? 'connect.ended' : 'connect.endsOn', { date: date(authorisedUntil) })}
        </div>
      )}
      {isCatchingUp && (
        <div className="second">
          {reading.from === null || reading.until === null
            ? t('connect.progressNone')
            : t('connect.progress', {
                from: date(reading.from),
                until: date(reading.until),
                cases: reading.cases >= 1_000 ? '1000+' : reading.cases,
              })}
        </div>
      )}
    </>
  )
}
