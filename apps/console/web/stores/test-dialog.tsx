import { Alert, Button, Modal } from 'antd'
import { useEffect } from 'react'
import type { StoreFreshness } from '../api/schema'
import { dialogPlace } from '../components/dialog-place'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useTest } from './store-changes'

/** Tests the connection at once, and says what failed and what to do. */
export function TestDialog({ store, close }: { store: StoreFreshness['store']; close: () => void }) {
  const { t } = useWords()
  const { mutate, data, error, isPending } = useTest()
  useEffect(() => mutate(store.id), [mutate, store.id])
  return (
    <Modal
      getContainer={dialogPlace}
      open
      title={t('connect.testOf', { name: store.name })}
      onCancel={close}
      footer={
        <Button type="primary" autoFocus onClick={close}>
          {t('connect.close')}
        </Button>
      }
    >
      <div role="status" aria-busy={isPending}>
        {error !== null && <ProblemNotice error={error} />}
        {data === undefined && error === null && <Skeleton lines={2} />}
        {data !== undefined && (
          <Alert
            showIcon
            type={data.result === 'works' ? 'success' : data.result === 'not-testable' ? 'info' : 'warning'}
            title={t(`connect.result.${data.result}`)}
            {...(data.detail === null ? {} : { description: data.detail })}
          />
        )}
      </div>
    </Modal>
  )
}
