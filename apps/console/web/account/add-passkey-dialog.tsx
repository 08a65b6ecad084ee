import { useState } from 'react'
import { FormDialog } from '../components/form-dialog'
import { useWords } from '../i18n/use-words'
import { PasskeyNotice } from '../passkeys/passkey-notice'
import { Field } from '../session/field'
import { useAddPasskey } from './account-queries'
import { browserNameOf } from './browser-name'

interface Props {
  close: () => void
  added: (codes: readonly string[] | null) => void
}

/** Asks for a name; then the browser asks for the device. */
export function AddPasskeyDialog({ close, added }: Props) {
  const { t } = useWords()
  const browser = browserNameOf(window.navigator.userAgent)
  const [name, setName] = useState(browser === undefined ? '' : t('account.on', { ...browser }))
  const add = useAddPasskey()
  return (
    <FormDialog
      title={t('passkeys.add')}
      lead={t('passkeys.addLead')}
      submit={t('passkeys.next')}
      ready={name.trim() !== '' && name.trim().length <= 60}
      pending={add.isPending}
      error={null}
      onSubmit={() => add.mutate(name.trim(), { onSuccess: ({ codes }) => added(codes) })}
      onCancel={close}
    >
      <Field label={t('passkeys.name')} value={name} onChange={setName} hint={t('passkeys.nameHint')} autoFocus />
      <PasskeyNotice error={add.error} />
    </FormDialog>
  )
}
