import { Button } from 'antd'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { auditAddressOf, auditParamsOf, type AuditAddress } from './audit-address'
import { AuditFilters } from './audit-filters'
import { useAudit, useAuditNames } from './audit-queries'
import { AuditRow } from './audit-row'

/** Who did what, newest first. */
export function AuditPage() {
  const { t } = useWords()
  const [params, setParams] = useSearchParams()
  const at = auditAddressOf(params)
  const go = (next: AuditAddress): void => setParams(auditParamsOf(next))
  const names = useAuditNames()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(at)
  const entries = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('audit.title')}</h1>
        <p className="faint">
          {t('audit.lead')} {t('beijing')}
        </p>
      </header>
      <AuditFilters at={at} go={go} names={names} />
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton />}
      {data !== undefined && entries.length === 0 && (
        <EmptyState title={t('audit.empty')} hint={t('audit.emptyHint')} />
      )}
      {entries.length > 0 && (
        <section className="panel scroll-x">
          <table className="ledger ledger-roomy" aria-label={t('audit.title')}>
            <thead>
              <tr>
                <th className="end apart">{t('audit.n')}</th>
                <th>{t('audit.at')}</th>
                <th>{t('audit.actor')}</th>
                <th>{t('audit.action')}</th>
                <th>{t('audit.subject')}</th>
                <th>{t('audit.details')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <AuditRow
                  key={entry.n}
                  entry={entry}
                  names={names}
                  filterBySubject={(subject) => go({ ...at, subject })}
                />
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('audit.more')}
            </Button>
          )}
        </section>
      )}
    </div>
  )
}
