import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import { ConfirmDialog } from '../components/confirm-dialog'
import { Copyable } from '../components/copyable'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { SignOnDialog } from './sign-on-dialog'

const SET_UP = ['sign-on']

/** The organisation's log-in provider, and the link by which colleagues log in. */
export function SignOnSetUp({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useWords()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: SET_UP,
    queryFn: ({ signal }) => dataOf(api.GET('/api/oidc', { signal })),
  })
  const [dialog, setDialog] = useState<'edit' | 'remove' | undefined>()
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: SET_UP })
  const remove = useMutation({ mutationFn: () => dataOf(api.DELETE('/api/oidc')), onSettled: changed })
  const close = (): void => {
    setDialog(undefined)
    remove.reset()
  }
  const settings = data?.settings ?? null
  return (
    <Panel title={t('signOn.title')}>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      <div className="account-line">
        <p className="grow">
          {t(settings === null ? 'signOn.off' : settings.required ? 'signOn.onOnly' : 'signOn.on')}
        </p>
        {mayWrite && data !== undefined && (
          <Button onClick={() => setDialog('edit')}>{t(settings === null ? 'signOn.setUp' : 'signOn.change')}</Button>
        )}
        {mayWrite && settings !== null && (
          <Button danger onClick={() => setDialog('remove')}>
            {t('signOn.remove')}
          </Button>
        )}
      </div>
      {settings !== null && (
        <dl className="account-facts">
          <dt>{t('signOn.issuer')}</dt>
          <dd className="break">{settings.issuer}</dd>
          <dt>{t('signOn.logInLink')}</dt>
          <dd className="break">
            <Copyable text={`${window.location.origin}${settings.logInPath}`} />
            <p className="faint">{t('signOn.logInLinkHint')}</p>
          </dd>
        </dl>
      )}
      {dialog === 'edit' && data !== undefined && (
        <SignOnDialog
          settings={settings}
          redirectUrl={data.redirectUrl}
          notLinked={data.notLinked}
          saved={changed}
          close={close}
        />
      )}
      <ConfirmDialog
        open={dialog === 'remove'}
        title={t('signOn.remove')}
        confirm={t('signOn.remove')}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
        onCancel={close}
      >
        {t('signOn.removeText')}
      </ConfirmDialog>
    </Panel>
  )
}
