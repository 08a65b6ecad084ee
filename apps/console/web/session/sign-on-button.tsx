import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { api, dataOf } from '../api/client'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { leaveFor } from './sign-on'

interface Props {
  /** The organisation's key, or an invitation. */
  body?: { organisation?: string; token?: string; login?: string; displayName?: string }
  /** Confirms who it is, instead of logging in. */
  proof?: boolean
  /** The key to remember in this browser once the log-in has succeeded. */
  remember?: string
}

/** Goes to the organisation's own log-in. */
export function SignOnButton({ body = {}, proof = false, remember }: Props) {
  const { t } = useWords()
  const begin = useMutation({
    mutationFn: () =>
      dataOf(proof ? api.POST('/api/session/proof/oidc') : api.POST('/api/session/oidc', { body: body })),
    onSuccess: ({ url }) => leaveFor(url, remember),
  })
  return (
    <>
      <Button type="primary" block loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>
        {t(proof ? 'signOn.prove' : 'signOn.logIn')}
      </Button>
      {begin.error !== null && <ProblemNotice error={begin.error} />}
    </>
  )
}
