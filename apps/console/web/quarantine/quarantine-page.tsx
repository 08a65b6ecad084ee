import { Button } from 'antd'
import { useNavigate, useParams } from 'react-router'
import type { QuarantineItem } from '../api/schema'
import { Ago } from '../components/ago'
import { MarketplaceMark } from '../components/marketplace-mark'
import { EmptyState } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useRowKeys } from '../components/use-row-keys'
import { useQuarantine } from './quarantine-queries'
import { QuarantinedMessage } from './quarantined-message'

/** Messages that could not be understood: kept as received, with the reason, to be run again after a fix. */
export function QuarantinePage() {
  const { t } = useWords()
  const { messageId } = useParams()
  const navigate = useNavigate()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useQuarantine()
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const show = (id: string): void => void navigate(`/quarantine/${encodeURIComponent(id)}`)

  const position = items.findIndex((item) => item.messageId === messageId)
  useRowKeys({
    step: (by) => {
      const next = items[Math.min(items.length - 1, Math.max(0, position + by))]
      if (next !== undefined) show(next.messageId)
    },
    open: () => undefined,
  })

  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('quarantine.title')}</h1>
        <p className="faint">{t('quarantine.lead')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton />}
      {data !== undefined && items.length === 0 && messageId === undefined && (
        <EmptyState title={t('quarantine.empty')} hint={t('quarantine.emptyHint')} />
      )}
      {(items.length > 0 || messageId !== undefined) && (
        <div className="split">
          <div className="split-list">
            <ul aria-label={t('quarantine.list')}>
              {items.map((item) => (
                <ItemButton key={item.messageId} item={item} isSelected={item.messageId === messageId} show={show} />
              ))}
            </ul>
            {hasNextPage && (
              <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t('quarantine.more')}
              </Button>
            )}
          </div>
          {messageId === undefined ? (
            <EmptyState title={t('quarantine.choose')} />
          ) : (
            <QuarantinedMessage key={messageId} id={messageId} />
          )}
        </div>
      )}
    </div>
  )
}

function ItemButton({
  item,
  isSelected: isSelected,
  show,
}: {
  item: QuarantineItem
  isSelected: boolean
  show: (id: string) => void
}) {
  const { t } = useWords()
  return (
    <li>
      <button type="button" className="plain item" aria-current={isSelected} onClick={() => show(item.messageId)}>
        <span className="item-line">
          <span className={`why why-${item.reason}`}>
            {t(`quarantine.reason.${item.reason}`, { defaultValue: item.reason })}
          </span>
          <span className="grow" />
          <span className="faint">
            <Ago at={item.receivedAt} />
          </span>
        </span>
        <span className="item-line">
          {item.marketplace !== null && <MarketplaceMark id={item.marketplace} />}
          <span className="ellipsis">{item.store?.name ?? t('quarantine.noStore')}</span>
          <span className="grow" />
          <span className="faint">{item.channel}</span>
        </span>
        <span className="item-detail">{item.detail}</span>
      </button>
    </li>
  )
}
