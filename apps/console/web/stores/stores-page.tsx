import { Button } from 'antd'
import { useState } from 'react'
import { EmptyState } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { AddStoreDialog } from './add-store-dialog'
import { StoreRow } from './store-row'
import { useStores } from './use-stores'

/** How far each store can be trusted: what is proven, how pushes and pulls agree, whether the authorisation is valid. */
export function StoresPage() {
  const { t } = useWords()
  const mayChange = useMay('stores.write')
  const [adding, setAdding] = useState(false)
  const { data, error, refetch, isPending } = useStores()
  return (
    <div className="page">
      <header className="page-head page-head-line">
        <div className="grow">
          <h1>{t('stores.title')}</h1>
          <p className="faint">{t('stores.lead')}</p>
        </div>
        {mayChange && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('connect.add')}
          </Button>
        )}
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data?.items.length === 0 && <EmptyState title={t('stores.empty')} hint={t('stores.emptyHint')} />}
      {data !== undefined && data.items.length > 0 && (
        <section className="panel scroll-x">
          <table className="ledger ledger-roomy">
            <thead>
              <tr>
                <th>{t('stores.store')}</th>
                <th>{t('stores.state')}</th>
                <th>{t('stores.proven')}</th>
                <th>{t('stores.lastPush')}</th>
                <th>{t('stores.lastPull')}</th>
                <th className="end apart">{t('stores.pushes')}</th>
                <th>{t('stores.reconciled')}</th>
                <th>{t('stores.messages')}</th>
                {mayChange && <th className="end">{t('connect.actions')}</th>}
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <StoreRow key={item.store.id} item={item} mayChange={mayChange} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {adding && <AddStoreDialog close={() => setAdding(false)} />}
    </div>
  )
}
