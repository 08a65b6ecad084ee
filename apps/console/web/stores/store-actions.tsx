import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { StoreFreshness } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { useWords } from '../i18n/use-words'
import type { Change } from './store-changes'
import { useAuthorise, useChangeStore } from './store-changes'
import { TestDialog } from './test-dialog'

type Asked = Exclude<Change, 'resume'> | 'reauthorise'

/** What an owner does with a store: test, authorise again, pause, resume, remove. */
export function StoreActions({ item: { store, connection } }: { item: StoreFreshness }) {
  const { t } = useWords()
  const [asked, setAsked] = useState<Asked | 'test'>()
  const change = useChangeStore()
  const authorise = useAuthorise()
  const { id, name } = store
  const close = (): void => {
    setAsked(undefined)
    change.reset()
    authorise.reset()
  }
  const confirm = (): void => {
    if (asked === 'reauthorise') authorise.mutate({ app: connection.app, store: id })
    else if (asked === 'pause' || asked === 'remove') change.mutate({ id, change: asked }, { onSuccess: close })
  }
  if (connection.removedAt !== null) return null
  const isPaused = connection.pausedAt !== null
  const words: Record<Asked, { title: string; text: string; confirm: string }> = {
    pause: { title: t('connect.pauseTitle', { name }), text: t('connect.pauseText'), confirm: t('connect.pause') },
    remove: { title: t('connect.removeTitle', { name }), text: t('connect.removeText'), confirm: t('connect.remove') },
    reauthorise: {
      title: t('connect.reauthoriseTitle', { name }),
      text: t('connect.pageLead'),
      confirm: t('connect.goToPage'),
    },
  }
  const shown = asked === undefined || asked === 'test' ? undefined : words[asked]
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          items: [
            { key: 'test', label: t('connect.test'), onClick: () => setAsked('test') },
            { key: 'reauthorise', label: t('connect.reauthorise'), onClick: () => setAsked('reauthorise') },
            isPaused
              ? { key: 'resume', label: t('connect.resume'), onClick: () => change.mutate({ id, change: 'resume' }) }
              : { key: 'pause', label: t('connect.pause'), onClick: () => setAsked('pause') },
            { key: 'remove', danger: true, label: t('connect.remove'), onClick: () => setAsked('remove') },
          ],
        }}
      >
        <Button size="small" aria-haspopup="menu" aria-label={t('connect.actionsOf', { name })}>
          {t('connect.actions')}
        </Button>
      </Dropdown>
      {asked === 'test' && <TestDialog store={store} close={close} />}
      <ConfirmDialog
        open={shown !== undefined}
        title={shown?.title ?? ''}
        confirm={shown?.confirm ?? ''}
        danger={asked === 'remove'}
        pending={change.isPending || authorise.isPending}
        error={asked === 'reauthorise' ? authorise.error : change.error}
        onConfirm={confirm}
        onCancel={close}
      >
        {shown?.text}
      </ConfirmDialog>
    </>
  )
}
