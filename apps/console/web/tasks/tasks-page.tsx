import { Button } from 'antd'
import { Link } from 'react-router'
import type { Task } from '../api/schema'
import { Ago } from '../components/ago'
import { EmptyState } from '../components/empty-state'
import { StoreName } from '../components/marketplace-mark'
import { Money } from '../components/money'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useTasks } from './task-queries'

/** Actions that need a person: to be done by hand, in doubt, refused, or not shown. The longest due comes first. */
export function TasksPage() {
  const { t } = useWords()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useTasks()
  const tasks = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('tasks.title')}</h1>
        <p className="faint">{t('tasks.lead')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data !== undefined && tasks.length === 0 && <EmptyState title={t('tasks.empty')} hint={t('tasks.emptyHint')} />}
      {tasks.length > 0 && (
        <section className="panel scroll-x">
          <table className="ledger ledger-roomy" aria-label={t('tasks.title')}>
            <thead>
              <tr>
                <th>{t('tasks.reason')}</th>
                <th>{t('tasks.case')}</th>
                <th>{t('tasks.store')}</th>
                <th>{t('tasks.action')}</th>
                <th className="end">{t('tasks.amount')}</th>
                <th>{t('tasks.due')}</th>
              </tr>
            </thead>
            <tbody>
              {tasks.map((task) => (
                <TaskRow key={`${task.caseId} ${task.action.intent}`} task={task} />
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('tasks.more')}
            </Button>
          )}
        </section>
      )}
    </div>
  )
}

function TaskRow({ task: { caseId, caseNumber, marketplace, store, reasonText, due, action } }: { task: Task }) {
  const { say, name } = useWords()
  return (
    <tr>
      <td>{say(reasonText)}</td>
      <td>
        <Link className="number" to={`/cases/${encodeURIComponent(caseId)}`}>
          {caseNumber}
        </Link>
      </td>
      <td>
        <StoreName id={marketplace} name={store.name} />
      </td>
      <td>{name('actions', action.action.name)}</td>
      <td className="end">
        <Money fen={action.amountFen} />
      </td>
      <td>
        <Ago at={due} />
      </td>
    </tr>
  )
}
