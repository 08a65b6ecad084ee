import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import { ConfirmDialog } from '../components/confirm-dialog'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { leaveFor } from '../session/sign-on'
import { useOwnSignOn, useUnlinkSignOn } from './account-queries'

/** Links the own account to that at the organisation's log-in provider; shown where there is one. */
export function SignOnPanel() {
  const { t } = useWords()
  const { data } = useOwnSignOn()
  const [isUnlinking, setIsUnlinking] = useState(false)
  const unlink = useUnlinkSignOn()
  const link = useMutation({
    mutationFn: () => dataOf(api.POST('/api/account/oidc')),
    onSuccess: ({ url }) => leaveFor(url, undefined),
  })
  if (data?.available !== true) return null
  const close = (): void => {
    setIsUnlinking(false)
    unlink.reset()
  }
  return (
    <Panel title={t('signOn.title')}>
      {link.error !== null && <ProblemNotice error={link.error} />}
      <div className="account-line">
        <p className="grow">
          {t(data.linked ? 'signOn.linked' : 'signOn.notLinked')} {data.required && t('signOn.requiredHere')}
        </p>
        {data.linked ? (
          !data.required && (
            <Button danger onClick={() => setIsUnlinking(true)}>
              {t('signOn.unlink')}
            </Button>
          )
        ) : (
          <Button loading={link.isPending || link.isSuccess} onClick={() => link.mutate()}>
            {t('signOn.link')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={isUnlinking}
        title={t('signOn.unlink')}
        confirm={t('signOn.unlink')}
        danger
        pending={unlink.isPending}
        error={unlink.error}
        onConfirm={() => unlink.mutate(undefined, { onSuccess: close })}
        onCancel={close}
      >
        {t('signOn.unlinkText')}
      </ConfirmDialog>
    </Panel>
  )
}
