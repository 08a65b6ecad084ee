import { Alert } from 'antd'
import type { UnreadCase } from '../api/schema'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'

/** The marketplace does not show the case: what is below may be out of date, and its deadline only assumed. */
export function UnreadNotice({ unread }: { unread: UnreadCase | null }) {
  const { t } = useWords()
  if (unread === null) return null
  const { askedAt, attempts, kind, why, lastToldAt, nextAt } = unread
  const reason = t(`case.unread.kinds.${kind}`, { defaultValue: kind })
  return (
    <Alert
      type="warning"
      showIcon
      title={t('case.unread.title', { since: fullInstant(askedAt), attempts })}
      description={`${t('case.unread.why', { reason, why })} ${t('case.unread.known', {
        asOf: fullInstant(lastToldAt) ?? t('unknown'),
        next: fullInstant(nextAt),
      })}`}
    />
  )
}
