import type { Person } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { useWords } from '../i18n/use-words'
import { LinkDialog } from './link-dialog'
import { useResetLink } from './people-queries'

/** Makes a link by which a colleague chooses a new password, and shows it once. */
export function ResetDialog({ person, close }: { person: Person; close: () => void }) {
  const { t } = useWords()
  const reset = useResetLink()
  if (reset.data !== undefined) return <LinkDialog purpose="reset" link={reset.data} close={close} />
  return (
    <ConfirmDialog
      open
      title={t('people.resetTitle', { name: person.displayName })}
      confirm={t('people.inviteMake')}
      pending={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate(person.id)}
      onCancel={close}
    >
      {t('people.resetText')}
    </ConfirmDialog>
  )
}
