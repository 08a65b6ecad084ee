import type { Person } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { useWords } from '../i18n/use-words'
import { useDisable, useEnable, useRemoveSecondFactor } from './people-queries'

export type PersonChange = 'disable' | 'enable' | 'removeSecond'

/** Asks before a person is disabled, enabled, or loses the second factor. */
export function ChangeDialog({ person, change, close }: { person: Person; change: PersonChange; close: () => void }) {
  const { t } = useWords()
  const mutation = { disable: useDisable(), enable: useEnable(), removeSecond: useRemoveSecondFactor() }[change]
  return (
    <ConfirmDialog
      open
      title={t(`people.${change}Title`, { name: person.displayName })}
      confirm={t(`people.${change}`)}
      danger={change !== 'enable'}
      pending={mutation.isPending}
      error={mutation.error}
      onConfirm={() => mutation.mutate(person.id, { onSuccess: close })}
      onCancel={close}
    >
      {t(`people.${change}Text`)}
    </ConfirmDialog>
  )
}
