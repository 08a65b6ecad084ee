import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { api, dataOf } from '../api/client'
import type { Link, Me } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { loadForOrganisation } from './organisation-change'
import { ProofDialog } from './proof-dialog'
import { SessionFrame } from './session-frame'

interface Props {
  me: Me
  link: Link
  token: string
  asNewPerson: () => void
}

/** A person who is logged in joins the organisation of a link with this log-in. */
export function JoinPanel({ me, link, token, asNewPerson }: Props) {
  const { t } = useWords()
  const join = useMutation({
    mutationFn: () => dataOf(api.POST('/api/links/join', { body: { token } })),
    onSuccess: loadForOrganisation,
  })
  const role = link.role === null ? '' : t(`role.${link.role}`)
  return (
    <SessionFrame
      title={t('session.welcomeTo', { organisation: link.organisation })}
      lead={t('session.joinLead', { login: me.login ?? '', role })}
    >
      {join.error !== null && <ProblemNotice error={join.error} />}
      <Button type="primary" block loading={join.isPending} onClick={() => join.mutate()}>
        {t('session.join', { login: me.login ?? '' })}
      </Button>
      <Button type="link" onClick={asNewPerson}>
        {t('session.asNewPerson')}
      </Button>
      <ProofDialog />
    </SessionFrame>
  )
}
