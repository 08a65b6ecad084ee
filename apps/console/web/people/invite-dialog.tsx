import { useState } from 'react'
import { FormDialog } from '../components/form-dialog'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { LinkDialog } from './link-dialog'
import { useInvite, type Rights } from './people-queries'
import { areUsable, RightsFields } from './rights-fields'

/** Invites a colleague: the answer is a link, which is shown once. */
export function InviteDialog({ close }: { close: () => void }) {
  const { t } = useWords()
  const [rights, setRights] = useState<Rights>({ role: 'after-sale-agent', stores: null })
  const [login, setLogin] = useState('')
  const invite = useInvite()
  if (invite.data !== undefined) return <LinkDialog purpose="invite" link={invite.data} close={close} />
  return (
    <FormDialog
      title={t('people.invite')}
      lead={t('people.inviteLead')}
      submit={t('people.inviteMake')}
      ready={areUsable(rights)}
      pending={invite.isPending}
      error={invite.error}
      onSubmit={() => invite.mutate({ ...rights, login: login.trim() === '' ? undefined : login.trim() })}
      onCancel={close}
    >
      <RightsFields value={rights} onChange={setRights} />
      <Field
        label={t('account.login')}
        value={login}
        onChange={setLogin}
        autoComplete="off"
        hint={t('people.loginHint')}
      />
    </FormDialog>
  )
}
