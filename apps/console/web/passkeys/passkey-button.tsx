import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import type { PasskeyAssertionRequest, PasskeyRequest } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { signWithPasskey } from './device'
import { PasskeyNotice } from './passkey-notice'

interface Props<Answer> {
  begin: () => Promise<PasskeyRequest>
  complete: (assertion: PasskeyAssertionRequest) => Promise<Answer>
  done: (answer: Answer) => void
}

/** Asks the reader's device to sign. */
export function PasskeyButton<Answer>({ begin, complete, done }: Props<Answer>) {
  const { t } = useWords()
  const sign = useMutation({
    mutationFn: async () => complete(await signWithPasskey(await begin())),
    onSuccess: done,
  })
  return (
    <>
      <Button type="primary" block loading={sign.isPending} onClick={() => sign.mutate()}>
        {t('passkeys.use')}
      </Button>
      <PasskeyNotice error={sign.error} />
    </>
  )
}
