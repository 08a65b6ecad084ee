import { useMutation } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { api, dataOf } from '../api/client'
import { ConfirmDialog } from '../components/confirm-dialog'
import { useWords } from '../i18n/use-words'
import { useOrganisationSwitch } from './organisation-switch'
import { useMe, useSessionChange } from './use-me'

/** The open menu of the account: the person’s other organisations, the account and the log-out. */
export function AccountDropdown({ button }: { button: ReactElement }) {
  const { t } = useWords()
  const { data: me } = useMe()
  const navigate = useNavigate()
  const change = useSessionChange()
  const signOut = useMutation({
    mutationFn: () => dataOf(api.DELETE('/api/session')),
    // A log-out that failed must not look like one: the cookie would still be good.
    onSuccess: () => change(null),
  })
  const { items: organisations, change: toOrganisation } = useOrganisationSwitch()
  const [open, setOpen] = useState(true)
  if (me === undefined || me === null) return null
  const role = me.role === null ? '' : t(`role.${me.role}`)
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        open={open}
        onOpenChange={setOpen}
        menu={{
          items: [
            { key: 'who', label: `${me.login ?? ''} · ${role}`, disabled: true },
            ...(organisations ?? []),
            { key: 'account', label: t('session.account'), onClick: () => void navigate('/account') },
            { key: 'out', label: t('session.logOut'), onClick: () => signOut.mutate() },
          ],
        }}
      >
        {button}
      </Dropdown>
      <ConfirmDialog
        open={signOut.isError}
        title={t('session.logOutFailed')}
        confirm={t('retry')}
        pending={signOut.isPending}
        error={signOut.error}
        onConfirm={() => signOut.mutate()}
        onCancel={() => signOut.reset()}
      >
        {t('session.logOutFailedLead')}
      </ConfirmDialog>
      <ConfirmDialog
        open={toOrganisation.isError}
        title={t('session.switchFailed')}
        confirm={t('retry')}
        pending={toOrganisation.isPending}
        error={toOrganisation.error}
        onConfirm={() => toOrganisation.mutate(toOrganisation.variables ?? '')}
        onCancel={() => toOrganisation.reset()}
      >
        {t('session.switchFailedLead')}
      </ConfirmDialog>
    </>
  )
}
