import { Alert } from 'antd'
import type { UnreadCase } from '../api/shapes'
import { fullInstant } from '../time/instants'
import { useWords } from '../i18n/use-words'

/** The marketplace does not show the case: what stands below may be old, and its deadline only assumed. */
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
        told: fullInstant(lastToldAt) ?? t('unknown'),
        next: fullInstant(nextAt),
      })}`}
    />
  )
}
